using System.Globalization;
using System.Text;
using System.Text.Json;
using Cleat.Admission.Reviews;
using Cleat.References;

namespace Cleat.Admission.SignIn;

/// <summary>Registries of Azure, with this pod's workload identity or its node's managed one: a token of Entra ID, then the registry's own exchange.</summary>
/// <param name="registry">Where a registry is asked; <c>https://</c> and its host but in tests.</param>
internal sealed class AzureRegistries(CloudHttp http, Func<string, string?> environment, TimeProvider clock, IssuedCredentials issued, Func<string, Uri>? registry = null) : ICredentialSource
{
    // the user that stands for a refresh token
    private const string TokenUser = "00000000-0000-0000-0000-000000000000";
    private const string Resource = "https://containerregistry.azure.net/";

    // against throttling; the token itself lives about three hours
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(60);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredEntry>> FindAsync(ImageReference reference, CancellationToken cancellation)
    {
        var host = reference.Registry;
        if (!host.EndsWith(".azurecr.io", StringComparison.Ordinal) && !host.EndsWith(".azurecr.cn", StringComparison.Ordinal) && !host.EndsWith(".azurecr.us", StringComparison.Ordinal) && !host.EndsWith(".azurecr.de", StringComparison.Ordinal))
        {
            return [];
        }

        var credential = await issued.GetAsync($"azure {host} {environment("AZURE_CLIENT_ID")}", stop => FetchAsync(host, stop), cancellation);
        return credential is null ? [] : [new(host, credential, "the pod's Azure identity")];
    }

    private async Task<Issued> FetchAsync(string host, CancellationToken cancellation)
    {
        var token = environment("AZURE_FEDERATED_TOKEN_FILE") is { Length: > 0 } file ? await FederatedAsync(file, cancellation) : await NodeAsync(cancellation);
        List<KeyValuePair<string, string>> form = [new("grant_type", "access_token"), new("service", host), new("access_token", token)];
        if (environment("AZURE_TENANT_ID") is { Length: > 0 } tenant)
        {
            form.Add(new("tenant", tenant));
        }

        Uri origin = registry?.Invoke(host) ?? new($"https://{host}/");
        using var json = await http.JsonAsync(new(HttpMethod.Post, new Uri(origin, "/oauth2/exchange")) { Content = new FormUrlEncodedContent(form) }, host, cancellation);
        var refresh = Json.Text(json.RootElement, "refresh_token") ?? throw new ExchangeException($"{host} gives no token");
        var latest = clock.GetUtcNow() + Longest;
        var ends = Expiry(refresh) ?? latest;
        return new(new RegistryCredential(TokenUser, refresh), ends < latest ? ends : latest);
    }

    private async Task<string> FederatedAsync(string file, CancellationToken cancellation)
    {
        var authority = environment("AZURE_AUTHORITY_HOST") is { Length: > 0 } given ? given.TrimEnd('/') : "https://login.microsoftonline.com";
        var tenant = environment("AZURE_TENANT_ID") ?? throw new ExchangeException("AZURE_TENANT_ID is not set");
        HttpRequestMessage request = new(HttpMethod.Post, $"{authority}/{Uri.EscapeDataString(tenant)}/oauth2/v2.0/token")
        {
            Content = new FormUrlEncodedContent(
            [
                new("client_id", environment("AZURE_CLIENT_ID") ?? ""), new("scope", $"{Resource}.default"), new("grant_type", "client_credentials"),
                new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), new("client_assertion", (await File.ReadAllTextAsync(file, Encoding.ASCII, cancellation)).Trim()),
            ]),
        };
        using var json = await http.JsonAsync(request, "Entra ID", cancellation);
        return Json.Text(json.RootElement, "access_token") ?? throw new ExchangeException("Entra ID gives no token");
    }

    private async Task<string> NodeAsync(CancellationToken cancellation)
    {
        var client = environment("AZURE_CLIENT_ID") is { Length: > 0 } id ? $"&client_id={Uri.EscapeDataString(id)}" : "";
        HttpRequestMessage request = new(HttpMethod.Get, $"http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource={Uri.EscapeDataString(Resource)}{client}");
        request.Headers.TryAddWithoutValidation("Metadata", "true");
        using var json = await http.JsonAsync(request, "the node's metadata (IMDS)", cancellation);
        return Json.Text(json.RootElement, "access_token") ?? throw new ExchangeException("the node's metadata gives no token");
    }

    // RFC 7519, exp; the signature is the registry's matter
    private static DateTimeOffset? Expiry(string jwt)
    {
        if (jwt.Split('.') is not [_, var middle, _])
        {
            return null;
        }

        var base64 = middle.Replace('-', '+').Replace('_', '/');
        var bytes = new byte[base64.Length + 4];
        if (!Convert.TryFromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='), bytes, out var length) || !Json.TryParse(bytes.AsMemory(0, length), out var json))
        {
            return null;
        }

        using (json)
        {
            return Json.Child(json.RootElement, "exp") is { ValueKind: JsonValueKind.Number } seconds && long.TryParse(seconds.GetRawText(), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
                ? DateTimeOffset.FromUnixTimeSeconds(long.Min(at, 253402300799))
                : null;
        }
    }
}
