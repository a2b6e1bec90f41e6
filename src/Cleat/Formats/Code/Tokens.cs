using System.Text;
using Cleat.Text;

namespace Cleat.Formats.Code;

/// <summary>The tokens of a file, comments left out, and what is often asked of them. Beyond the last token stands the end.</summary>
internal sealed class Tokens
{
    private readonly SourceText source;
    private readonly List<Token> tokens;
    private readonly Dictionary<int, int> closings = [];

    public Tokens(SourceText source, List<Token> tokens, int unclosed)
    {
        this.source = source;
        this.tokens = tokens;
        Unclosed = unclosed;
        Stack<int> open = new();
        for (var i = 0; i < Count; i++)
        {
            if (Opens(i))
            {
                open.Push(i);
            }
            else if (Closes(i) && open.TryPop(out var start))
            {
                closings.Add(start, i);
            }
        }
    }

    public int Count => tokens.Count;

    /// <summary>Offset of the first string or comment that is never closed, or -1.</summary>
    public int Unclosed { get; }

    public Token this[int index] => index >= 0 && index < tokens.Count ? tokens[index] : new(TokenKind.End, new(source.Bytes.Length, 0));

    public static Tokens Read(SourceText source, CodeSyntax syntax) => Tokenizer.Read(source, syntax);

    public bool IsMark(int index, char mark) =>
        this[index] is { Kind: TokenKind.Mark } token && source.Span[token.Span.Start] == mark;

    public bool IsWord(int index, string word) =>
        this[index] is { Kind: TokenKind.Word } token && token.Span.Length == word.Length
        && source.Span.Slice(token.Span.Start, token.Span.Length).SequenceEqual(Encoding.UTF8.GetBytes(word));

    public string Slice(int index) => source.Slice(this[index].Span);

    /// <summary>The first token from here on that is no end of a line.</summary>
    public int SkipBreaks(int index)
    {
        while (this[index].Kind == TokenKind.Break)
        {
            index++;
        }

        return index;
    }

    /// <summary>The bracket that closes the one at <paramref name="open"/>; the end of the file when none does.</summary>
    public int Close(int open) => closings.GetValueOrDefault(open, Count);

    /// <summary>
    /// Where the expression that starts here ends: before a comma or a closing bracket of its own depth, and before the end of its line where <paramref name="stopsAtBreak"/>:
    /// then a bracket that is never closed reaches no further.
    /// </summary>
    public int ExpressionEnd(int start, bool stopsAtBreak)
    {
        var i = start;
        while (i < Count)
        {
            if (Opens(i) && (!stopsAtBreak || closings.ContainsKey(i)))
            {
                i = Math.Min(Close(i) + 1, Count);
            }
            else if (Closes(i) || IsMark(i, ',') || IsMark(i, ';') || (stopsAtBreak && this[i].Kind == TokenKind.Break))
            {
                break;
            }
            else
            {
                i++;
            }
        }

        while (i > start && this[i - 1].Kind == TokenKind.Break)
        {
            i--;
        }

        return i;
    }

    /// <summary>The bytes from the start of a token to the end of the one before <paramref name="end"/>, the quotes of strings included.</summary>
    public TextSpan SpanOf(int start, int end)
    {
        var (first, last) = (this[start], this[Math.Max(start, end - 1)]);
        return TextSpan.FromBounds(first.Span.Start - first.QuoteLength, Math.Min(last.Span.End + last.QuoteLength, source.Bytes.Length));
    }

    private bool Opens(int index) => IsMark(index, '(') || IsMark(index, '[') || IsMark(index, '{');

    private bool Closes(int index) => IsMark(index, ')') || IsMark(index, ']') || IsMark(index, '}');
}
