using System.Text;
using Cleat.Text;

namespace Cleat.Trees.Yaml;

internal ref partial struct PlainYaml
{
    [ThreadStatic]
    private static byte[]? buffer;

    /// <summary>A block scalar, literal or folded: YAML 1.2.2, 8.1.</summary>
    /// <param name="column">Of the key or dash that it belongs to.</param>
    private bool Block(int column)
    {
        var isLiteral = text[at] == '|';
        var chomping = at + 1 < text.Length ? text[at + 1] : (byte)0;
        var header = text[at..].IndexOf((byte)'\n');
        if (header < 0 || !IsHeader(text.Slice(at + 1, header - 1)))
        {
            return false;
        }

        var start = at + header + 1;
        var indent = Indent(start);
        if (indent <= column)
        {
            return indent >= 0 && chomping != '+' && NoBlock(start);
        }

        if (buffer is null || buffer.Length < text.Length + 2)
        {
            buffer = new byte[int.Max(4096, text.Length * 2)];
        }

        var length = 0;
        var breaks = 0; // line breaks not yet written
        var wasBlank = false;
        var end = start;
        at = start;
        while (at < text.Length)
        {
            var stop = text[at..].IndexOf((byte)'\n');
            stop = stop < 0 ? text.Length : at + stop;
            var spaces = text[at..stop].IndexOfAnyExcept((byte)' ');
            spaces = spaces < 0 ? stop - at : spaces;
            if (at + spaces == stop && spaces <= indent)
            {
                breaks += stop < text.Length ? 1 : 0;
            }
            else if (spaces < indent)
            {
                if (text[at + spaces] == '\t')
                {
                    return false;
                }

                break;
            }
            else
            {
                var content = text[(at + indent)..stop];
                var isBlank = content[0] is (byte)' ' or (byte)'\t';
                var folds = !isLiteral && length > 0 && breaks > 0 && !wasBlank && !isBlank;
                if (folds && breaks == 1)
                {
                    buffer[length++] = (byte)' ';
                }
                else
                {
                    Breaks(ref length, breaks - (folds ? 1 : 0));
                }

                content.CopyTo(buffer.AsSpan(length));
                length += content.Length;
                breaks = stop < text.Length ? 1 : 0;
                wasBlank = isBlank;
                end = stop;
            }

            at = int.Min(stop + 1, text.Length);
        }

        line = at == text.Length && at > 0 && text[at - 1] != '\n' ? line : at;
        Breaks(ref length, chomping switch { (byte)'-' => 0, (byte)'+' => breaks, _ => int.Min(1, breaks) });
        builder.Scalar(Encoding.UTF8.GetString(buffer, 0, length), Trimmed(start, end), plain: false);
        return true;
    }

    // blank lines, then what stands no further right than the key: a template's action may have stood there
    private bool NoBlock(int start)
    {
        var next = start + text[start..].IndexOfAnyExcept((byte)' ', (byte)'\n');
        at = line = text[..next].LastIndexOf((byte)'\n') + 1;
        builder.Scalar("", new(shift + at, 0), plain: false);
        return true;
    }

    private static void Breaks(ref int length, int count)
    {
        buffer.AsSpan(length, count).Fill((byte)'\n');
        length += count;
    }

    // `-`, `+` or nothing, then nothing but a comment; a digit that says the indentation is left to the library
    private static bool IsHeader(ReadOnlySpan<byte> rest)
    {
        rest = rest is [(byte)'-' or (byte)'+', ..] ? rest[1..] : rest;
        var trimmed = rest.TrimStart((byte)' ');
        return trimmed.Length == 0 || (trimmed[0] == '#' && trimmed.Length < rest.Length);
    }

    // of the first line with text; -1 when blank lines before it say otherwise, or there is none
    private readonly int Indent(int start)
    {
        var widest = 0;
        for (int i = start, from = start; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                widest = int.Max(widest, i - from);
                from = i + 1;
            }
            else if (text[i] != ' ')
            {
                return text[i] == '\t' || widest > i - from ? -1 : i - from;
            }
        }

        return -1;
    }

    private readonly TextSpan Trimmed(int start, int end)
    {
        while (start < end && text[start] is (byte)' ' or (byte)'\t' or (byte)'\n')
        {
            start++;
        }

        while (end > start && text[end - 1] is (byte)' ' or (byte)'\t' or (byte)'\n')
        {
            end--;
        }

        return TextSpan.FromBounds(shift + start, shift + end);
    }
}
