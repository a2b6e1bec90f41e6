using Cleat.Text;

namespace Cleat.Formats.Variables;

/// <summary>
/// Variables in the shell's manner, as Compose has them (compose-spec, 12-interpolation.md) and others in part: <c>$X</c>, <c>${X}</c>, <c>${X:-default}</c>,
/// <c>${X-default}</c>, <c>${X:?error}</c>, <c>${X:+instead}</c>, nested; <c>$$</c> is a dollar sign; <c>$[[ inputs.x ]]</c> is GitLab's. A variable that no file sets is not set
/// as far as Cleat knows, so a default is what runs unless someone sets it.
/// </summary>
/// <param name="start">Offset in the file of the first byte of the text, which stands there as it is written and is ASCII.</param>
/// <param name="variable">The value of a variable that some file sets, or null.</param>
/// <param name="why">What to say of a variable that is not known.</param>
internal sealed class Interpolation(int start, Func<string, KnownValue?>? variable = null, Func<string, string>? why = null)
{
    /// <summary><c>$$X</c> is a variable of the shell that runs later, no dollar sign of the name.</summary>
    public bool DoubleIsForLater { get; init; }

    /// <summary>Lets a default count beside a value that some file sets, which need not be the one that arrives; null when it does not.</summary>
    public Choices? Choices { get; init; }

    // defaults in defaults: who needs more is not followed
    private const int Deepest = 20;

    public Assembled Read(string text) => Read(text, 0, text.Length, 0);

    /// <summary>The names that a text has behind a dollar sign, one that is not looked at in the end among them.</summary>
    public static IEnumerable<string> Names(string text)
    {
        for (var at = text.IndexOf('$', StringComparison.Ordinal); at >= 0; at = text.IndexOf('$', at + 1))
        {
            if (text.AsSpan(at + 1).StartsWith("[["))
            {
                if (text.IndexOf("]]", at, StringComparison.Ordinal) is var close and >= 0)
                {
                    yield return Input(text[(at + 3)..close]);
                }

                continue;
            }

            var start = at + (text.AsSpan(at + 1) is ['{', ..] ? 2 : 1);
            var end = start;
            while (end < text.Length && IsName(text[end]))
            {
                end++;
            }

            if (end > start)
            {
                yield return text[start..end];
            }
        }
    }

    // what stands between the brackets, without what is made of it: inputs.x | expand_vars
    private static string Input(string expression) => expression.Split('|')[0].Trim();

    private Assembled Read(string text, int from, int to, int depth)
    {
        Assembled pieces = new();
        var plain = from;
        var i = from;
        while (i < to)
        {
            if (text[i] != '$')
            {
                i++;
                continue;
            }

            Plain(pieces, text, plain, i);
            if (i + 1 < to && text[i + 1] == '$')
            {
                Dollar(pieces, text, i);
                plain = i += 2;
                continue;
            }

            var end = End(text, i, to);
            if (text.AsSpan(i, end - i).StartsWith("$[["))
            {
                var inner = Input(ExpressionText.Inner(text[i..end], out _));
                Known(pieces, variable?.Invoke(inner), text[i..end], inner);
            }
            else
            {
                Value(pieces, text, i, end, depth);
            }

            plain = i = end;
        }

        Plain(pieces, text, plain, to);
        return pieces;
    }

    private void Dollar(Assembled pieces, string text, int at)
    {
        if (DoubleIsForLater)
        {
            pieces.AddUnknown(text[at..(at + 2)], "a later program puts the variable in: pin its value there");
        }
        else
        {
            pieces.AddDollar();
        }
    }

    private void Plain(Assembled pieces, string text, int from, int to)
    {
        if (to > from)
        {
            pieces.AddText(text[from..to], new TextSpan(start + from, to - from));
        }
    }

    private static int End(string text, int dollar, int to)
    {
        var i = dollar + 1;
        if (text.AsSpan(i, to - i).StartsWith("[["))
        {
            return text.IndexOf("]]", i, to - i, StringComparison.Ordinal) is var close and >= 0 ? close + 2 : to;
        }

        if (i < to && text[i] == '{')
        {
            var depth = 0;
            for (; i < to; i++)
            {
                depth += text[i] == '{' && text[i - 1] == '$' ? 1 : text[i] == '}' ? -1 : 0;
                if (depth == 0)
                {
                    return i + 1;
                }
            }

            return to;
        }

        while (i < to && IsName(text[i]))
        {
            i++;
        }

        return i;
    }

    private void Value(Assembled pieces, string text, int dollar, int end, int depth)
    {
        var braced = dollar + 1 < end && text[dollar + 1] == '{';
        var at = dollar + (braced ? 2 : 1);
        var stop = at;
        while (stop < end && IsName(text[stop]))
        {
            stop++;
        }

        var name = text[at..stop];
        var set = name.Length > 0 ? variable?.Invoke(name) : null;
        if (!braced || (stop == end - 1 && text[stop] == '}'))
        {
            Known(pieces, set, text[dollar..end], name);
            return;
        }

        var op = stop < end && text[stop] == ':' ? stop + 1 : stop;
        if (name.Length == 0 || op >= end - 1 || text[end - 1] != '}' || depth >= Deepest)
        {
            pieces.AddUnknown(text[dollar..end], Why(text[dollar..end], name));
            return;
        }

        // with a colon an empty value counts as none
        var isSet = set is { } value && (op == stop || value.Value.Length > 0);
        switch (text[op])
        {
            case '-' when !isSet && Read(text, op + 1, end - 1, depth + 1) is { Unknown: null } inner:
                pieces.Add(inner);
                Nothing(pieces, inner, end);
                break;
            case '-' when isSet && Choices is not null && Read(text, op + 1, end - 1, depth + 1) is { Unknown: null, Text.Length: > 0 } other && other.Text != set!.Value.Text && Choices.Take((start, dollar), 2) == 1:
                pieces.Add(other);
                break;
            case '+' when !isSet:
                Nothing(pieces, new Assembled(), end);
                break;
            case '+' when Read(text, op + 1, end - 1, depth + 1) is { Unknown: null } inner:
                pieces.Add(inner);
                break;
            default:
                Known(pieces, text[op] is '-' or '?' && isSet ? set : null, text[dollar..end], name);
                break;
        }
    }

    // an expression that stands for nothing still ends the text: a digest goes behind it
    private void Nothing(Assembled pieces, Assembled inner, int end)
    {
        if (inner.Text.Length == 0)
        {
            pieces.AddText("", new TextSpan(start + end, 0));
        }
    }

    private void Known(Assembled pieces, KnownValue? value, string written, string name)
    {
        if (value is { } known)
        {
            pieces.AddValue(known);
        }
        else
        {
            pieces.AddUnknown(written, Why(written, name));
        }
    }

    private string Why(string written, string name) => why?.Invoke(name) ?? $"{written} is set outside this file: pin it there, or give it a default";

    private static bool IsName(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
