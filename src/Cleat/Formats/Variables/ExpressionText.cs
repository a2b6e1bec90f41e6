using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Formats.Variables;

/// <summary>Text with expressions in brackets, as the systems for continuous integration have them: <c>${{ x }}</c>, <c>&lt;&lt; x &gt;&gt;</c>, <c>$(x)</c>.</summary>
/// <param name="start">Offset in the file of the text's first byte; the text is ASCII and stands there as it is.</param>
/// <param name="value">What an expression stands for, given what is between its brackets; null when that is not known.</param>
/// <param name="why">What to say of an expression that is not known.</param>
internal sealed class ExpressionText(int start, Func<string, KnownValue?> value, Func<string, string> why)
{
    public Assembled Read(string text)
    {
        Assembled pieces = new();
        var plain = 0;
        foreach (var span in Expressions.Find(text, out _))
        {
            Plain(pieces, text, plain, span.Start);
            var written = text[span.Start..span.End];
            var inner = Inner(written);
            if (value(inner) is { } known)
            {
                pieces.AddValue(known);
            }
            else
            {
                pieces.AddUnknown(written, why(inner));
            }

            plain = span.End;
        }

        Plain(pieces, text, plain, text.Length);
        return pieces;
    }

    /// <summary>What stands between an expression's brackets.</summary>
    public static string Inner(string expression) => expression.Trim('$', '{', '}', '<', '>', '(', ')', '[', ']', ' ');

    private void Plain(Assembled pieces, string text, int from, int to)
    {
        if (to > from)
        {
            pieces.AddText(text[from..to], new TextSpan(start + from, to - from));
        }
    }
}
