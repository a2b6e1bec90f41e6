namespace Cleat.Formats.Dockerfile;

/// <summary>
/// Cuts a Dockerfile into instructions the way BuildKit does (frontend/dockerfile/parser): lines end at LF; an escape
/// character at the end of a line joins it with the next; comment lines and empty lines do not break such a join.
/// </summary>
internal sealed class LogicalLines(ReadOnlyMemory<byte> text, int start, byte escape)
{
    /// <summary>The instruction that <see cref="Next"/> found. The list is used again for the next one.</summary>
    public List<Cell> Line { get; } = [];

    /// <summary>Offset of the first byte that was not read yet.</summary>
    public int Position { get; private set; } = start;

    public bool Next()
    {
        Line.Clear();
        while (Position < text.Length)
        {
            var (lineStart, lineEnd) = Physical();
            var first = SkipSpace(lineStart, lineEnd);
            if (first == lineEnd || text.Span[first] == '#')
            {
                continue;
            }

            var goesOn = Take(first, lineEnd);
            while (goesOn && Position < text.Length)
            {
                (lineStart, lineEnd) = Physical();
                first = SkipSpace(lineStart, lineEnd);
                if (first < lineEnd && text.Span[first] != '#')
                {
                    goesOn = Take(lineStart, lineEnd);
                }
            }

            if (Line.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Skips the body of a heredoc; false when its delimiter never comes, and then everything is its body.</summary>
    public bool SkipHeredoc(Heredoc heredoc)
    {
        while (Position < text.Length)
        {
            var (lineStart, lineEnd) = Physical();
            while (heredoc.StripTabs && lineStart < lineEnd && text.Span[lineStart] == '\t')
            {
                lineStart++;
            }

            if (text.Span[lineStart..lineEnd].SequenceEqual(heredoc.Delimiter))
            {
                return true;
            }
        }

        return false;
    }

    // without its line break; CR before it is no part of the line either
    private (int Start, int End) Physical()
    {
        var span = text.Span;
        var lineStart = Position;
        var length = span[lineStart..].IndexOf((byte)'\n');
        var lineEnd = length < 0 ? span.Length : lineStart + length;
        Position = length < 0 ? span.Length : lineEnd + 1;
        while (lineEnd > lineStart && span[lineEnd - 1] == '\r')
        {
            lineEnd--;
        }

        return (lineStart, lineEnd);
    }

    private int SkipSpace(int from, int end)
    {
        while (from < end && Cells.IsSpace(text.Span[from]))
        {
            from++;
        }

        return from;
    }

    // an escape character before spaces and the line break joins, unless another one stands before it
    private bool Take(int from, int end)
    {
        var span = text.Span;
        var last = end;
        while (last > from && span[last - 1] is (byte)' ' or (byte)'\t')
        {
            last--;
        }

        var joins = last > from && span[last - 1] == escape && (last - 1 == from || span[last - 2] != escape);
        end = joins ? last - 1 : end;
        for (var i = from; i < end; i++)
        {
            Line.Add(new Cell(span[i], i));
        }

        return joins;
    }
}
