using System.CommandLine;
using Cleat.Configuration;
using Cleat.Engines;
using Cleat.Registries;

namespace Cleat.Cli.Commands;

/// <summary>Where digests come from: registries, or a folder in their place.</summary>
internal sealed class SourceOptions
{
    private readonly Option<string> from = new("--from") { Description = "An OCI image layout folder in place of the registries, or the word docker: what a Docker engine has pulled.", HelpName = "FOLDER" };
    private readonly Option<string> platform = new("--platform") { Description = "The digest of one platform, not of the index. The pin is for that platform only.", HelpName = "OS/ARCH[/VARIANT]" };
    private readonly Option<bool> verify = new("--verify") { Description = "Fetch each manifest and hash it, in place of believing the registry's header." };
    private readonly Option<string[]> plainHttp = new("--plain-http") { Description = "Speak http to this registry.", HelpName = "HOST" };
    private readonly Option<string> caFile = new("--ca-file") { Description = "Certificates of authorities to trust beside the system's (PEM).", HelpName = "FILE" };
    private readonly Option<int> timeout = new("--timeout") { Description = "Stop asking after this many seconds in all.", HelpName = "SECONDS", DefaultValueFactory = _ => 600 };

    public SourceOptions(Command command)
    {
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

    /// <summary>Opens the source that the options name.</summary>
    public Source Open(ParseResult parsed, CleatConfig? config = null)
    {
        var seconds = parsed.GetValue(timeout);
        if (seconds <= 0)
        {
            throw new UsageException("--timeout must be 1 or more");
        }

        var limit = TimeSpan.FromSeconds(seconds);
        if (parsed.GetValue(from) == "docker")
        {
            return EngineDigests.TryOpen(Environment.GetEnvironmentVariable, limit, out var engine, out var why) ? new(new Resolver(engine, new ResolverOptions { TotalTime = limit }), null, null) : throw new UsageException($"--from: {why}");
        }

        if (parsed.GetValue(from) is { } folder)
        {
            return OciLayout.TryOpen(folder, out var layout, out var problem) ? new(new Resolver(layout, new ResolverOptions { TotalTime = limit }), null, null) : throw new UsageException($"--from: {problem}");
        }

        if (parsed.GetValue(caFile) is { } file && !File.Exists(file))
        {
            throw new UsageException($"--ca-file: no such file: {file}");
        }

        var registries = config?.Registries ?? CleatConfig.Empty.Registries;

        // podman's variable names one file, which then holds everything (containers-auth.json(5))
        var credentials = Environment.GetEnvironmentVariable("REGISTRY_AUTH_FILE") is { Length: > 0 } authFile
            ? Credentials.FromFile(authFile)
            : Credentials.FromEnvironment(Environment.GetEnvironmentVariable);
#pragma warning disable CA2000 // the Source that is handed back owns it
        RegistryClient client = new(new RegistryOptions
        {
            Credentials = credentials,
            Verify = parsed.GetValue(verify),
            PlainHttpHosts = new HashSet<string>([.. parsed.GetValue(plainHttp) ?? [], .. registries.Where(r => r.Value.PlainHttp).Select(r => r.Key)], StringComparer.Ordinal),
            CaFile = parsed.GetValue(caFile),
            CaFilesByHost = registries.Where(r => r.Value.CaFile is not null)
                .ToDictionary(r => r.Key, r => Path.GetFullPath(r.Value.CaFile!, config!.Folder!), StringComparer.Ordinal),
        });
#pragma warning restore CA2000
        return client.Problem is { } wrong
            ? throw new UsageException(wrong)
            : new(new Resolver(client, new ResolverOptions { TotalTime = limit }), client, credentials.Problem);
    }
}

/// <summary>An open source of digests.</summary>
/// <param name="Problem">What was wrong with the stored credentials, or null; resolution goes on without them.</param>
internal sealed record Source(Resolver Resolver, IDisposable? Client, string? Problem) : IDisposable
{
    public void Dispose() => Client?.Dispose();
}
