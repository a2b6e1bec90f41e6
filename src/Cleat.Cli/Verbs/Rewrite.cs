using Cleat.Files;
using Cleat.Formats;
using Cleat.Rewriting;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Cli.Verbs;

/// <summary>What a verb that changes files does with the changes.</summary>
internal enum RewriteMode
{
    Write,
    Diff,
    Check,
}

/// <summary>Makes planned changes to a file: applies, reads again, confirms, and only then writes, or shows.</summary>
/// <param name="cancellation">Heard between two files, never while one is written.</param>
internal sealed class Rewrite(RewriteMode mode, Scan scan, Terminal terminal, CancellationToken cancellation)
{
    private readonly HashSet<string> swept = new(StringComparer.Ordinal);

    /// <summary>Takes what is printed, in place of the standard output; null for that.</summary>
    public MemoryStream? Kept { get; init; }

    private Stream Printed => Kept ?? terminal.Out;

    /// <summary>How many references were changed, or would be.</summary>
    public int Changed { get; private set; }

    public int FilesChanged { get; private set; }

    /// <summary>Makes the changes to one file.</summary>
    /// <returns>True when the file is, or would be, as planned.</returns>
    /// <exception cref="OperationCanceledException">The user wants no more; the file is as it was.</exception>
    public bool Run(ScannedFile file, IReadOnlyList<PlannedChange> changes)
    {
        cancellation.ThrowIfCancellationRequested();
        List<Edit> edits = [.. changes.SelectMany(c => c.Edits).Distinct().OrderBy(e => e.Span.Start)];
        for (var i = 1; i < edits.Count; i++)
        {
            if (edits[i].Span.Start < edits[i - 1].Span.End || edits[i].Span == edits[i - 1].Span)
            {
                scan.Fail(file.Path, file.Source.Position(edits[i].Span.Start), "write", "two references share this text but mean different images: not changed. Write them apart first");
                return false;
            }
        }

        var after = file.Source.Apply(edits);
        var byUse = changes.ToDictionary(c => c.Use, ReferenceEqualityComparer.Instance as IEqualityComparer<ImageUse>);
        if (Confirmation.Refusal(file.Found, FileReading.Read(after, named: true, scan.Formats, file.Beside), byUse) is { } refusal)
        {
            scan.Fail(file.Path, null, "verify", $"not written: {refusal}");
            return false;
        }

        if (edits.Count > 0 && !Put(file, after, edits))
        {
            return false;
        }

        Changed += changes.Count;
        FilesChanged += edits.Count > 0 ? 1 : 0;
        return true;
    }

    private bool Put(ScannedFile file, SourceText after, List<Edit> edits)
    {
        if (mode == RewriteMode.Diff)
        {
            UnifiedDiff.Write(Printed, file.Path, file.Source.Span, after.Span, edits);
        }
        else if (mode == RewriteMode.Write && file.FullPath is not null)
        {
            if (Path.GetDirectoryName(file.FullPath) is { } folder && swept.Add(folder))
            {
                NewFile.Sweep(folder);
            }

            var outcome = AtomicFile.Write(file.FullPath, Root(file.FullPath), after.Bytes, file.Source.Bytes);
            if (outcome.Status != WriteStatus.Written)
            {
                scan.Fail(file.Path, null, "write", outcome.Message ?? "could not be written");
                return false;
            }
        }

        return true;
    }

    /// <summary>For standard input: the text with its changes goes to standard output.</summary>
    public void WriteFiltered(ScannedFile file, IReadOnlyList<PlannedChange> changes)
    {
        if (mode == RewriteMode.Write)
        {
            Printed.Write(file.Source.Apply(changes.SelectMany(c => c.Edits).Distinct()).Span);
        }
    }

    // a link may lead to another place below the folder the user stands in, or beside itself, but not out of it
    private static string Root(string fullPath)
    {
        var here = Directory.GetCurrentDirectory().TrimEnd('/') + "/";
        return fullPath.StartsWith(here, StringComparison.Ordinal) ? here.TrimEnd('/') : Path.GetDirectoryName(fullPath) ?? "/";
    }
}
