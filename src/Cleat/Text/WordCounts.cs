using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;

namespace Cleat.Text;

/// <summary>
/// How often words stand in a text with nothing more of a name behind them: <c>$TAG</c> is not <c>$TAGS</c>. Names are found in one walk through the text;
/// a question costs as much as the name in it stands there, and each is answered once.
/// </summary>
internal sealed class WordCounts
{
    private readonly ReadOnlyMemory<byte> text;
    private readonly ConcurrentDictionary<(string Word, bool IsShell), int> answers = new();

    // the last place of each name by its hash with the number of places, and for each place the one before it
    private readonly Dictionary<int, (int Place, int Count)> last = [];
    private readonly List<(int End, int Before)> places = [];

    public WordCounts(ReadOnlyMemory<byte> text)
    {
        this.text = text;
        var span = text.Span;
        for (var at = 0; at < span.Length;)
        {
            if (!IsName(span[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < span.Length && IsName(span[at]))
            {
                at++;
            }

            if (IsBehindSign(span, start))
            {
                Add(span, start, at);
                if (span[start..at].IndexOf((byte)'-') is var dash and > 0)
                {
                    // a shell's name ends there
                    Add(span, start, start + dash);
                }
            }
        }
    }

    /// <summary>How often the word stands there. It ends in a name, or in what closes one, and begins with a sign.</summary>
    public int Of(string word) => answers.GetOrAdd((word, false), static (key, counts) => counts.Count(key.Word, isShell: false), this);

    /// <summary>How often a shell's variable is used, with braces and without: its name has no dash, so that <c>$TAG-alpine</c> uses it.</summary>
    public int OfVariable(string name) => answers.GetOrAdd((name, true), static (key, counts) => counts.Count("$" + key.Word, isShell: true) + counts.Count("${" + key.Word, isShell: true), this);

    private void Add(ReadOnlySpan<byte> span, int start, int end)
    {
        ref var before = ref CollectionsMarshal.GetValueRefOrAddDefault(last, Hash(span[start..end]), out var exists);
        places.Add((end, exists ? before.Place : -1));
        before = (places.Count - 1, before.Count + 1);
    }

    private int Count(string word, bool isShell)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        var span = text.Span;
        if (Rarest(bytes) is not var (end, place))
        {
            return Everywhere(span, bytes, isShell);
        }

        var count = 0;
        for (; place >= 0; place = places[place].Before)
        {
            var from = places[place].End - end;
            count += from >= 0 && span[from..].StartsWith(bytes) && !Continues(span, from + bytes.Length, isShell) ? 1 : 0;
        }

        return count;
    }

    // of a word's names behind a sign the one that the text has least often: where it ends in the word, and its last place in the text
    private (int End, int Place)? Rarest(ReadOnlySpan<byte> word)
    {
        (int End, int Place)? rarest = null;
        var least = int.MaxValue;
        for (var end = 0; end < word.Length; end++)
        {
            var start = end;
            while (end < word.Length && IsName(word[end]))
            {
                end++;
            }

            if (end > start && IsBehindSign(word, start))
            {
                var (place, count) = last.GetValueOrDefault(Hash(word[start..end]), (-1, 0));
                (rarest, least) = count < least ? ((end, place), count) : (rarest, least);
            }
        }

        return rarest;
    }

    // a word without a sign in front may stand inside of a longer name
    private static int Everywhere(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word, bool isShell)
    {
        var count = 0;
        for (var at = 0; !word.IsEmpty && text[at..].IndexOf(word) is var found and >= 0;)
        {
            at += found + word.Length;
            count += Continues(text, at, isShell) ? 0 : 1;
        }

        return count;
    }

    private static bool Continues(ReadOnlySpan<byte> text, int at, bool isShell) => at < text.Length && IsName(text[at]) && !(isShell && text[at] == '-');

    // as a variable is named
    private static bool IsBehindSign(ReadOnlySpan<byte> text, int at) =>
        at > 0 && text[at - 1] is (byte)'$' or (byte)'{' or (byte)'(' or (byte)'.' or (byte)'[' or (byte)'\'' or (byte)'"' or (byte)'%';

    private static bool IsName(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'_' or (byte)'-';

    private static int Hash(ReadOnlySpan<byte> name)
    {
        HashCode hash = default;
        hash.AddBytes(name);
        return hash.ToHashCode();
    }
}
