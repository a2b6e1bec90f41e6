using System.Globalization;
using System.Text;
using Cleat.Text;

namespace Cleat.Rewriting;

/// <summary>
/// Writes edits as a unified diff that <c>git apply</c> and <c>patch -p1</c> take. Bytes in, bytes out: line endings and
/// invalid UTF-8 stay as they are. No search for differences: the edits say which lines changed.
/// </summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>Writes nothing when the edits change nothing.</summary>
    /// <param name="path">Relative to the folder the diff is to be applied in, forward slashes.</param>
    /// <param name="edits">What made <paramref name="newBytes"/> from <paramref name="oldBytes"/>, in any order.</param>
    /// <exception cref="ArgumentException">The edits overlap, or do not lead from the old length to the new one: a bug in the caller.</exception>
    public static void Write(Stream output, string path, ReadOnlySpan<byte> oldBytes, ReadOnlySpan<byte> newBytes, IReadOnlyList<Edit> edits)
    {
        var changes = DiffLines.Changes(oldBytes, newBytes, edits, out var oldLines, out var newLines);
        for (var first = 0; first < changes.Count;)
        {
            var last = first;
            while (last + 1 < changes.Count && changes[last + 1].OldStart - changes[last].OldEnd <= 2 * Context)
            {
                last++;
            }

            if (first == 0)
            {
                output.Write(GitPath.Header("--- ", "a/", path));
                output.Write(GitPath.Header("+++ ", "b/", path));
            }

            Hunk(output, oldBytes, newBytes, oldLines, newLines, changes[first..(last + 1)]);
            first = last + 1;
        }
    }

    private static void Hunk(Stream output, ReadOnlySpan<byte> oldBytes, ReadOnlySpan<byte> newBytes, DiffLines oldLines, DiffLines newLines, List<LineChange> changes)
    {
        var before = Math.Min(Context, changes[0].OldStart);
        var after = Math.Min(Context, oldLines.Count - changes[^1].OldEnd);
        var start = changes[0].OldStart - before;
        var end = changes[^1].OldEnd + after;
        output.Write(Ascii($"@@ -{Range(start, end)} +{Range(changes[0].NewStart - before, changes[^1].NewEnd + after)} @@\n"));

        var at = start;
        foreach (var change in changes)
        {
            Lines(output, ' ', oldBytes, oldLines, at, change.OldStart);
            Lines(output, '-', oldBytes, oldLines, change.OldStart, change.OldEnd);
            Lines(output, '+', newBytes, newLines, change.NewStart, change.NewEnd);
            at = change.OldEnd;
        }

        Lines(output, ' ', oldBytes, oldLines, at, end);
    }

    /// <summary>An empty range names the line before it (POSIX diff, "Diff -u Output Format").</summary>
    private static string Range(int start, int end) => (end - start) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"{start},0"),
        1 => string.Create(CultureInfo.InvariantCulture, $"{start + 1}"),
        var count => string.Create(CultureInfo.InvariantCulture, $"{start + 1},{count}"),
    };

    private static void Lines(Stream output, char mark, ReadOnlySpan<byte> bytes, DiffLines lines, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var line = lines.Of(bytes, i);
            output.WriteByte((byte)mark);
            output.Write(line);
            if (line is not [.., (byte)'\n'])
            {
                output.Write("\n\\ No newline at end of file\n"u8);
            }
        }
    }

    private static byte[] Ascii(FormattableString text) => Encoding.ASCII.GetBytes(text.ToString(CultureInfo.InvariantCulture));
}
