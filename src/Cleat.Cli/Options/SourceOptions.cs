using System.CommandLine;
using Cleat.Cli.Verbs;
using Cleat.Configuration;
using Cleat.Registries.Client;
using Cleat.Registries.Settings;
using Cleat.Registries.SignIn;
using Cleat.Registries;

namespace Cleat.Cli.Options;

/// <summary>Where digests come from: registries, or a folder in their place.</summary>
internal sealed class SourceOptions
{
    private readonly Option<string> from = new("--from") { Description = "In place of the registries: an OCI layout folder, a tarball of one (docker save's too), a tag document of Docker Hub, a cleat.lock, or the word docker: what a Docker engine has pulled.", HelpName = "FOLDER|FILE" };
    private readonly Option<string> platform = new("--platform") { Description = "The digest of one platform, not of the index. The pin is for that platform only.", HelpName = "OS/ARCH[/VARIANT]" };
    private readonly Option<bool> verify = new("--verify") { Description = "Fetch each manifest and hash it, in place of believing the registry's header." };
    private readonly Option<string[]> plainHttp = new("--plain-http") { Description = "Speak http to this registry.", HelpName = "HOST" };
    private readonly Option<string> caFile = new("--ca-file") { Description = "Certificates of authorities to trust beside the system's (PEM).", HelpName = "FILE" };
    private readonly Option<int> timeout = new("--timeout") { Description = "Stop asking after this many seconds in all.", HelpName = "SECONDS", DefaultValueFactory = _ => 600 };

    private readonly CacheOptions cache;

    /// <param name="cached">How old an answer of the cache on disk may be where nothing is said.</param>
    public SourceOptions(Command command, TimeSpan cached = default)
    {
        cache = new(command, cached);
        foreach (Option option in (Option[])[from, platform, verify, plainHttp, caFile, timeout])
        {
            command.Options.Add(option);
        }
    }

    public string? Platform(ParseResult parsed, CleatConfig? config = null)
    {
        var given = parsed.GetValue(platform) ?? config?.Pin.Platform;
        return given is null || given.Split('/') is { Length: 2 or 3 } parts && parts.All(p => p.Length > 0)
            ? given
            : throw new UsageException($"--platform '{given}' must read os/arch or os/arch/variant, such as linux/arm64");
    }

    /// <summary>True when a file or folder stands in the registries' place.</summary>
    public bool IsSaved(ParseResult parsed) => parsed.GetValue(from) is not null;

    /// <summary>True when the command line says that the host speaks http, or it is this machine.</summary>
    public bool IsPlainHttp(ParseResult parsed, string host) =>
        (parsed.GetValue(plainHttp) ?? []).Contains(host) || host.StartsWith("localhost", StringComparison.Ordinal) || host.StartsWith("127.", StringComparison.Ordinal);

    /// <summary>Opens the source that the options name.</summary>
    /// <param name="around">Puts something in front of it; it is told what a lock says of where an entry is from.</param>
    public Source Open(ParseResult parsed, CleatConfig? config = null, Func<IDigestSource, string, IDigestSource>? around = null)
    {
        around ??= (inner, _) => inner;
        var seconds = parsed.GetValue(timeout);
        if (seconds <= 0)
        {
            throw new UsageException("--timeout must be 1 or more");
        }

        var limit = TimeSpan.FromSeconds(seconds);
        if (parsed.GetValue(from) is { } place)
        {
            var saved = around(FromOption.Open(place, limit), place);
            return new(new Resolver(saved, new ResolverOptions { TotalTime = limit }), saved, null, null);
        }

        if (Array.Find(parsed.GetValue(plainHttp) ?? [], h => h.Contains('/', StringComparison.Ordinal)) is { } url)
        {
            throw new UsageException($"--plain-http takes a host as it stands in references, such as localhost:5000; '{url}' holds a '/'");
        }

        if (parsed.GetValue(caFile) is { } file && !File.Exists(file))
        {
            throw new UsageException($"--ca-file: no such file: {file}");
        }

        var registries = config?.Registries ?? CleatConfig.Empty.Registries;

        var stored = StoredSettings.Read(config ?? CleatConfig.Empty);
#pragma warning disable CA2000 // the Source that is handed back owns it
        RegistryClient client = new(new RegistryOptions
        {
            Credentials = stored.Credentials,
            Mirrors = stored.Mirrors,
            CertificateFolders = stored.CertificateFolders,
            NoProxy = stored.NoProxy,
            Verify = parsed.GetValue(verify),
            PlainHttpHosts = new HashSet<string>([.. parsed.GetValue(plainHttp) ?? [], .. registries.Where(r => r.Value.PlainHttp).Select(r => r.Key)], StringComparer.Ordinal),
            CaFile = parsed.GetValue(caFile),
            CaFilesByHost = registries.Where(r => r.Value.CaFile is not null)
                .ToDictionary(r => r.Key, r => Path.GetFullPath(r.Value.CaFile!, config!.Folder!), StringComparer.Ordinal),
        });
#pragma warning restore CA2000
        if (client.Problem is { } wrong)
        {
            client.Dispose();
            throw new UsageException(wrong);
        }

        var (asked, problem) = cache.Around(client, parsed, host => $"{registries.GetValueOrDefault(host)} {parsed.GetValue(caFile)} {(parsed.GetValue(plainHttp) ?? []).Contains(host)} {stored.Mirrors.Scope(host)}", parsed.GetValue(verify));
        var digests = around(asked, "registry");
        return new(new Resolver(digests, new ResolverOptions { TotalTime = limit }), digests, client, stored.Problem ?? problem);
    }
}

/// <summary>An open source of digests.</summary>
/// <param name="Digests">What the resolver asks; for questions about manifests.</param>
/// <param name="Problem">What was wrong with the stored credentials, or null; resolution goes on without them.</param>
internal sealed record Source(Resolver Resolver, IDigestSource Digests, RegistryClient? Client, string? Problem) : IDisposable
{
    public void Dispose() => Client?.Dispose();
}
