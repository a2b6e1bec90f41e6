using Cleat.Text;

namespace Cleat.Trees.Comments;

/// <summary>Finds the comments of a file; bytes inside a string are none.</summary>
internal static class CommentFinder
{
    /// <param name="syntax">Null for YAML.</param>
    public static IReadOnlyList<Comment> Find(SourceText source, CommentSyntax? syntax) =>
        syntax is null ? YamlComments.Find(source) : InCode(source.Span, source.BomLength, syntax);

    /// <summary>The comments of a language that is no YAML.</summary>
    public static List<Comment> InCode(ReadOnlySpan<byte> text, int start, CommentSyntax syntax)
    {
        List<Comment> found = [];
        Heredocs? heredocs = null;
        for (var at = start; at < text.Length;)
        {
            var rest = text[at..];
            if (IsLineComment(rest, syntax) && (!syntax.OwnLine || StandsAlone(text, at)))
            {
                var end = LineEnd(text, at);
                found.Add(new(TextSpan.FromBounds(at, end)));
                at = end;
            }
            else if (syntax.Block is [var open, var closing] && StartsWith(rest, open))
            {
                var end = at + open.Length;
                while (end < text.Length && !StartsWith(text[end..], closing))
                {
                    end++;
                }

                end = Math.Min(text.Length, end + closing.Length);
                found.Add(new(TextSpan.FromBounds(at, end)));
                at = end;
            }
            else if (syntax.Quotes.Contains((char)rest[0], StringComparison.Ordinal))
            {
                at = StringEnd(text, at, syntax);
            }
            else if (syntax.Heredocs && rest.StartsWith("<<"u8) && (heredocs ??= new(text)).End(text, at) is var end and > 0)
            {
                at = end;
            }
            else
            {
                at++;
            }
        }

        return found;
    }

    /// <summary>True when only white space stands before it on its line.</summary>
    public static bool StandsAlone(ReadOnlySpan<byte> text, int at)
    {
        // backwards: a line may be long, and hold many comments
        while (at > 0 && text[at - 1] is (byte)' ' or (byte)'\t')
        {
            at--;
        }

        return at == 0 || text[at - 1] is (byte)'\n' or (byte)'\r' || (at == 3 && text.StartsWith("\uFEFF"u8));
    }

    public static int LineEnd(ReadOnlySpan<byte> text, int at) => text[at..].IndexOfAny((byte)'\n', (byte)'\r') is var end and >= 0 ? at + end : text.Length;

    // marks are ASCII
    private static bool StartsWith(ReadOnlySpan<byte> text, string mark)
    {
        for (var i = 0; i < mark.Length; i++)
        {
            if (i >= text.Length || text[i] != mark[i])
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLineComment(ReadOnlySpan<byte> rest, CommentSyntax syntax)
    {
        foreach (var mark in syntax.Line)
        {
            if (StartsWith(rest, mark))
            {
                return true;
            }
        }

        return false;
    }

    // an interpolation may hold quotes of its own: "${f("a")}"
    private static int StringEnd(ReadOnlySpan<byte> text, int at, CommentSyntax syntax)
    {
        var quote = text[at];
        ReadOnlySpan<byte> close = syntax.LongQuotes && text[at..].StartsWith((byte[])[quote, quote, quote]) ? [quote, quote, quote] : [quote];
        var depth = 0;
        for (var i = at + close.Length; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (depth == 0 && text[i..].StartsWith(close))
            {
                return i + close.Length;
            }
            else if (text[i] is (byte)'\n' or (byte)'\r' && close.Length == 1 && quote != '`')
            {
                return i;
            }
            else if (text[i] is (byte)'{' && (depth > 0 || text[i - 1] is (byte)'$' or (byte)'%'))
            {
                depth++;
            }
            else if (text[i] is (byte)'}' && depth > 0)
            {
                depth--;
            }
        }

        return text.Length;
    }
}
