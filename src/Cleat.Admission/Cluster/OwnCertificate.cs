using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Cleat.Admission.Hosting;
using Cleat.Text;

namespace Cleat.Admission.Cluster;

/// <summary>What a certificate of its own making is called.</summary>
/// <param name="Webhook">Of the webhook configurations, of both kinds.</param>
internal sealed record OwnNames(string Secret, string Service, string Webhook);

/// <summary>
/// The serving certificate, made here and kept in a secret that all replicas read. The one that holds the Lease makes and renews it, and puts the authority into the webhook
/// configurations: a new authority first, together with the old one, and certificates of it a minute later.
/// </summary>
internal sealed partial class OwnCertificate : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan UntilBundleIsKnown = TimeSpan.FromMinutes(1);

    private readonly ClusterObjects cluster;
    private readonly OwnNames names;
    private readonly ServingCertificate serving;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly string secretPath;
    private readonly Lease lease;
    private readonly CancellationTokenSource stop = new();
    private readonly Task work;
    private long? authoritySince;

    /// <exception cref="CleatException">The secret's name can be none.</exception>
    public OwnCertificate(ClusterObjects cluster, OwnNames names, ServingCertificate serving, TimeProvider clock, ILogger log)
    {
        (this.cluster, this.names, this.serving, this.clock, this.log) = (cluster, names, serving, clock, log);
        secretPath = ClusterObjects.Path("/api/v1", cluster.Namespace, "secrets", names.Secret) ?? throw new CleatException($"--tls-secret '{PrintableText.Abbreviated(names.Secret)}' is no name of a secret");
        lease = new(cluster, names.Secret, $"{Environment.MachineName}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}", clock);
        work = WorkAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work;
        stop.Dispose();
    }

    private async Task WorkAsync()
    {
        using PeriodicTimer timer = new(Every, clock);
        try
        {
            do
            {
                await LookAsync(stop.Token);
            }
            while (await timer.WaitForNextTickAsync(stop.Token));
        }
        catch (OperationCanceledException)
        {
            // the end
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            var holds = await lease.HoldAsync(cancellation);
            var answer = await cluster.SendAsync(HttpMethod.Get, secretPath, null, cancellation);
            if (!answer.IsOk && answer.Status != 404)
            {
                return;
            }

            var secret = answer.IsOk ? JsonNode.Parse(answer.Body.Span) as JsonObject : null;
            if (holds && Renewed(secret) is { } renewed)
            {
                if (!(await WriteAsync(secret, renewed, cancellation)).IsOk)
                {
                    return;
                }

                secret = renewed;
            }

            if (Text(secret, "tls.crt") is { } certificate && Text(secret, "tls.key") is { } key)
            {
                serving.Take(certificate, key);
            }

            if (holds && Text(secret, "ca.crt") is { } authorities)
            {
                await PutBundleAsync("mutatingwebhookconfigurations", authorities, cancellation);
                await PutBundleAsync("validatingwebhookconfigurations", authorities, cancellation);
            }
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or CryptographicException or InvalidOperationException)
        {
            Failed(log, e.Message);
        }
    }

    /// <returns>The secret as it should be; null when it is.</returns>
    private JsonObject? Renewed(JsonObject? secret)
    {
        var now = clock.GetUtcNow();
        var (authorities, authorityKey) = (Text(secret, "ca.crt"), Text(secret, "ca.key"));
        using var authority = Read(authorities, authorityKey);
        using var leaf = Read(Text(secret, "tls.crt"), Text(secret, "tls.key"));
        if (authority is null || now >= authority.NotAfter)
        {
            var fresh = Authority.Make(now);
            authoritySince = null;
            return With(secret, fresh.Certificate, fresh, Authority.Issue(fresh, DnsNames, now));
        }

        KeyPair current = new(authorities!, authorityKey!);
        if (IsDue(authority, now, 5))
        {
            // both are trusted; the certificate stays as it is until everybody knows
            var fresh = Authority.Make(now);
            authoritySince = clock.GetTimestamp();
            return With(secret, fresh.Certificate + authority.ExportCertificatePem() + "\n", fresh, leaf is null ? Authority.Issue(fresh, DnsNames, now) : new(Text(secret, "tls.crt")!, Text(secret, "tls.key")!));
        }

        authoritySince ??= clock.GetTimestamp();
        var isOfAnother = leaf is not null && leaf.Issuer == authority.Subject && !IsOf(leaf, authority);
        return leaf is null || now >= leaf.NotAfter || !leaf.MatchesHostname(DnsNames[0]) || IsDue(leaf, now, 3) || (isOfAnother && clock.GetElapsedTime(authoritySince.Value) > UntilBundleIsKnown)
            ? With(secret, authorities!, current, Authority.Issue(current, DnsNames, now))
            : null;
    }

    private IReadOnlyList<string> DnsNames => [$"{names.Service}.{cluster.Namespace}.svc", $"{names.Service}.{cluster.Namespace}.svc.cluster.local"];

    // by key, since every authority of this program has one name
    private static bool IsOf(X509Certificate2 leaf, X509Certificate2 authority)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(leaf);
    }

    // with a part of its life left
    private static bool IsDue(X509Certificate2 certificate, DateTimeOffset now, int parts) =>
        now >= new DateTimeOffset(certificate.NotAfter) - ((certificate.NotAfter - certificate.NotBefore) / parts);

    private static X509Certificate2? Read(string? certificate, string? key)
    {
        try
        {
            return string.IsNullOrEmpty(certificate) || string.IsNullOrEmpty(key) ? null : X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static string? Text(JsonObject? secret, string key)
    {
        if (secret?["data"] is not JsonObject data || data[key] is not JsonValue value || !value.TryGetValue<string>(out var base64))
        {
            return null;
        }

        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    private JsonObject With(JsonObject? secret, string authorities, KeyPair authority, KeyPair leaf)
    {
        var made = secret?.DeepClone().AsObject() ?? new JsonObject
        {
            ["apiVersion"] = "v1", ["kind"] = "Secret", ["type"] = "Opaque", ["metadata"] = new JsonObject { ["name"] = names.Secret, ["namespace"] = cluster.Namespace },
        };
        JsonObject data = [];
        foreach (var (key, text) in ((string, string)[])[("ca.crt", authorities), ("ca.key", authority.Key), ("tls.crt", leaf.Certificate), ("tls.key", leaf.Key)])
        {
            data[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        }

        made["data"] = data;
        return made;
    }

    private async Task<KubernetesAnswer> WriteAsync(JsonObject? before, JsonObject secret, CancellationToken cancellation)
    {
        // its resourceVersion is in it: what somebody else wrote meanwhile is not written over
        var body = ("application/json", Encoding.UTF8.GetBytes(secret.ToJsonString()));
        var answer = before is null
            ? await cluster.SendAsync(HttpMethod.Post, secretPath[..secretPath.LastIndexOf('/')], body, cancellation)
            : await cluster.SendAsync(HttpMethod.Put, secretPath, body, cancellation);
        if (answer.IsOk)
        {
            Renewed(log, names.Secret);
        }

        return answer;
    }

    private async Task PutBundleAsync(string kind, string authorities, CancellationToken cancellation)
    {
        var path = $"/apis/admissionregistration.k8s.io/v1/{kind}/{names.Webhook}";
        var answer = await cluster.SendAsync(HttpMethod.Get, path, null, cancellation);
        if (!answer.IsOk || JsonNode.Parse(answer.Body.Span) is not JsonObject configuration || configuration["webhooks"] is not JsonArray webhooks)
        {
            return;
        }

        var wanted = Convert.ToBase64String(Encoding.UTF8.GetBytes(authorities));
        JsonArray patch = [];
        for (var i = 0; i < webhooks.Count; i++)
        {
            if (webhooks[i]?["clientConfig"] is JsonObject client && client["service"] is not null && (string?)client["caBundle"] != wanted)
            {
                patch.Add((JsonNode)new JsonObject { ["op"] = "test", ["path"] = $"/webhooks/{i}/name", ["value"] = webhooks[i]!["name"]?.DeepClone() });
                patch.Add((JsonNode)new JsonObject { ["op"] = "add", ["path"] = $"/webhooks/{i}/clientConfig/caBundle", ["value"] = wanted });
            }
        }

        if (patch.Count > 0 && (await cluster.SendAsync(HttpMethod.Patch, path, ("application/json-patch+json", Encoding.UTF8.GetBytes(patch.ToJsonString())), cancellation)).IsOk)
        {
            Bundled(log, kind, names.Webhook);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Wrote a new certificate into the secret {Secret}")]
    private static partial void Renewed(ILogger log, string secret);

    [LoggerMessage(Level = LogLevel.Information, Message = "Put the authority into {Kind} {Name}")]
    private static partial void Bundled(ILogger log, string kind, string name);

    [LoggerMessage(Level = LogLevel.Error, Message = "The certificate could not be kept right: {Why}")]
    private static partial void Failed(ILogger log, string why);
}
