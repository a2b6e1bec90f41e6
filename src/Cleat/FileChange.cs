using System.Text;
using Cleat.Findings;
using Cleat.Rewriting;
using Cleat.Run;
using Cleat.Text;

namespace Cleat;

/// <summary>What would change in one file. It was made to a copy and read again: the copy holds the same references with exactly the intended digests.</summary>
public sealed class FileChange
{
    private readonly JudgedFile file;

    internal FileChange(JudgedFile file, IReadOnlyDictionary<Finding, PlannedChange> planned, IReadOnlyList<Edit> edits)
    {
        this.file = file;
        Planned = planned;
        Edits = edits;
        Findings = [.. planned.Select(p => p.Key.With(p.Value))];
    }

    /// <summary>The path as the report has it.</summary>
    public string File => file.Path;

    /// <summary>The absolute path; null for a text that stands in no file.</summary>
    public string? FullPath => file.FullPath;

    /// <summary>The references that change, each with the <see cref="Finding.Pin"/> that it gets; without one where its digest is taken out.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>In the order of the file; they do not overlap.</summary>
    public IReadOnlyList<Edit> Edits { get; }

    /// <summary>The file as it was read.</summary>
    public ReadOnlyMemory<byte> OldText => file.Source.Bytes;

    /// <summary>The file as it would be.</summary>
    public ReadOnlyMemory<byte> NewText => file.Source.Apply(Edits).Bytes;

    /// <summary>The change as a unified diff for <c>git apply</c> and <c>patch -p1</c>, for people: bytes that are not UTF-8 show as U+FFFD. See <see cref="WriteDiff"/>.</summary>
    public string Diff
    {
        get
        {
            using MemoryStream bytes = new();
            WriteDiff(bytes);
            return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
    }

    internal IReadOnlyDictionary<Finding, PlannedChange> Planned { get; }

    /// <summary>The file that <see cref="OldText"/> was read from.</summary>
    internal FileStamp? ReadFrom => file.Source.Stamp;

    /// <summary>Writes the change as a unified diff, byte for byte.</summary>
    public void WriteDiff(Stream output) => UnifiedDiff.Write(output, File, OldText.Span, NewText.Span, Edits);
}
