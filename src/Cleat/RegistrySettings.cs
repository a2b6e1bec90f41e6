using Cleat.Files;
using Cleat.References;
using Cleat.Registries.Client;
using Cleat.Registries.Settings;
using Cleat.Registries.SignIn;

namespace Cleat;

/// <summary>How registries are asked. Every default is visible here: everybody is asked as nobody, without a mirror.</summary>
public sealed record RegistrySettings
{
    private readonly CleatConfig config = CleatConfig.Empty;

    /// <summary>Hosts that speak http, <c>host[:port]</c> as it stands in references. This machine always may.</summary>
    public IReadOnlyCollection<string> PlainHttp { get; init; } = [];

    /// <summary>A PEM file with authorities to trust beside the system's; null for none.</summary>
    public string? CaFile { get; init; }

    /// <summary>True to fetch each manifest and hash it; false to believe the registry's digest header, which costs no pull quota.</summary>
    public bool Verify { get; init; }

    /// <summary>For all that one call asks.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>For one reference, retries and waits included.</summary>
    public TimeSpan ReferenceTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For one request, its answer included.</summary>
    public TimeSpan RequestTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often one request is tried that got no answer, 429 or 5xx; the first time included, 2 or more.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>How long a mirror that gave no answer is left alone; null for as long as the client lives.</summary>
    public TimeSpan? MirrorRest { get; init; }

    /// <summary>
    /// How long what an earlier run was told is believed, from the user's cache on disk; zero to ask always and to keep the answers; null for no cache. With a
    /// cache, the answers of the last week stand in when a pin or an update is planned and a registry gives none; each says so and how old it is.
    /// </summary>
    public TimeSpan? CacheTime { get; init; }

    /// <summary>What of the stored settings could not be read or does not count, naming the files; or null. The rest is used all the same.</summary>
    public string? Problem => new[] { config.Ignored, Credentials.Problem, Mirrors.Problem }.OfType<string>().ToList() is { Count: > 0 } said ? string.Join("; ", said) : null;

    internal Credentials Credentials { get; init; } = Credentials.None;

    internal Mirrors Mirrors { get; init; } = Mirrors.None;

    internal IReadOnlyList<string> CertificateFolders { get; init; } = [];

    internal string? NoProxy { get; init; }

    /// <summary>What this machine has stored for docker, podman and containerd: credentials, mirrors, certificates, hosts without a proxy.</summary>
    /// <param name="config">For what it says of registries; null for none.</param>
    public static RegistrySettings FromMachine(CleatConfig? config = null)
    {
        Func<string, string?> environment = UserEnvironment.Variable;
        config ??= CleatConfig.Empty;
        var mirrors = config.Registries.Where(r => r.Value.Mirror is { Length: > 0 }).ToDictionary(r => r.Key, r => r.Value.Mirror!, StringComparer.Ordinal);
        return new(config)
        {
            Credentials = Credentials.FromEnvironment(environment),
            Mirrors = Mirrors.Read(environment, mirrors, string.Join(", ", config.Registries.Values.Where(r => r.Mirror is not null).Select(r => r.From).OfType<string>().Distinct())),
            CertificateFolders = HostCertificates.Folders(environment),
            NoProxy = environment("NO_PROXY") is { Length: > 0 } upper ? upper : environment("no_proxy"),
        };
    }

    public RegistrySettings()
    {
    }

    private RegistrySettings(CleatConfig config) => this.config = config;

    /// <summary>Who would be asked for a reference, in order, and with which credentials. Nobody is asked, no secret is shown.</summary>
    public RegistryRoute RouteOf(ImageReference reference)
    {
        var route = Mirrors.Route(reference, byTag: reference.Digest is null);
        List<string> notes = [.. new[] { Problem, route.Note }.OfType<string>()];
        if (route.Blocked is { } why)
        {
            return new([], why, notes);
        }

        var api = RegistryHost.Api(route.Origin.Host);
        return new(
            [.. route.Mirrors.Select(m => Place($"mirror {m.Name}", m)), Place(route.Origin.Transport == Transport.Usual ? api : route.Origin.Name, route.Origin)],
            null,
            notes);
    }

    /// <summary>The same, but everybody is asked as nobody.</summary>
    public RegistrySettings AsNobody() => this with { Credentials = Credentials.None };

    internal RegistryOptions Options() => new()
    {
        Credentials = Credentials,
        Mirrors = Mirrors,
        CertificateFolders = CertificateFolders,
        NoProxy = NoProxy,
        Verify = Verify,
        TotalTime = ReferenceTime,
        RequestTime = RequestTime,
        Attempts = Attempts,
        MirrorRest = MirrorRest,
        PlainHttpHosts = new HashSet<string>([.. PlainHttp, .. config.Registries.Where(r => r.Value.PlainHttp).Select(r => r.Key)], StringComparer.Ordinal),
        CaFile = CaFile,
        CaFilesByHost = config.Registries.Where(r => r.Value.CaFile is not null)
            .ToDictionary(r => r.Key, r => r.Value.CaFile!, StringComparer.Ordinal),
    };

    private AskedPlace Place(string name, Endpoint place) => new(name, place.Repository, place.From, [.. Credentials.Explain(place.Host, place.Repository)]);
}

/// <summary>Who is asked for a reference.</summary>
/// <param name="Places">Mirrors in their order, and the registry itself; empty when it is blocked.</param>
/// <param name="Blocked">Why nobody may be asked; null when somebody may.</param>
/// <param name="Notes">What could not be read.</param>
public sealed record RegistryRoute(IReadOnlyList<AskedPlace> Places, string? Blocked, IReadOnlyList<string> Notes);

/// <summary>A registry or a mirror that would be asked.</summary>
/// <param name="From">The file that names it; null when the reference does.</param>
/// <param name="Credentials">Where a credential would be taken from, in order; empty to ask as nobody.</param>
public sealed record AskedPlace(string Name, string Repository, string? From, IReadOnlyList<string> Credentials);
