using System.CommandLine;

namespace Cleat.Cli.Options;

/// <summary>The lock of a run, and whether it is all that is asked.</summary>
internal sealed class LockOptions
{
    private readonly Option<string> file = new("--lock") { Description = "A lock: what it has is taken from it, what it lacks is resolved and added.", HelpName = "FILE" };
    private readonly Option<bool> offline = new("--offline") { Description = "Ask no registry: the lock (or --from) alone answers." };
    private readonly bool mayBeOffline;

    public LockOptions(Command command, string? description = null, bool mayBeOffline = false)
    {
        this.mayBeOffline = mayBeOffline;
        file.Description = description ?? file.Description;
        command.Options.Add(file);
        if (mayBeOffline)
        {
            command.Options.Add(offline);
        }
    }

    /// <summary>The lock that was named; null for none.</summary>
    public string? Read(ParseResult parsed) => parsed.GetValue(file) is "" ? throw new UsageException("--lock needs a file, such as cleat.lock") : parsed.GetValue(file);

    /// <summary>Opens where digests come from; null when the lock alone answers.</summary>
    public RegistryClient? Open(ParseResult parsed, SourceOptions sources, CleatConfig config)
    {
        if (!mayBeOffline || !parsed.GetValue(offline) || sources.IsSaved(parsed))
        {
            return sources.Open(parsed, config);
        }

        return Read(parsed) switch
        {
            null => throw new UsageException("--offline needs --lock FILE or --from to take digests from (of docker, with --trust-engine)"),
            var path when !File.Exists(path) => throw new UsageException($"--offline: there is no {path}; run once without --offline to make it"),
            _ => null,
        };
    }
}
