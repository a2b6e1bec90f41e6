using System.Text;
using Cleat.Text;

namespace Cleat.Formats.Code;

/// <summary>Cuts code into tokens. A string that ends nowhere ends with its line, so that what follows is still read.</summary>
internal ref struct Tokenizer
{
    private const int Deepest = 32;

    private readonly ReadOnlySpan<byte> text;
    private readonly CodeSyntax syntax;
    private readonly ReadOnlySpan<byte> lineComment;
    private readonly List<Token> tokens = [];
    private int at;
    private int unclosed = -1;

    // no `/$` is left in the text: a search for one is not made again
    private bool hasNoDollarEnd;

    private Tokenizer(SourceText source, CodeSyntax syntax)
    {
        text = source.Span;
        this.syntax = syntax;
        lineComment = Encoding.UTF8.GetBytes(syntax.LineComment);
        at = source.BomLength;
        at = text[at..].StartsWith("#!"u8) ? LineEnd(at) : at;
    }

    public static Tokens Read(SourceText source, CodeSyntax syntax)
    {
        Tokenizer tokenizer = new(source, syntax);
        while (tokenizer.Next())
        {
        }

        return new Tokens(source, tokenizer.tokens, tokenizer.unclosed);
    }

    private bool Next()
    {
        if (at >= text.Length)
        {
            return false;
        }

        var b = text[at];
        if (b == '\n')
        {
            Add(TokenKind.Break, at, ++at);
        }
        else if (b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\f')
        {
            at++;
        }
        else if (b == '\\' && at + 1 < text.Length && text[at + 1] is (byte)'\n' or (byte)'\r')
        {
            // a continued line is one line
            at = Math.Min(LineEnd(at) + 1, text.Length);
        }
        else if (text[at..].StartsWith(lineComment))
        {
            at = LineEnd(at);
        }
        else if (syntax.HasBlockComments && text[at..].StartsWith("/*"u8))
        {
            var length = text[(at + 2)..].IndexOf("*/"u8);
            Note(length < 0 ? at : -1);
            at = length < 0 ? text.Length : at + length + 4;
        }
        else if (b is (byte)'"' or (byte)'\'')
        {
            Quoted(b);
        }
        else if (syntax.HasSlashyText && b == '/' && ValueMayStand() && SlashyEnd() is { } end)
        {
            tokens.Add(new(TokenKind.Text, TextSpan.FromBounds(at + 1, end), (byte)'/', 1));
            at = end + 1;
        }
        else if (syntax.HasSlashyText && text[at..].StartsWith("$/"u8) && DollarLength() is var length and >= 0)
        {
            tokens.Add(new(TokenKind.Text, new(at + 2, length), (byte)'/', 2));
            at += length + 4;
        }
        else if (IsWordByte(b))
        {
            var start = at;
            while (at < text.Length && IsWordByte(text[at]))
            {
                at++;
            }

            Add(TokenKind.Word, start, at);
        }
        else
        {
            Add(TokenKind.Mark, at, ++at);
        }

        return true;
    }

    // how long the string is that `$/` begins here; -1 when nothing ends it
    private int DollarLength()
    {
        var length = hasNoDollarEnd ? -1 : text[(at + 2)..].IndexOf("/$"u8);
        hasNoDollarEnd |= length < 0;
        return length;
    }

    private void Quoted(byte quote)
    {
        var start = at;
        var triple = text[at..] is [_, var second, var third, ..] && second == quote && third == quote;
        var length = triple ? 3 : 1;
        at = Skip(start, quote, length, 0, out var closed);
        Note(closed ? -1 : start);
        tokens.Add(new(TokenKind.Text, TextSpan.FromBounds(start + length, Math.Max(start + length, closed ? at - length : at)), quote, closed ? length : 0));
    }

    // the offset behind the string that starts here
    private readonly int Skip(int start, byte quote, int length, int depth, out bool closed)
    {
        closed = true;
        for (var i = start + length; i < text.Length; i++)
        {
            if (text[i] == quote && (length == 1 || (i + 2 < text.Length && text[i + 1] == quote && text[i + 2] == quote)))
            {
                return i + length;
            }

            if (text[i] == '\\')
            {
                i++;
            }
            else if (length == 1 && text[i] is (byte)'\n' or (byte)'\r')
            {
                closed = false;
                return i;
            }
            else if (syntax.HasExpressions && quote == '"' && depth < Deepest && text[i..].StartsWith("${"u8))
            {
                i = SkipExpression(i + 2, depth + 1) - 1;
            }
        }

        closed = false;
        return text.Length;
    }

    // the offset behind the brace that closes an expression in a string, or the end of the line: no text is looked at twice
    private readonly int SkipExpression(int start, int depth)
    {
        var open = 1;
        var i = start;
        while (i < text.Length && text[i] is not ((byte)'\n' or (byte)'\r'))
        {
            if (text[i] is (byte)'"' or (byte)'\'')
            {
                i = Skip(i, text[i], 1, depth, out _);
                continue;
            }

            open += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            i++;
            if (open == 0)
            {
                break;
            }
        }

        return i;
    }

    // `/` divides behind a value, and starts a string elsewhere
    private readonly bool ValueMayStand() => tokens.Count == 0 || tokens[^1] switch
    {
        { Kind: TokenKind.Break } => true,
        { Kind: TokenKind.Mark, Span: var mark } => text[mark.Start] is not ((byte)')' or (byte)']' or (byte)'}'),
        { Kind: TokenKind.Word, Span: var word } => text.Slice(word.Start, word.Length).SequenceEqual("return"u8),
        _ => false,
    };

    private readonly int? SlashyEnd()
    {
        for (var i = at + 1; i < text.Length && text[i] != '\n'; i++)
        {
            if (text[i] == '/')
            {
                return i;
            }

            i += text[i] == '\\' ? 1 : 0;
        }

        return null;
    }

    private readonly int LineEnd(int from) => text[from..].IndexOf((byte)'\n') is var n && n < 0 ? text.Length : from + n;

    private void Note(int offset) => unclosed = unclosed < 0 ? offset : unclosed;

    private readonly void Add(TokenKind kind, int start, int end) => tokens.Add(new(kind, TextSpan.FromBounds(start, end)));

    private static bool IsWordByte(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'_' or (byte)'$' or >= 0x80;
}
