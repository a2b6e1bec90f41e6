using Cleat.Files;
using Cleat.Findings;

namespace Cleat.Run;

/// <summary>Writes changed files, each whole and only when it is still what was read.</summary>
internal sealed class FileWriting(Action<JobError> fail)
{
    private readonly HashSet<string> swept = new(StringComparer.Ordinal);

    /// <returns>False when it could not be written.</returns>
    public bool Write(FileChange change)
    {
        var written = false;
        FileGuard.Run(change.File, () => written = Put(change), fail);
        return written;
    }

    private bool Put(FileChange change)
    {
        if (change.FullPath is not { } path || change.Edits.Count == 0)
        {
            return true;
        }

        if (Path.GetDirectoryName(path) is { } folder && swept.Add(folder))
        {
            NewFile.Sweep(folder);
        }

        var outcome = AtomicFile.Write(path, Root(path), change.NewText, change.OldText, change.ReadFrom);
        if (outcome.Status != WriteStatus.Written)
        {
            fail(new(change.File, null, "write", outcome.Message ?? "could not be written"));
            return false;
        }

        return true;
    }

    // a link may lead to another place below the folder the user stands in, or beside itself, but not out of it
    private static string Root(string fullPath)
    {
        var here = Path.CurrentFolder.TrimEnd('/') + "/";
        return fullPath.StartsWith(here, StringComparison.Ordinal) ? here.TrimEnd('/') : Path.GetDirectoryName(fullPath) ?? "/";
    }
}
