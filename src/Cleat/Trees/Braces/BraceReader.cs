using System.Globalization;
using System.Text;
using Cleat.Text;

namespace Cleat.Trees.Braces;

/// <summary>
/// Reads the languages of braces with <c>${…}</c> in strings: HCL and Bicep. Here are their tokens: where strings, heredocs, comments,
/// brackets and whole expressions end.
/// </summary>
internal ref partial struct BraceReader
{
    private readonly ReadOnlySpan<byte> text;
    private readonly TreeBuilder builder;
    private readonly byte quote;
    private int at;
    private int depth;

    // conditions around the one that is read
    private int branches;
    private List<Loop>? loops;

    /// <param name="isBicep">Strings stand in single quotes, three for several lines; there are no heredocs and no directives.</param>
    public BraceReader(ReadOnlySpan<byte> text, int start, TreeBuilder builder, bool isBicep = false)
    {
        this.text = text;
        this.builder = builder;
        quote = isBicep ? (byte)'\'' : (byte)'"';
        at = start;
    }

    /// <summary>The <c>for</c> expressions that were read, in the order in which they start.</summary>
    public readonly IReadOnlyList<Loop> Loops => loops ?? [];

    /// <summary>The first thing that is wrong; nothing is read behind it.</summary>
    public ReadProblem? Problem { get; private set; }

    private readonly bool IsBicep => quote == '\'';

    /// <summary>The expressions and directives of a template, from here to the end of the text; false when one does not end.</summary>
    public bool Parts(List<TextSpan> parts)
    {
        while (at < text.Length && Problem is null)
        {
            var start = at;
            if (SkipPart())
            {
                parts.Add(TextSpan.FromBounds(start, at));
            }
        }

        return Problem is null;
    }

    // false at the end of the text
    private bool SkipSpace(bool lines)
    {
        while (at < text.Length)
        {
            if (text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' || (lines && text[at] == '\n'))
            {
                at++;
            }
            else if (text[at] == '#' || text[at..].StartsWith("//"u8))
            {
                at = IndexOf("\n"u8, at);
            }
            else if (text[at..].StartsWith("/*"u8))
            {
                var end = IndexOf("*/"u8, at + 2);
                if (end == text.Length)
                {
                    Fail(at, "a comment is not closed");
                }

                at = int.Min(end + 2, text.Length);
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    // the end of what was skipped, comments and blanks behind it left out; the start when nothing stands here
    private int SkipExpression(bool lineEnds, bool inFor)
    {
        var end = at;
        while (Problem is null && !IsEnd(lineEnds, inFor))
        {
            SkipToken();
            end = at;
        }

        return end;
    }

    private bool IsEnd(bool lineEnds, bool inFor) =>
        !SkipSpace(!lineEnds) || text[at] is (byte)',' or (byte)')' or (byte)']' or (byte)'}'
        || (text[at] == '\n' && !(IsBicep && text[at..].TrimStart(" \t\r\n"u8) is [(byte)'?' or (byte)':', ..]))
        || (inFor && (text[at..].StartsWith("=>"u8) || text[at..].StartsWith("if "u8) || text[at..].StartsWith("..."u8)));

    private void SkipToken()
    {
        if (text[at] == quote)
        {
            SkipString();
        }
        else if (text[at] is (byte)'(' or (byte)'[' or (byte)'{')
        {
            SkipBracket();
        }
        else if (IsHeredoc())
        {
            SkipHeredoc(out _);
        }
        else if (IsWord(text[at]))
        {
            Identifier();
        }
        else
        {
            at += text[at..].StartsWith("::"u8) || text[at..].StartsWith("=="u8) ? 2 : 1;
        }
    }

    private void SkipBracket()
    {
        var start = at;
        var close = text[at] switch { (byte)'(' => (byte)')', (byte)'[' => (byte)']', _ => (byte)'}' };
        if (!Enter())
        {
            return;
        }

        at++;
        while (Problem is null)
        {
            if (!SkipSpace(lines: true))
            {
                Fail(start, "a bracket is not closed");
            }
            else if (text[at] == close)
            {
                at++;
                break;
            }
            else if (text[at] is (byte)')' or (byte)']' or (byte)'}')
            {
                Fail(at, $"'{Here()}' closes no bracket");
            }
            else
            {
                SkipToken();
            }
        }

        depth--;
    }

    // true when an expression was skipped, else one character of the text
    private bool SkipPart()
    {
        if (at + 1 < text.Length && (text[at] == '$' || (text[at] == '%' && !IsBicep)))
        {
            if (text[at + 1] == '{')
            {
                at++;
                SkipBracket();
                return true;
            }

            at += !IsBicep && text[at + 1] == text[at] && at + 2 < text.Length && text[at + 2] == '{' ? 2 : 0;
        }

        at++;
        return false;
    }

    // to behind the closing quote; true when the string has expressions
    private bool SkipString()
    {
        var start = at;
        if (IsBicep && text[at..].StartsWith("'''"u8))
        {
            var end = IndexOf("'''"u8, at + 3);
            if (end == text.Length)
            {
                Fail(start, "a string is not closed");
            }

            at = int.Min(end + 3, text.Length);
            return false;
        }

        at++;
        var hasParts = false;
        while (Problem is null)
        {
            if (at >= text.Length || text[at] == '\n')
            {
                Fail(start, "a string is not closed");
            }
            else if (text[at] == quote)
            {
                at++;
                break;
            }
            else if (text[at] == '\\')
            {
                at = int.Min(at + 2, text.Length);
            }
            else
            {
                hasParts |= SkipPart();
            }
        }

        return hasParts;
    }

    private readonly bool IsHeredoc()
    {
        if (IsBicep || !text[at..].StartsWith("<<"u8))
        {
            return false;
        }

        var name = text[(at + 2)..];
        name = name.StartsWith("-"u8) ? name[1..] : name;
        return name.Length > 0 && IsWord(name[0]);
    }

    // to behind the closing marker
    private void SkipHeredoc(out TextSpan content)
    {
        var start = at;
        at += text[at + 2] == '-' ? 3 : 2;
        var marker = Identifier();
        var line = int.Min(IndexOf("\n"u8, at) + 1, text.Length);
        content = new(line, 0);
        while (line < text.Length)
        {
            var end = IndexOf("\n"u8, line);
            var trimmed = text[line..end].Trim(" \t\r"u8);
            if (trimmed.SequenceEqual(text.Slice(marker.Start, marker.Length)))
            {
                content = TextSpan.FromBounds(content.Start, line);
                at = text[..end].TrimEnd(" \t\r"u8).Length;
                return;
            }

            line = end + 1;
        }

        Fail(start, "a heredoc is not closed");
    }

    private void String()
    {
        var quotes = IsBicep && text[at..].StartsWith("'''"u8) ? 3 : 1;
        var start = at + quotes;
        var hasParts = SkipString();
        var span = TextSpan.FromBounds(start, Problem is null ? at - quotes : start);
        var written = Slice(span);
        builder.Scalar(hasParts || quotes == 3 ? written : Decoded(written), span, plain: false, tag: hasParts ? HclTrees.Template : null);
    }

    private void Heredoc()
    {
        SkipHeredoc(out var span);
        var hasParts = HclTrees.Parts(text, span) is not { Count: 0 };
        builder.Scalar(Slice(span), span, plain: false, tag: hasParts ? HclTrees.Template : null);
    }

    public static string Decoded(string written)
    {
        if (written.AsSpan().IndexOfAny('\\', '{') < 0)
        {
            return written;
        }

        StringBuilder decoded = new();
        for (var i = 0; i < written.Length; i++)
        {
            var rest = written.AsSpan(i);
            if (rest.StartsWith("$${") || rest.StartsWith("%%{"))
            {
                decoded.Append(rest[1..3]);
                i += 2;
            }
            else if (rest is ['\\', 'u' or 'U', ..] && (rest[1] == 'u' ? 4 : 8) is var digits && rest.Length >= digits + 2
                && int.TryParse(rest.Slice(2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code))
            {
                decoded.Append(new Rune(code));
                i += digits + 1;
            }
            else if (rest is ['\\', var escaped, ..])
            {
                decoded.Append(escaped switch { 'n' => '\n', 'r' => '\r', 't' => '\t', _ => escaped });
                i++;
            }
            else
            {
                decoded.Append(rest[0]);
            }
        }

        return decoded.ToString();
    }

    private TextSpan Identifier()
    {
        var start = at;
        while (at < text.Length && IsWord(text[at]))
        {
            at++;
        }

        return TextSpan.FromBounds(start, at);
    }

    private static bool IsWord(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'_' or (byte)'-' or >= 0x80;

    private bool Enter()
    {
        if (depth >= TreeBuilder.DeepestNesting || builder.IsFull)
        {
            Problem ??= new(at, TreeBuilder.TooDeep);
            at = text.Length;
            return false;
        }

        depth++;
        return true;
    }

    private void Fail(int offset, string what)
    {
        Problem ??= new(offset, $"not well-formed {(IsBicep ? "Bicep" : "HCL")}: {what}");
        at = text.Length;
    }

    private readonly string Here() => at < text.Length ? PrintableText.CodeAt(((char)text[at]).ToString(), 0) : "the end";

    private readonly int IndexOf(ReadOnlySpan<byte> what, int from) => text[from..].IndexOf(what) is var found and >= 0 ? from + found : text.Length;
}
