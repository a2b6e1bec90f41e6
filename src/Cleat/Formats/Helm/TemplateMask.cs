using System.Buffers;

namespace Cleat.Formats.Helm;

/// <summary>
/// Makes YAML of a Helm template without running it: every action is covered by as many other bytes, so that all offsets stay.
/// A line that holds nothing but actions becomes blank lines, which mean nothing wherever they stand; what stands for a value becomes a word.
/// </summary>
internal static class TemplateMask
{
    /// <summary>What stands in place of an action that is a value or a part of one.</summary>
    private const byte Word = (byte)'x';

    private static readonly SearchValues<byte> LineBreaks = SearchValues.Create("\r\n"u8);

    /// <param name="masked">Room for as many bytes as the text has.</param>
    public static void Of(ReadOnlySpan<byte> text, Span<byte> masked)
    {
        text.CopyTo(masked);
        TemplateLines lines = new(text);
        var blank = text.StartsWith("\uFEFF"u8) ? 3 : 0;
        for (var at = 0; at < text.Length && text[at..].IndexOf("{{"u8) is var found and >= 0;)
        {
            var start = at + found;
            at = End(text, start);
            lines.MoveTo(start, at);
            var line = lines.Start;
            var isAlone = lines.IsAlone;
            var isValue = !IsComment(text, start) && (!isAlone || FollowsImage(text, line, start));
            if (isAlone && !isValue)
            {
                Blank(masked[int.Max(line, blank)..at]);
                blank = at;
                continue;
            }

            if (isValue)
            {
                masked[start..at].Fill(LeadsIn(text, masked, start, at, ref lines) ? (byte)' ' : Word);
                continue;
            }

            for (var i = start; i < at; i++)
            {
                masked[i] = text[i] is (byte)'\n' or (byte)'\r' ? text[i] : (byte)' ';
            }
        }
    }

    // with no white space, which could stand further right than the text of a block scalar that begins here
    private static void Blank(Span<byte> line)
    {
        if (line.Contains((byte)'\r'))
        {
            line.ReplaceAnyExcept(LineBreaks, (byte)'\n');
        }
        else
        {
            line.Fill((byte)'\n');
        }
    }

    /// <summary>The end of the action that starts at an offset: strings and comments in it may hold its closing braces.</summary>
    public static int End(ReadOnlySpan<byte> text, int start)
    {
        if (IsComment(text, start))
        {
            var close = text[start..].IndexOf("*/"u8);
            return close < 0 ? text.Length : Close(text, start + close + 2);
        }

        for (var at = start + 2; at < text.Length && text[at..].IndexOfAny((byte)'"', (byte)'`', (byte)'}') is var found and >= 0; at++)
        {
            at += found;
            if (text[at] != '}')
            {
                at = StringEnd(text, at) is var end and > 0 ? end : at;
            }
            else if (at + 1 < text.Length && text[at + 1] == '}')
            {
                return at + 2;
            }
        }

        return text.Length;
    }

    private static int Close(ReadOnlySpan<byte> text, int at) => text[at..].IndexOf("}}"u8) is var close and >= 0 ? at + close + 2 : text.Length;

    private static bool IsComment(ReadOnlySpan<byte> text, int start) => text[(start + 2)..] is [(byte)'/', (byte)'*', ..] or [(byte)'-', (byte)' ', (byte)'/', (byte)'*', ..];

    // the closing quote, or -1 when the string does not end on its line (a raw one may)
    private static int StringEnd(ReadOnlySpan<byte> text, int at)
    {
        var quote = text[at];
        for (var i = at + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && quote == '"')
            {
                i++;
            }
            else if (text[i] == quote)
            {
                return i;
            }
            else if (text[i] == '\n' && quote == '"')
            {
                return -1;
            }
        }

        return -1;
    }

    // `image:` and the action on the line below
    private static bool FollowsImage(ReadOnlySpan<byte> text, int line, int start) =>
        text[line..start].Trim(" \t"u8).IsEmpty && text[..line].TrimEnd(" \t\r\n"u8).EndsWith("image:"u8);

    // `labels: {{ … | nindent 4 }}` with more of the map on the lines below: it is no value by itself
    private static bool LeadsIn(ReadOnlySpan<byte> text, ReadOnlySpan<byte> masked, int start, int end, ref TemplateLines lines)
    {
        var before = masked[lines.Start..start].TrimEnd((byte)' ');
        return before is [.., (byte)':'] && text[end..lines.Stop].Trim(" \t\r"u8).IsEmpty
            && lines.Content() is { IsEmpty: false } content && Indent(content) > Indent(masked[lines.Start..start]);
    }

    // where the key stands: a dash in front counts
    private static int Indent(ReadOnlySpan<byte> line)
    {
        var at = 0;
        while (at < line.Length && line[at] is (byte)' ' or (byte)'-')
        {
            at++;
        }

        return at;
    }
}
