using System.Text;
using Cleat.Text;

namespace Cleat.Rewriting;

/// <summary>Lines <c>[OldStart, OldEnd)</c> became lines <c>[NewStart, NewEnd)</c>; 0-based.</summary>
internal readonly record struct LineChange(int OldStart, int OldEnd, int NewStart, int NewEnd);

/// <summary>Lines as <c>diff</c>, <c>patch</c> and git see them: a line ends behind LF only, and the last one may lack it.</summary>
internal sealed class DiffLines
{
    private readonly List<int> starts = [0];

    private DiffLines(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; bytes[at..].IndexOf((byte)'\n') is var next and >= 0;)
        {
            at += next + 1;
            starts.Add(at);
        }

        if (starts[^1] != bytes.Length)
        {
            starts.Add(bytes.Length);
        }
    }

    public int Count => starts.Count - 1;

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> bytes, int line) => bytes[starts[line]..starts[line + 1]];

    /// <summary>The line an offset that starts one has; the number of lines for the end of the file.</summary>
    private int At(int lineStart) => starts.BinarySearch(lineStart);

    /// <summary>Where the line an offset is in starts. The end of a file without a final line break is still in its last line.</summary>
    private int StartOf(ReadOnlySpan<byte> bytes, int offset)
    {
        var found = starts.BinarySearch(offset);
        return StartsLine(bytes, offset) ? offset : starts[(found >= 0 ? found : ~found) - 1];
    }

    /// <summary>Where the line an offset is in ends: the next start behind it, or the end of the file.</summary>
    private int EndOf(int offset)
    {
        var found = starts.BinarySearch(offset + 1);
        return found >= 0 ? starts[found] : starts[Math.Min(~found, starts.Count - 1)];
    }

    /// <summary>Which lines the edits changed, in order, none of them touching another without being its own.</summary>
    public static List<LineChange> Changes(ReadOnlySpan<byte> oldBytes, ReadOnlySpan<byte> newBytes, IReadOnlyList<Edit> edits, out DiffLines oldLines, out DiffLines newLines)
    {
        oldLines = new(oldBytes);
        newLines = new(newBytes);
        List<(TextSpan Old, TextSpan New)> regions = [];
        var shift = 0;
        var reached = 0;
        foreach (var edit in edits.OrderBy(e => e.Span.Start).ThenBy(e => e.Span.End))
        {
            if (edit.Span.Start < reached || edit.Span.End > oldBytes.Length)
            {
                throw new ArgumentException($"edit {edit.Span} overlaps another or lies outside the file", nameof(edits));
            }

            reached = edit.Span.End;
            var start = oldLines.StartOf(oldBytes, edit.Span.Start);
            var startShift = shift;
            shift += Encoding.UTF8.GetByteCount(edit.NewText) - edit.Span.Length;

            // where a line starts on both sides behind the edit, the line that follows is not touched
            var whole = StartsLine(oldBytes, edit.Span.End) && edit.Span.End + shift <= newBytes.Length && StartsLine(newBytes, edit.Span.End + shift);
            var end = whole ? edit.Span.End : oldLines.EndOf(edit.Span.End);
            var newStart = start + startShift;
            if (regions is [.., var (oldRegion, newRegion)] && start < oldRegion.End)
            {
                start = oldRegion.Start;
                newStart = newRegion.Start;
                regions.RemoveAt(regions.Count - 1);
            }

            regions.Add((TextSpan.FromBounds(start, end), TextSpan.FromBounds(newStart, end + shift)));
        }

        if (oldBytes.Length + shift != newBytes.Length)
        {
            throw new ArgumentException("the edits do not lead from the old bytes to the new ones", nameof(edits));
        }

        List<LineChange> changes = [];
        foreach (var (oldRegion, newRegion) in regions)
        {
            LineChange change = new(oldLines.At(oldRegion.Start), oldLines.At(oldRegion.End), newLines.At(newRegion.Start), newLines.At(newRegion.End));
            change = Trimmed(change, oldBytes, newBytes, oldLines, newLines);
            if (change.OldStart != change.OldEnd || change.NewStart != change.NewEnd)
            {
                changes.Add(change);
            }
        }

        return changes;
    }

    private static bool StartsLine(ReadOnlySpan<byte> bytes, int offset) => offset == 0 || bytes[offset - 1] == '\n';

    /// <summary>Without the lines at both ends that are the same: an edit that adds a line behind one does not rewrite that one.</summary>
    private static LineChange Trimmed(LineChange change, ReadOnlySpan<byte> oldBytes, ReadOnlySpan<byte> newBytes, DiffLines oldLines, DiffLines newLines)
    {
        var (oldStart, oldEnd, newStart, newEnd) = change;
        while (oldStart < oldEnd && newStart < newEnd && oldLines.Of(oldBytes, oldStart).SequenceEqual(newLines.Of(newBytes, newStart)))
        {
            oldStart++;
            newStart++;
        }

        while (oldStart < oldEnd && newStart < newEnd && oldLines.Of(oldBytes, oldEnd - 1).SequenceEqual(newLines.Of(newBytes, newEnd - 1)))
        {
            oldEnd--;
            newEnd--;
        }

        return new(oldStart, oldEnd, newStart, newEnd);
    }
}
