using System.CommandLine;
using Cleat.Configuration;
using Cleat.Locking;

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

    /// <summary>The lock as it is on disk; null when none was named.</summary>
    public LockFile? Read(ParseResult parsed) => parsed.GetValue(file) switch
    {
        null => null,
        "" => throw new UsageException("--lock needs a file, such as cleat.lock"),
        var path => LockFile.Read(path, out var wrong) ?? throw new UsageException($"--lock: {wrong}"),
    };

    /// <summary>Opens where digests come from, with the lock in front of it.</summary>
    /// <param name="renew">True to ask for everything anew and to renew the lock.</param>
    public (Source Source, LockedDigests? Lock) Open(ParseResult parsed, SourceOptions sources, CleatConfig config, LockFile? locked, bool renew = false)
    {
        if (mayBeOffline && parsed.GetValue(offline) && !sources.IsSaved(parsed))
        {
            if (locked is not { Old: not null })
            {
                throw new UsageException(locked is null ? "--offline needs --lock FILE or --from to take digests from" : $"--offline: there is no {locked.Path}; run once without --offline to make it");
            }

            LockedDigests alone = new(locked, null);
            return (new(new(alone), alone, null, null), alone);
        }

        LockedDigests? front = null;
        var source = sources.Open(parsed, config, locked is null ? null : (inner, from) => front = new(locked, inner, from, renew));
        return (source, front);
    }
}
