using System.Text;

namespace Cleat.Trees.Comments;

/// <summary>Where heredocs end in a text. Its lines are looked through once: a heredoc that is never closed would have each of those after it look at them again.</summary>
internal sealed class Heredocs
{
    // for each line that holds a word and nothing else where such lines end, in order
    private readonly Dictionary<string, List<int>> ends = new(StringComparer.Ordinal);

    public Heredocs(ReadOnlySpan<byte> text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = CommentFinder.LineEnd(text, start);
            var word = text[start..end].Trim(" \t\r"u8);
            if (word.Length > 0 && WordEnd(word, 0) == word.Length)
            {
                var key = Encoding.ASCII.GetString(word);
                if (!ends.TryGetValue(key, out var lines))
                {
                    ends[key] = lines = [];
                }

                lines.Add(end);
            }

            start = end + 1;
        }
    }

    /// <summary>The end of the body, or -1 when no heredoc starts here.</summary>
    /// <param name="at">Of its two less-than signs.</param>
    public int End(ReadOnlySpan<byte> text, int at)
    {
        var from = at + 2;
        from += from < text.Length && text[from] is (byte)'-' or (byte)'~' ? 1 : 0;
        from += from < text.Length && text[from] is (byte)'"' or (byte)'\'' ? 1 : 0;
        var to = WordEnd(text, from);
        if (to == from || !ends.TryGetValue(Encoding.ASCII.GetString(text[from..to]), out var lines))
        {
            return -1;
        }

        // a line below this one
        var found = lines.BinarySearch(to);
        found = found >= 0 ? found + 1 : ~found;
        while (found < lines.Count && text[to..lines[found]].IndexOfAny((byte)'\n', (byte)'\r') < 0)
        {
            found++;
        }

        return found < lines.Count ? lines[found] : -1;
    }

    private static int WordEnd(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && (char.IsAsciiLetterOrDigit((char)text[at]) || text[at] == '_'))
        {
            at++;
        }

        return at;
    }
}
