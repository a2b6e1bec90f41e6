using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Formats.Variables;

/// <summary>Text with expressions in brackets, as the systems for continuous integration have them: <c>${{ x }}</c>, <c>&lt;&lt; x &gt;&gt;</c>, <c>$(x)</c>.</summary>
/// <param name="start">Offset in the file of the text's first byte; the text is ASCII and stands there as it is.</param>
/// <param name="value">What an expression stands for, given what is between its brackets and where in the text that begins; null when that is not known.</param>
/// <param name="why">What to say of an expression that is not known.</param>
internal sealed class ExpressionText(int start, Func<string, int, KnownValue?> value, Func<string, string> why)
{
    // the longer of two that begin alike stands first
    private static readonly (string Open, string Close)[] Brackets = [("${{", "}}"), ("$[[", "]]"), ("{{", "}}"), ("<<", ">>"), ("$(", ")"), ("$[", "]"), ("${", "}"), ("((", "))")];

    public ExpressionText(int start, Func<string, KnownValue?> value, Func<string, string> why)
        : this(start, (expression, _) => value(expression), why)
    {
    }

    public Assembled Read(string text)
    {
        Assembled pieces = new();
        var plain = 0;
        foreach (var span in Expressions.Find(text, out _))
        {
            Plain(pieces, text, plain, span.Start);
            var inner = Inner(text[span.Start..span.End], out var at);
            if (value(inner, span.Start + at) is { } known)
            {
                pieces.AddValue(known);
            }
            else
            {
                pieces.AddUnknown(text[span.Start..span.End], why(inner));
            }

            plain = span.End;
        }

        Plain(pieces, text, plain, text.Length);
        return pieces;
    }

    /// <summary>What stands between an expression's brackets, without the space around it.</summary>
    /// <param name="at">Where that begins in the expression.</param>
    public static string Inner(string expression, out int at)
    {
        var (open, close) = Array.Find(Brackets, b => expression.StartsWith(b.Open, StringComparison.Ordinal) && expression.EndsWith(b.Close, StringComparison.Ordinal) && expression.Length >= b.Open.Length + b.Close.Length);
        at = open?.Length ?? 0;
        var inner = expression[at..(expression.Length - (close?.Length ?? 0))].TrimEnd();
        at += inner.Length - inner.TrimStart().Length;
        return inner.TrimStart();
    }

    private void Plain(Assembled pieces, string text, int from, int to)
    {
        if (to > from)
        {
            pieces.AddText(text[from..to], new TextSpan(start + from, to - from));
        }
    }
}
