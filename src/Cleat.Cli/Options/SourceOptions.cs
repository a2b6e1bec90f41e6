using System.CommandLine;

namespace Cleat.Cli.Options;

/// <summary>Where digests come from: registries, or a folder in their place.</summary>
internal sealed class SourceOptions
{
    private readonly Option<string> from = new("--from") { Description = "In place of the registries: an OCI layout folder, a tarball of one (docker save's too), a tag document of Docker Hub, a cleat.lock, or the word docker: what a Docker engine has pulled, confirmed by the registry.", HelpName = "FOLDER|FILE" };
    private readonly Option<string> platform = new("--platform") { Description = "The digest of one platform, not of the index. The pin is for that platform only.", HelpName = "OS/ARCH[/VARIANT]" };
    private readonly Option<bool> verify = new("--verify") { Description = "Fetch each manifest and hash it, in place of believing the registry's header." };
    private readonly Option<string[]> plainHttp = new("--plain-http") { Description = "Speak http to this registry.", HelpName = "HOST" };
    private readonly Option<string> caFile = new("--ca-file") { Description = "Certificates of authorities to trust beside the system's (PEM).", HelpName = "FILE" };
    private readonly Option<bool> trustEngine = new("--trust-engine") { Description = "With --from docker: take the engine's word that a registry has the digest, and ask none." };
    private readonly Option<int> timeout = new("--timeout") { Description = "Stop asking after this many seconds in all.", HelpName = "SECONDS", DefaultValueFactory = _ => 600 };

    private const string Engine = "docker";

    private readonly CacheOptions cache;

    public SourceOptions(Command command)
    {
        cache = new(command);
        foreach (Option option in (Option[])[from, trustEngine, platform, verify, plainHttp, caFile, timeout])
        {
            command.Options.Add(option);
        }
    }

    public string? Platform(ParseResult parsed) => parsed.GetValue(platform) is { } given ? Platform(platform.Name, given) : null;

    /// <summary>A platform that an option names.</summary>
    public static string Platform(string option, string given) => given.Split('/') is { Length: 2 or 3 } parts && parts.All(p => p.Length > 0)
        ? given
        : throw new UsageException($"{option} '{given}' must read os/arch or os/arch/variant, such as linux/arm64");

    /// <summary>True when a file or folder stands in the registries' place, or an engine whose word is taken: no registry is asked.</summary>
    public bool IsSaved(ParseResult parsed) => parsed.GetValue(from) is { } place && (place != Engine || parsed.GetValue(trustEngine));

    /// <summary>Opens what the options name.</summary>
    public RegistryClient Open(ParseResult parsed, CleatConfig? config = null)
    {
        var seconds = parsed.GetValue(timeout);
        if (seconds <= 0)
        {
            throw new UsageException("--timeout must be 1 or more");
        }

        var limit = TimeSpan.FromSeconds(seconds);
        var place = parsed.GetValue(from);
        if (parsed.GetValue(trustEngine) && place != Engine)
        {
            throw new UsageException("--trust-engine stands with --from docker");
        }

        if (place is not null && (place != Engine || parsed.GetValue(trustEngine)))
        {
            return Mistakes.Under("--from", () => RegistryClient.From(place, limit));
        }

        var http = parsed.GetValue(plainHttp) ?? [];
        if (Array.Find(http, h => h.Contains('/', StringComparison.Ordinal)) is { } url)
        {
            throw new UsageException($"--plain-http takes a host as it stands in references, such as localhost:5000; '{url}' holds a '/'");
        }

        if (parsed.GetValue(caFile) is { } file && !File.Exists(file))
        {
            throw new UsageException($"--ca-file: no such file: {file}");
        }

        var settings = RegistrySettings.FromMachine(config) with
        {
            Verify = parsed.GetValue(verify),
            PlainHttp = http,
            CaFile = parsed.GetValue(caFile),
            Timeout = limit,
            CacheTime = cache.Read(parsed),
        };
        return place is null ? new(settings) : Mistakes.Under("--from", () => RegistryClient.From(place, limit, settings));
    }
}
