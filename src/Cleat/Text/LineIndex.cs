namespace Cleat.Text;

/// <summary>Finds the line of an offset. Lines end at LF, CRLF or a lone CR; the CR of a CRLF belongs to its line.</summary>
internal sealed class LineIndex
{
    private readonly int[] starts;
    private readonly int length;

    public LineIndex(ReadOnlySpan<byte> text)
    {
        // at most: a CRLF is counted twice
        var found = new int[1 + text.Count((byte)'\n') + text.Count((byte)'\r')];
        var count = 1;
        var at = 0;
        while (text[at..].IndexOfAny((byte)'\n', (byte)'\r') is var next and >= 0)
        {
            at += next + 1;
            if (text[at - 1] == '\r' && at < text.Length && text[at] == '\n')
            {
                at++;
            }

            found[count++] = at;
        }

        starts = count == found.Length ? found : found[..count];
        length = text.Length;
    }

    /// <summary>Number of lines; a file that ends in a line break has an empty last line.</summary>
    public int Count => starts.Length;

    /// <summary>Offset of the first byte of a line.</summary>
    /// <param name="line">1-based line number.</param>
    public int Start(int line) => starts[line - 1];

    /// <summary>The line and column of an offset, both 1-based, the column in bytes.</summary>
    /// <param name="offset">From 0 to the length of the text; what lies behind the end counts as the end.</param>
    public LinePosition Position(int offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        offset = int.Min(offset, length);
        var found = Array.BinarySearch(starts, offset);
        var line = found >= 0 ? found : ~found - 1;
        return new LinePosition(line + 1, offset - starts[line] + 1);
    }
}

/// <summary>A place in a file as people name it.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based, in bytes.</param>
public readonly record struct LinePosition(int Line, int Column)
{
    /// <summary><c>line:column</c></summary>
    public override string ToString() => $"{Line}:{Column}";
}
