using System.Runtime.InteropServices;

namespace Cleat.Formats.Dockerfile;

/// <summary>A here-document that an instruction opens: its lines are content, never instructions.</summary>
/// <param name="StripTabs"><c>&lt;&lt;-</c>: tabs before the delimiter do not count.</param>
internal sealed record Heredoc(byte[] Delimiter, bool StripTabs)
{
    /// <summary>
    /// The heredocs of a RUN, COPY or ADD, in order. A word opens one when it is digits, <c>&lt;&lt;</c>, perhaps <c>-</c>, and a delimiter
    /// without <c>&lt;</c>; quotes around the delimiter are not part of it. With an unclosed quote in the line BuildKit sees none.
    /// </summary>
    internal static List<Heredoc> Of(List<Cell> instruction)
    {
        List<Heredoc> found = [];
        var line = CollectionsMarshal.AsSpan(instruction);
        var at = 0;
        while (Words.NextQuoted(line, ref at, (byte)'\\', out var word, out var closed))
        {
            if (!closed)
            {
                return [];
            }

            if (Read(line[word]) is { } heredoc)
            {
                found.Add(heredoc);
            }
        }

        return found;
    }

    private static Heredoc? Read(ReadOnlySpan<Cell> word)
    {
        var at = 0;
        while (at < word.Length && word[at].Byte is >= (byte)'0' and <= (byte)'9')
        {
            at++;
        }

        if (!Cells.StartsWith(word[at..], "<<"u8))
        {
            return null;
        }

        at += 2;
        var strip = at < word.Length && word[at].Byte == '-';
        var rest = word[(strip ? at + 1 : at)..];
        if (rest.IsEmpty || Cells.IndexOf(rest, (byte)'<') >= 0)
        {
            return null;
        }

        var bare = Words.Unquote(rest, (byte)'\\');
        return bare.Count == 0 ? null : new Heredoc([.. bare.Select(c => c.Byte)], strip);
    }
}
