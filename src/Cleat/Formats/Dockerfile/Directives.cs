using System.Text;

namespace Cleat.Formats.Dockerfile;

/// <summary>
/// The parser directives: <c># name=value</c> lines at the very top, before any other comment, empty line or instruction
/// (Dockerfile reference, "Parser directives"; BuildKit, parser/directives.go). <c>syntax</c>, <c>escape</c> and <c>check</c> are known;
/// any other line ends them. A <c>#!</c> line may stand before <c># syntax</c>.
/// </summary>
internal readonly record struct Directives(byte Escape, int SyntaxStart, int SyntaxEnd)
{
    internal static Directives Read(ReadOnlySpan<byte> text, int start)
    {
        Directives found = new((byte)'\\', -1, -1);
        var at = start;
        var shebang = text[at..].StartsWith("#!"u8);
        if (shebang)
        {
            at = NextLine(text, at);
        }

        var (sawSyntax, sawEscape, sawCheck, lostSyntax) = (false, false, false, false);
        while (at < text.Length)
        {
            var next = NextLine(text, at);
            // the parser takes white space off a line first; what looks for syntax alone does not
            var line = Skip(text, at, next);
            var isIndented = line > at;
            if (line == next || !Directive(text, line, next, out var name, out var valueStart, out var valueEnd))
            {
                break;
            }

            if (name == "syntax" && !sawSyntax)
            {
                sawSyntax = true;
                var space = text[valueStart..valueEnd].IndexOf((byte)' ');
                found = isIndented || lostSyntax ? found : found with { SyntaxStart = valueStart, SyntaxEnd = space < 0 ? valueEnd : valueStart + space };
            }
            else if (name == "escape" && !sawEscape)
            {
                sawEscape = true;
                // behind a #! line the escape directive is an ordinary comment: only the search for syntax skips that line
                if (!shebang && valueEnd - valueStart == 1 && text[valueStart] is (byte)'`' or (byte)'\\')
                {
                    found = found with { Escape = text[valueStart] };
                }
            }
            else if (name == "check" && !sawCheck)
            {
                sawCheck = true;
            }
            else
            {
                break;
            }

            lostSyntax |= isIndented;
            at = next;
        }

        return found;
    }

    private static int NextLine(ReadOnlySpan<byte> text, int at)
    {
        var length = text[at..].IndexOf((byte)'\n');
        return length < 0 ? text.Length : at + length + 1;
    }

    private static bool Directive(ReadOnlySpan<byte> text, int at, int end, out string name, out int valueStart, out int valueEnd)
    {
        name = "";
        valueStart = valueEnd = 0;
        if (text[at] != '#')
        {
            return false;
        }

        at = Skip(text, at + 1, end);
        var nameStart = at;
        while (at < end && char.IsAsciiLetterOrDigit((char)text[at]))
        {
            at++;
        }

        // bounded: the known names are short
        if (at == nameStart || at - nameStart > 16)
        {
            return false;
        }

        name = Encoding.ASCII.GetString(text[nameStart..at]).ToLowerInvariant();
        at = Skip(text, at, end);
        if (at == end || text[at] != '=')
        {
            return false;
        }

        valueStart = Skip(text, at + 1, end);
        valueEnd = end;
        while (valueEnd > valueStart && Cells.IsSpace(text[valueEnd - 1]))
        {
            valueEnd--;
        }

        return valueEnd > valueStart;
    }

    private static int Skip(ReadOnlySpan<byte> text, int at, int end)
    {
        while (at < end && Cells.IsSpace(text[at]))
        {
            at++;
        }

        return at;
    }
}
