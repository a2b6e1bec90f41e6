using System.Globalization;
using Cleat.Text;

namespace Cleat.Admission.Hosting;

/// <summary>One option: <c>--name</c> as a flag, <c>CLEAT_NAME</c> in the environment, <c>name</c> in the file.</summary>
/// <param name="Value">What stands behind it in the help; null for a switch.</param>
internal sealed record OptionRow(string Name, string? Value, string Help, Func<AdmissionOptions, string, AdmissionOptions> Set)
{
    public string Variable => $"CLEAT_{Name.ToUpperInvariant().Replace('-', '_')}";
}

/// <summary>THE list of options.</summary>
internal static class OptionTable
{
    public static IReadOnlyList<OptionRow> All { get; } =
    [
        new("listen", "ADDR:PORT", "Where the API server calls. Default: 0.0.0.0:8443.", (o, v) => o with { Listen = v }),
        new("tls-cert", "FILE", "The serving certificate (PEM, with its chain). Read again when it changes.", (o, v) => o with { TlsCert = v }),
        new("tls-key", "FILE", "Its key (PEM).", (o, v) => o with { TlsKey = v }),
        new("tls-secret", "NAME", "In place of files: a secret of its own namespace for a certificate that it makes and renews itself.", (o, v) => o with { TlsSecret = v }),
        new("service", "NAME", "The Service in that certificate. Default: cleat-admission.", (o, v) => o with { ServiceName = v }),
        new("webhook", "NAME", "The webhook configurations that get the authority of that certificate. Default: zz-cleat-admission.", (o, v) => o with { WebhookName = v }),
        new("client-ca", "FILE", "Take calls only with a certificate of this authority (the API server's kubeConfigFile): such reviews are vouched for.", (o, v) => o with { ClientCa = v }),
        new("trust-callers", null, "The network lets nobody but the API server call: every review is vouched for.", (o, v) => o with { TrustsCallers = Switch(v) }),
        new("mode", "assist|enforce", "assist: nothing is ever refused. enforce: /validate refuses tags. Default: assist.", (o, v) => o with { Enforces = v switch { "assist" => false, "enforce" => true, _ => throw new CleatException($"is assist or enforce, not '{PrintableText.Abbreviated(v)}'") } }),
        new("kubeconfig", "FILE", "The cluster, for owners, pull secrets and living pods. Default: as kubectl finds it, in a pod its service account.", (o, v) => o with { Kubeconfig = v }),
        new("no-cluster", null, "Ask no API server.", (o, v) => o with { UsesCluster = !Switch(v) }),
        new("redis", "HOST:PORT", "Redis or Valkey, so that replicas agree on a revision's digest at once.", (o, v) => o with { Redis = v }),
        new("redis-password-file", "FILE", "Its password.", (o, v) => o with { RedisPasswordFile = v }),
        new("plain-http", "HOST", "Speak http to this registry. More than once, or with commas between.", (o, v) => o with { PlainHttp = [.. o.PlainHttp, .. Words(v)] }),
        new("ca-file", "FILE", "Authorities to trust beside the system's, for registries (PEM).", (o, v) => o with { CaFile = v }),
        new("timeout", "DURATION", "For one review; the API server's own limit counts, too. Default: 3s.", (o, v) => o with { Timeout = Time(v) }),
        new("exempt", "IMAGE", "An image that is left alone: registry/repository, registry/path/* for all below, CONTAINER=IMAGE for one container. More than once, or with commas between.", (o, v) => o with { Exemptions = [.. o.Exemptions, .. Words(v).Select(Exemption)] }),
        new("cache-time", "DURATION", "How long a tag is not asked for again, but for a new revision. Default: 10s.", (o, v) => o with { CacheTime = Time(v) }),
        new("stale-time", "DURATION", "How old an answer may be that stands in for a registry that gives none. Default: 24h.", (o, v) => o with { StaleTime = Time(v) }),
        new("registry-rate", "N", "Questions to one registry in a second. Default: 50.", (o, v) => o with { RegistryRate = int.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : throw new CleatException("is a number, 1 or more") }),
        new("image-credential-provider-config", "FILE", "The kubelet's file of credential providers.", (o, v) => o with { CredentialProviderConfig = v }),
        new("image-credential-provider-bin-dir", "FOLDER", "Where those programs lie.", (o, v) => o with { CredentialProviderBinDir = v }),
        new("no-cloud-identity", null, "Do not sign in to registries of AWS, Google and Azure with this pod's own identity.", (o, v) => o with { UsesCloudIdentity = !Switch(v) }),
        new("no-events", null, "Write no events.", (o, v) => o with { WritesEvents = !Switch(v) }),
        new("metrics", "ADDR:PORT", "Serve /metrics, /livez and /readyz here over plain http besides.", (o, v) => o with { Metrics = v }),
        new("log-level", "LEVEL", "What is logged, from there up: debug, info, warning, error, none. Default: info.", (o, v) => o with { LogLevel = Level(v) }),
        new("tls-reload", "DURATION", "How often the certificate's files are looked at. Default: 5s.", (o, v) => o with { TlsReload = Time(v) }),
        new("drain", "DURATION", "How long it goes on serving after it was asked to end. Default: 10s.", (o, v) => o with { Drain = Time(v, zero: true) }),
    ];

    private static bool Switch(string value) => value switch
    {
        "" or "true" => true,
        "false" => false,
        _ => throw new CleatException("takes no value, or true or false"),
    };

    private static LogLevel Level(string value) => value switch
    {
        "debug" => LogLevel.Debug,
        "info" => LogLevel.Information,
        "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "none" => LogLevel.None,
        _ => throw new CleatException($"is debug, info, warning, error or none, not '{PrintableText.Abbreviated(value)}'"),
    };

    private static ImageExemption Exemption(string text) => ImageExemption.TryParse(text, out var exemption, out var problem) ? exemption : throw new CleatException(problem);

    private static string[] Words(string value) => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static TimeSpan Time(string value, bool zero = false) =>
        SignIn.GoDuration.Read(value) is { } time && (zero || time > TimeSpan.Zero) ? time : throw new CleatException($"is a time such as 500ms, 3s or 24h, not '{PrintableText.Abbreviated(value)}'");
}
