namespace Cleat.Text;

/// <summary>Finds the lines of offsets that never go back, as <see cref="LineIndex"/> has them, without an index: for a few places in a long text.</summary>
internal ref struct LineCursor(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> text = text;
    private readonly bool hasReturns = text.Contains((byte)'\r');
    private int at;
    private int line = 1;

    /// <summary>The line and column of an offset, both 1-based, the column in bytes.</summary>
    /// <param name="offset">Not before the one asked for last.</param>
    /// <param name="start">Offset of the first byte of the line.</param>
    public LinePosition Position(int offset, out int start)
    {
        line += Breaks(at, offset);
        at = offset;
        start = hasReturns ? Start(offset) : text[..offset].LastIndexOf((byte)'\n') + 1;
        return new(line, offset - start + 1);
    }

    private readonly int Breaks(int from, int to)
    {
        var breaks = text[from..to].Count((byte)'\n');
        for (var i = from; hasReturns && i < to; i++)
        {
            breaks += IsLoneReturn(i) ? 1 : 0;
        }

        return breaks;
    }

    private readonly int Start(int offset)
    {
        var i = offset;
        while (i > 0 && text[i - 1] != '\n' && !IsLoneReturn(i - 1))
        {
            i--;
        }

        return i;
    }

    // the CR of a CRLF belongs to its line
    private readonly bool IsLoneReturn(int i) => text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n');
}
