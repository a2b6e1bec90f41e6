using System.Buffers;
using System.Text;
using Cleat.Text;

namespace Cleat.Trees.Yaml;

internal ref partial struct PlainYaml
{
    // the library takes a key on one line of at most 1,024 characters
    private const int LongestKey = 1000;

    private static readonly SearchValues<byte> NeverPlain = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(b => b is not ('\t' or '\n')).Select(b => (byte)b), 0x7F]);

    private static readonly SearchValues<byte> Stops = SearchValues.Create(":#\n\t"u8);

    private static readonly SearchValues<byte> QuotedStops = SearchValues.Create("\"\\\n\t"u8);

    /// <summary>True when a map's key stands here.</summary>
    private readonly bool IsKey() => KeyEnd(out _) >= 0;

    // where its colon is; -1 when this is no key
    private readonly int KeyEnd(out int end)
    {
        end = at;
        if (text[at] is (byte)'"' or (byte)'\'')
        {
            end = Closing(at);
            if (end < 0)
            {
                return -1;
            }

            var colon = ++end;
            while (colon < text.Length && text[colon] == ' ')
            {
                colon++;
            }

            return colon < text.Length && text[colon] == ':' && IsBlankAt(colon + 1) ? colon : -1;
        }

        return MayStartPlain(at) && PlainEnd(at, out end) is var stop and >= 0 && stop < text.Length && text[stop] == ':' ? stop : -1;
    }

    private bool Key()
    {
        var colon = KeyEnd(out var end);
        if (colon < 0 || colon - at > LongestKey)
        {
            return false;
        }

        if (text[at] is (byte)'"' or (byte)'\'')
        {
            if (!Quoted())
            {
                return false;
            }
        }
        else
        {
            builder.Scalar(Word(text[at..end]), TextSpan.FromBounds(shift + at, shift + end), plain: true);
        }

        at = colon + 1;
        return true;
    }

    private readonly bool MayStartPlain(int i) => text[i] switch
    {
        (byte)'-' or (byte)':' => !IsBlankAt(i + 1) && text[i + 1] != '\t',
        (byte)'.' => !text[i..].StartsWith("..."u8),
        (byte)'?' or (byte)',' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)'#' or (byte)'&' or (byte)'*' or (byte)'!'
            or (byte)'|' or (byte)'>' or (byte)'\'' or (byte)'"' or (byte)'%' or (byte)'@' or (byte)'`' => false,
        _ => true,
    };

    /// <summary>Looks along the line for the end of a plain scalar.</summary>
    /// <param name="end">After its last character.</param>
    /// <returns>The colon, the comment or the line's end that it stops at; -1 for a tab.</returns>
    private readonly int PlainEnd(int from, out int end)
    {
        var i = from;
        while (true)
        {
            var found = text[i..].IndexOfAny(Stops);
            i = found < 0 ? text.Length : i + found;
            if (i == text.Length || text[i] == '\n' || (text[i] == ':' && IsBlankAt(i + 1)) || (text[i] == '#' && text[i - 1] == ' '))
            {
                end = i;
                while (end > from && text[end - 1] == ' ')
                {
                    end--;
                }

                return i;
            }

            if (text[i] == '\t' || (text[i] == ':' && text[i + 1] == '\t'))
            {
                end = i;
                return -1;
            }

            i++;
        }
    }

    // a plain scalar goes on over lines that stand further right than what it belongs to
    private bool Plain(int column)
    {
        if (!MayStartPlain(at))
        {
            return false;
        }

        var start = at;
        var stop = PlainEnd(at, out var end);
        StringBuilder? folded = null;
        while (true)
        {
            if (stop < 0 || (stop < text.Length && text[stop] == ':'))
            {
                return false;
            }

            at = end;
            if (stop == text.Length || text[stop] == '#' || FoldedLine(stop, column, out var breaks) is not (>= 0 and var next))
            {
                break;
            }

            folded ??= new StringBuilder(Encoding.UTF8.GetString(text[start..end]));
            folded.Append(breaks == 1 ? ' ' : '\n', int.Max(1, breaks - 1));
            if (text[next] == '\t' || (text[next] == '-' && IsBlankAt(next + 1)))
            {
                return false;
            }

            line = text[..next].LastIndexOf((byte)'\n') + 1;
            stop = PlainEnd(next, out end);
            folded.Append(Encoding.UTF8.GetString(text[next..end]));
        }

        Scalar(folded?.ToString(), start, end, plain: true);
        return true;
    }

    // the first character of the line that the scalar goes on in, or -1
    private readonly int FoldedLine(int stop, int column, out int breaks)
    {
        breaks = 0;
        for (var start = stop; start < text.Length && text[start] == '\n';)
        {
            breaks++;
            var i = ++start;
            while (i < text.Length && text[i] == ' ')
            {
                i++;
            }

            if (i < text.Length && text[i] != '\n')
            {
                return i - start > column && text[i] != '#' ? i : -1;
            }

            start = i;
        }

        return -1;
    }

    // the closing quote on this line, or -1
    private readonly int Closing(int open)
    {
        for (var i = open + 1; i < text.Length; i++)
        {
            var found = text[open] == '"' ? text[i..].IndexOfAny(QuotedStops) : text[i..].IndexOfAny((byte)'\'', (byte)'\n', (byte)'\t');
            if (found < 0)
            {
                return -1;
            }

            i += found;
            if (text[i] == '\\' || (text[i] == '\'' && i + 1 < text.Length && text[i + 1] == '\''))
            {
                i++;
            }
            else
            {
                return text[i] == text[open] ? i : -1;
            }
        }

        return -1;
    }

    private bool Quoted()
    {
        var close = Closing(at);
        if (close < 0)
        {
            return false;
        }

        var inner = text[(at + 1)..close];
        string? value = null;
        if (inner.Contains(text[at] == '"' ? (byte)'\\' : (byte)'\''))
        {
            value = text[at] == '"' ? Unescaped(inner) : Encoding.UTF8.GetString(inner).Replace("''", "'", StringComparison.Ordinal);
            if (value is null)
            {
                return false;
            }
        }

        Scalar(value, at + 1, close, plain: false);
        at = close + 1;
        return true;
    }

    /// <param name="value">Null for the bytes as they stand.</param>
    private readonly void Scalar(string? value, int start, int end, bool plain)
    {
        var span = TextSpan.FromBounds(shift + start, shift + end);
        if (value is null)
        {
            builder.AddScalar(span, plain);
        }
        else
        {
            builder.Scalar(value, span, plain);
        }
    }

    /// <summary>A quoted scalar over several lines, which are folded into one: YAML 1.2.2, 7.3.</summary>
    private bool QuotedLines()
    {
        var quote = text[at];
        StringBuilder value = new();
        for (var from = at + 1; ; )
        {
            var rest = text[from..];
            var stop = quote == '"' ? rest.IndexOfAny(QuotedStops) : rest.IndexOfAny((byte)'\'', (byte)'\n', (byte)'\t');
            if (stop < 0 || rest[stop] == '\t')
            {
                return false;
            }

            var part = rest[..stop];
            from += stop;
            if (rest[stop] == '\n')
            {
                value.Append(Encoding.UTF8.GetString(part.TrimEnd((byte)' ')));
                var breaks = 0;
                for (; from < text.Length && text[from] is (byte)' ' or (byte)'\n'; from++)
                {
                    if (text[from] == '\n')
                    {
                        breaks++;
                        line = from + 1;
                    }
                }

                if (from == line)
                {
                    // `---` ends the document even here
                    return false;
                }

                value.Append(breaks == 1 ? ' ' : '\n', int.Max(1, breaks - 1));
                continue;
            }

            value.Append(Encoding.UTF8.GetString(part));
            if (rest[stop] == quote && !(quote == '\'' && rest[(stop + 1)..] is [(byte)'\'', ..]))
            {
                builder.Scalar(value.ToString(), TextSpan.FromBounds(shift + at + 1, shift + from), plain: false);
                at = from + 1;
                return true;
            }

            var escaped = quote == '\'' ? '\'' : Escaped(rest[(stop + 1)..]);
            if (escaped == '\0')
            {
                return false;
            }

            value.Append(escaped);
            from += 2;
        }
    }

    private static string? Unescaped(ReadOnlySpan<byte> inner)
    {
        StringBuilder value = new(inner.Length);
        while (inner.IndexOf((byte)'\\') is var slash and >= 0)
        {
            value.Append(Encoding.UTF8.GetString(inner[..slash]));
            var escaped = Escaped(inner[(slash + 1)..]);
            if (escaped == '\0')
            {
                return null;
            }

            value.Append(escaped);
            inner = inner[(slash + 2)..];
        }

        return value.Append(Encoding.UTF8.GetString(inner)).ToString();
    }

    // what stands for one character; the rest is left to the library
    private static char Escaped(ReadOnlySpan<byte> rest) => rest.IsEmpty ? '\0' : rest[0] switch
    {
        (byte)'n' => '\n',
        (byte)'t' => '\t',
        (byte)'r' => '\r',
        (byte)'"' => '"',
        (byte)'\\' => '\\',
        _ => '\0',
    };
}
