using Cleat.Formats.Dockerfile;

namespace Cleat.Formats.Shell;

/// <summary>Cuts a line of shell into commands of words. What <c>$(…)</c> and backticks hold is a line of its own.</summary>
internal static class CommandWords
{
    private const int Deepest = 16;

    /// <summary>Each command's words, as ranges of the line; quotes are still in them.</summary>
    public static List<List<Range>> Split(ReadOnlySpan<Cell> line)
    {
        List<List<Range>> commands = [];
        Split(line, 0, line.Length, 0, commands);
        return commands;
    }

    private static void Split(ReadOnlySpan<Cell> line, int from, int end, int depth, List<List<Range>> commands)
    {
        List<Range> words = [];
        commands.Add(words);
        var redirects = false;
        for (var at = from; at < end;)
        {
            var b = line[at].Byte;
            if (b == '#')
            {
                return;
            }

            if (b is (byte)';' or (byte)'|' or (byte)'&' or (byte)'(' or (byte)')' or (byte)'\n')
            {
                words = [];
                commands.Add(words);
                at++;
            }
            else if (Cells.IsSpace(b) || b is (byte)'<' or (byte)'>')
            {
                // the word behind it is a file's name
                redirects |= b is (byte)'<' or (byte)'>';
                at++;
            }
            else
            {
                var start = at;
                at = Word(line, at, end, depth, commands);
                if (!redirects)
                {
                    words.Add(start..at);
                }

                redirects = false;
            }
        }
    }

    private static int Word(ReadOnlySpan<Cell> line, int at, int end, int depth, List<List<Range>> commands)
    {
        byte quote = 0;
        while (at < end)
        {
            var b = line[at].Byte;
            if (quote == 0 && (Cells.IsSpace(b) || b is (byte)';' or (byte)'|' or (byte)'&' or (byte)'(' or (byte)')' or (byte)'<' or (byte)'>'))
            {
                break;
            }

            if (b == '\\' && quote != '\'')
            {
                at = Math.Min(at + 2, end);
            }
            else if (quote != '\'' && (b == '`' || (b == '$' && at + 1 < end && line[at + 1].Byte == '(')))
            {
                var inner = at + (b == '`' ? 1 : 2);
                at = b == '`' ? Backtick(line, inner, end) : Parenthesis(line, inner, end);
                if (depth < Deepest)
                {
                    Split(line, inner, Math.Max(inner, at - 1), depth + 1, commands);
                }
            }
            else if (quote != '\'' && b == '$' && at + 1 < end && line[at + 1].Byte == '{')
            {
                at = Close(line, at + 2, end, (byte)'{', (byte)'}');
            }
            else
            {
                quote = quote == 0 && b is (byte)'"' or (byte)'\'' ? b : quote == b ? (byte)0 : quote;
                at++;
            }
        }

        return at;
    }

    private static int Parenthesis(ReadOnlySpan<Cell> line, int at, int end) => Close(line, at, end, (byte)'(', (byte)')');

    // behind the bracket that closes
    private static int Close(ReadOnlySpan<Cell> line, int at, int end, byte open, byte close)
    {
        for (var depth = 1; at < end; at++)
        {
            depth += line[at].Byte == open ? 1 : line[at].Byte == close ? -1 : 0;
            if (depth == 0)
            {
                return at + 1;
            }
        }

        return end;
    }

    private static int Backtick(ReadOnlySpan<Cell> line, int at, int end)
    {
        var length = Cells.IndexOf(line[at..end], (byte)'`');
        return length < 0 ? end : at + length + 1;
    }
}
