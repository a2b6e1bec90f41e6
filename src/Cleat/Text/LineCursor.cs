using System.Text;

namespace Cleat.Text;

/// <summary>
/// Finds the lines of places that hardly ever go back, as <see cref="LineIndex"/> has them, without an index: for a few places in a long text. It goes on from
/// the last place, also inside of a line, and a line's text is made once: a file may be one line with thousands of places in it.
/// </summary>
internal sealed class LineCursor(ReadOnlyMemory<byte> text)
{
    private readonly bool hasReturns = text.Span.Contains((byte)'\r');
    private int at;
    private int line = 1;
    private int start;

    // of the line that was last asked for: its text, its end, and how many UTF-16 units lie before an offset in it
    private string? lineText;
    private int lineEnd;
    private (int Offset, int Units) counted;

    // the last line whose text was made: many of a long file may be the same
    private (string? Text, int Start, int End) last;

    /// <summary>The line and column of an offset, both 1-based, the column in bytes.</summary>
    /// <param name="start">Offset of the first byte of the line.</param>
    public LinePosition Position(int offset, out int start)
    {
        if (offset < at)
        {
            (at, line, this.start, lineText) = (0, 1, 0, null);
        }

        Pass(offset);
        start = this.start;
        return new(line, offset - start + 1);
    }

    /// <summary>Where a span begins, the line it begins on, and where it stands in that.</summary>
    public LinePlace Place(TextSpan span)
    {
        var position = Position(span.Start, out _);
        var bytes = text.Span;
        if (lineText is null)
        {
            var end = bytes[start..].IndexOfAny((byte)'\n', (byte)'\r');
            lineEnd = end < 0 ? bytes.Length : start + end;
            lineText = last.Text is { } same && bytes[last.Start..last.End].SequenceEqual(bytes[start..lineEnd]) ? same : Encoding.UTF8.GetString(bytes[start..lineEnd]);
            last = (lineText, start, lineEnd);
            counted = (start, 0);
        }

        // a place in the line break itself
        var from = int.Min(span.Start, lineEnd);
        counted = (from, int.Min(lineText.Length, counted.Units + Encoding.UTF8.GetCharCount(bytes[counted.Offset..from])));
        var runsOn = span.End > lineEnd;
        return new(position, lineText, new(
            counted.Units,
            runsOn ? counted.Units + lineText.AsSpan(counted.Units).TrimEnd().Length : int.Min(lineText.Length, counted.Units + Encoding.UTF8.GetCharCount(bytes[from..int.Max(from, span.End)])),
            runsOn));
    }

    private void Pass(int offset)
    {
        var bytes = text.Span;
        var passed = bytes[at..offset];
        var breaks = passed.Count((byte)'\n');
        var last = passed.LastIndexOf((byte)'\n');
        for (var i = at; hasReturns && i < offset; i++)
        {
            if (IsLoneReturn(bytes, i))
            {
                breaks++;
                last = int.Max(last, i - at);
            }
        }

        if (breaks > 0)
        {
            (line, start, lineText) = (line + breaks, at + last + 1, null);
        }

        at = offset;
    }

    // the CR of a CRLF belongs to its line
    private static bool IsLoneReturn(ReadOnlySpan<byte> text, int i) => text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n');
}
