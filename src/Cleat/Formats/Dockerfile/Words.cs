namespace Cleat.Formats.Dockerfile;

/// <summary>Splits an instruction into words. Ranges are into the span that is handed in.</summary>
internal static class Words
{
    /// <summary>The next word between white space, quotes being ordinary characters: how FROM is split. A template's <c>{{ … }}</c> or <c>&lt;% … %&gt;</c> stays whole.</summary>
    internal static bool NextPlain(ReadOnlySpan<Cell> line, ref int at, out Range word)
    {
        var start = at = SkipSpace(line, at);
        while (at < line.Length && !Cells.IsSpace(line[at].Byte))
        {
            at = Template(line, at) is { } end ? end : at + 1;
        }

        word = start..at;
        return at > start;
    }

    /// <summary>The next word between white space outside quotes; quotes and escapes are still in it.</summary>
    /// <param name="closed">False when a quote in it is never closed; it then reaches to the end.</param>
    internal static bool NextQuoted(ReadOnlySpan<Cell> line, ref int at, byte escape, out Range word, out bool closed)
    {
        var start = at = SkipSpace(line, at);
        byte quote = 0;
        while (at < line.Length && (quote != 0 || !Cells.IsSpace(line[at].Byte)))
        {
            var b = line[at].Byte;
            if (b == escape && quote != '\'')
            {
                at = Math.Min(at + 2, line.Length);
                continue;
            }

            if (quote == 0 && Template(line, at) is { } end)
            {
                at = end;
                continue;
            }

            quote = quote == 0 && b is (byte)'"' or (byte)'\'' ? b : quote == b ? (byte)0 : quote;
            at++;
        }

        word = start..at;
        closed = quote == 0;
        return at > start;
    }

    /// <summary>A copy without quotes and escapes.</summary>
    internal static List<Cell> Unquote(ReadOnlySpan<Cell> word, byte escape)
    {
        List<Cell> bare = new(word.Length);
        byte quote = 0;
        for (var i = 0; i < word.Length; i++)
        {
            var b = word[i].Byte;
            if (b == escape && quote != '\'' && i + 1 < word.Length)
            {
                // `\$` keeps its escape: whoever puts variables in must still see it
                if (word[i + 1].Byte == '$')
                {
                    bare.Add(word[i]);
                }

                bare.Add(word[++i]);
            }
            else if (quote == 0 && b is (byte)'"' or (byte)'\'')
            {
                quote = b;
            }
            else if (quote != 0 && quote == b)
            {
                quote = 0;
            }
            else
            {
                bare.Add(word[i]);
            }
        }

        return bare;
    }

    /// <summary>True when a template's expression stands in the word: it is no text of the builder's yet.</summary>
    internal static bool HoldsTemplate(ReadOnlySpan<Cell> word)
    {
        for (var i = 0; i + 1 < word.Length; i++)
        {
            if (IsOpen(word, i))
            {
                return true;
            }
        }

        return false;
    }

    internal static int SkipSpace(ReadOnlySpan<Cell> line, int at)
    {
        while (at < line.Length && Cells.IsSpace(line[at].Byte))
        {
            at++;
        }

        return at;
    }

    private static bool IsOpen(ReadOnlySpan<Cell> line, int at) =>
        at + 1 < line.Length
        && ((line[at].Byte == '{' && line[at + 1].Byte == '{') || (line[at].Byte == '<' && line[at + 1].Byte == '%'));

    // far more than any real expression: a bound, so that a line of nothing but openings is not searched again and again
    private const int LongestTemplate = 512;

    private static int? Template(ReadOnlySpan<Cell> line, int at)
    {
        if (!IsOpen(line, at))
        {
            return null;
        }

        var close = line[at].Byte == '{' ? (byte)'}' : (byte)'%';
        var second = line[at].Byte == '{' ? (byte)'}' : (byte)'>';
        for (var i = at + 2; i + 1 < line.Length && i < at + LongestTemplate; i++)
        {
            if (line[i].Byte == close && line[i + 1].Byte == second)
            {
                return i + 2;
            }
        }

        return null;
    }
}
