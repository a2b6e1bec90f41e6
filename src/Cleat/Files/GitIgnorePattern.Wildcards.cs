using System.Text;

namespace Cleat.Files;

/// <summary>The wildcards: git's wildmatch.c, <c>dowild</c>, on spans.</summary>
internal sealed partial class GitIgnorePattern
{
    // beyond yes and no: no start further right can match (All), or none before the next slash (ToSlash);
    // without these a few stars take exponential time
    private enum WildcardMatch
    {
        No,
        Match,
        AbortAll,
        AbortToSlash,
    }

    private static WildcardMatch Wild(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> text, bool slashIsSpecial)
    {
        var t = 0;
        for (var p = 0; p < pattern.Length; p++, t++)
        {
            var wanted = pattern[p];
            if (t == text.Length && wanted != '*')
            {
                return WildcardMatch.AbortAll;
            }

            switch (wanted)
            {
                case (byte)'*':
                    if (!Star(pattern, ref p, text, ref t, slashIsSpecial, out var outcome))
                    {
                        return outcome;
                    }

                    break;
                case (byte)'?':
                    if (slashIsSpecial && text[t] == '/')
                    {
                        return WildcardMatch.No;
                    }

                    break;
                case (byte)'[':
                    var inside = InSet(pattern, ref p, text[t], out var negated);
                    if (inside is null)
                    {
                        return WildcardMatch.AbortAll;
                    }

                    if (inside == negated || (slashIsSpecial && text[t] == '/'))
                    {
                        return WildcardMatch.No;
                    }

                    break;
                default:
                    if (wanted == '\\')
                    {
                        p++;
                    }

                    if (At(pattern, p) != text[t])
                    {
                        return WildcardMatch.No;
                    }

                    break;
            }
        }

        return t == text.Length ? WildcardMatch.Match : WildcardMatch.No;
    }

    /// <summary>Stars: true when a single star took one folder's name and the match goes on; false with the outcome of the rest.</summary>
    private static bool Star(
        ReadOnlySpan<byte> pattern, ref int p, ReadOnlySpan<byte> text, ref int t, bool slashIsSpecial, out WildcardMatch outcome)
    {
        var first = p;
        while (At(pattern, p) == '*')
        {
            p++;
        }

        var rest = pattern[p..];
        var crosses = !slashIsSpecial;
        if (slashIsSpecial && p - first > 1 && (first == 0 || pattern[first - 1] == '/')
            && (rest.IsEmpty || rest[0] == '/' || rest is [(byte)'\\', (byte)'/', ..]))
        {
            // "**/" may stand for nothing
            outcome = rest is [(byte)'/', ..] ? Wild(rest[1..], text[t..], slashIsSpecial) : WildcardMatch.No;
            if (outcome is WildcardMatch.Match or WildcardMatch.AbortAll)
            {
                return false;
            }

            crosses = true;
        }

        var slash = text[t..].IndexOf((byte)'/');
        if (rest.IsEmpty)
        {
            outcome = crosses || slash < 0 ? WildcardMatch.Match : WildcardMatch.AbortToSlash;
            return false;
        }

        if (!crosses && rest[0] == '/')
        {
            outcome = WildcardMatch.AbortAll;
            t += slash;
            return slash >= 0;
        }

        outcome = Rest(rest, text[t..], crosses, slashIsSpecial);
        return false;
    }

    private static WildcardMatch Rest(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> text, bool crosses, bool slashIsSpecial)
    {
        var plain = !"*?[\\"u8.Contains(rest[0]);
        for (var t = 0; t < text.Length; t++)
        {
            if (plain)
            {
                var next = text[t..].IndexOf(rest[0]);
                var slash = crosses ? -1 : text[t..].IndexOf((byte)'/');
                if (next < 0 || (slash >= 0 && slash < next))
                {
                    return crosses ? WildcardMatch.AbortAll : WildcardMatch.AbortToSlash;
                }

                t += next;
            }

            var matched = Wild(rest, text[t..], slashIsSpecial);
            if (matched != WildcardMatch.No)
            {
                if (!crosses || matched != WildcardMatch.AbortToSlash)
                {
                    return matched;
                }
            }
            else if (!crosses && text[t] == '/')
            {
                return WildcardMatch.AbortToSlash;
            }
        }

        return WildcardMatch.AbortAll;
    }

    /// <summary>A set in brackets; <paramref name="p"/> ends on its <c>]</c>. Null when it is not well formed and matches nothing.</summary>
    private static bool? InSet(ReadOnlySpan<byte> pattern, ref int p, byte c, out bool negated)
    {
        p++;
        negated = At(pattern, p) is (byte)'!' or (byte)'^';
        p += negated ? 1 : 0;
        var found = false;
        byte previous = 0;
        do
        {
            var current = At(pattern, p);
            if (current == '\\')
            {
                p++;
                current = At(pattern, p);
                found |= c == current;
            }
            else if (current == '-' && previous != 0 && At(pattern, p + 1) is not (0 or (byte)']'))
            {
                p += At(pattern, p + 1) == '\\' ? 2 : 1;
                found |= c >= previous && c <= At(pattern, p);
                current = At(pattern, p) == 0 ? (byte)0 : (byte)1;
                if (current != 0)
                {
                    previous = 0;
                    p++;
                    continue;
                }
            }
            else if (current == '[' && At(pattern, p + 1) == ':' && pattern[(p + 2)..].IndexOf((byte)']') is var close)
            {
                if (close < 0)
                {
                    return null;
                }

                if (close > 0 && pattern[p + 1 + close] == ':')
                {
                    if (InClass(pattern.Slice(p + 2, close - 1), c) is not { } member)
                    {
                        return null;
                    }

                    found |= member;
                    previous = 0;
                    p += close + 3;
                    continue;
                }

                found |= c == '[';
            }
            else
            {
                found |= c == current;
            }

            if (current == 0)
            {
                return null;
            }

            previous = current;
            p++;
        }
        while (At(pattern, p) != ']');
        return found;
    }

    private static bool? InClass(ReadOnlySpan<byte> name, byte c) => Encoding.ASCII.GetString(name) switch
    {
        "alnum" => char.IsAsciiLetterOrDigit((char)c),
        "alpha" => char.IsAsciiLetter((char)c),
        "blank" => c is (byte)' ' or (byte)'\t',
        "cntrl" => c is < 0x20 or 0x7F,
        "digit" => char.IsAsciiDigit((char)c),
        "graph" => c is > 0x20 and < 0x7F,
        "lower" => char.IsAsciiLetterLower((char)c),
        "print" => c is >= 0x20 and < 0x7F,
        "punct" => c is > 0x20 and < 0x7F && !char.IsAsciiLetterOrDigit((char)c),
        "space" => c is (byte)' ' or (>= 9 and <= 13),
        "upper" => char.IsAsciiLetterUpper((char)c),
        "xdigit" => char.IsAsciiHexDigit((char)c),
        _ => null,
    };

    private static byte At(ReadOnlySpan<byte> text, int index) => index < text.Length ? text[index] : (byte)0;
}
