using Cleat.Findings;
using Cleat.Locking;
using Cleat.References;
using Cleat.Registries;
using Cleat.Rewriting;
using Cleat.Uses;

namespace Cleat.Cli.Verbs;

/// <summary>What a run does with a lock: compares it with the files, and writes it before them, so that a run cut short never leaves a pin that no lock knows.</summary>
/// <param name="grown">The lock with what was learnt.</param>
internal sealed class LockRun(LockFile grown, Scan scan, RewriteMode mode)
{
    public string Path => grown.Path;

    /// <summary>True when the lock says something else than before.</summary>
    public bool Differs { get; } = grown.Differs;

    /// <summary>How many references of it are new, or mean something else.</summary>
    public int Changed { get; } = grown.Changed;

    /// <summary>Names every pin in the files that is not what the lock says.</summary>
    /// <param name="moves">True for a pin that this run moves.</param>
    public void Compare(IReadOnlyList<JudgedFile> files, Func<Finding, bool>? moves = null)
    {
        foreach (var (judged, finding) in files.SelectMany(f => f.Findings.Select(found => (f, found))))
        {
            if (finding is { Use: { Verdict: Verdict.Pinned, Reference: { Digest: { } digest } }, Ignored: null }
                && PinMove.Tagged(judged.File.Source, finding.Use) is { } tagged
                && grown[ResolutionKey.Of(tagged, null).Reference] is { } entry && !entry.Means(digest)
                && moves?.Invoke(finding) != true)
            {
                scan.Fail(finding.File, finding.Position, "lock", $"'{finding.Use.Text}' is not what {grown.Path} says: {entry.Digest}. Move both with `cleat update --lock {grown.Path}`, or make one like the other");
            }
        }
    }

    /// <returns>False when it could not be written: then no file may be.</returns>
    public bool Write()
    {
        if (mode != RewriteMode.Write || grown.Write() is not { } problem)
        {
            return true;
        }

        scan.Fail(grown.Path, null, "write", $"{problem}. No file was changed");
        return false;
    }
}
