using System.Text;
using Cleat.Formats.Variables;
using Cleat.Text;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Ci;

/// <summary>What an expression comes to.</summary>
/// <param name="Value">Null when it is not known.</param>
/// <param name="MayBeEmpty">Nothing may arrive in its place: an input on another event.</param>
internal readonly record struct ExpressionValue(KnownValue? Value, bool MayBeEmpty = false)
{
    /// <summary>The name whose value is not known, where it is that alone.</summary>
    public string? Name { get; init; }

    public bool IsEmpty => Value is { Text: "" };
}

/// <summary>
/// The expressions of GitHub Actions and Azure Pipelines (docs.github.com, "Expressions"; learn.microsoft.com, "Expressions"): <c>a || b</c>,
/// <c>c &amp;&amp; a</c>, <c>format()</c>, <c>iif()</c>, <c>coalesce()</c>. What cannot be known decides nothing: both sides of it are looked at.
/// </summary>
/// <param name="text">What stands between the brackets.</param>
/// <param name="start">Offset in the file of its first byte, which stands there as it is.</param>
/// <param name="path">Where the text is in its document.</param>
/// <param name="otherFile">The name of the file that the text stands in; null when it is the one that is read.</param>
/// <param name="variable">The value behind a name, its parts joined by dots.</param>
internal sealed class CiExpression(string text, int start, Steps path, string? otherFile, Choices choices, Func<string, ExpressionValue> variable)
{
    // what needs more is not known
    private const int Deepest = 50;

    private int at;
    private int depth;

    /// <summary>The value; not known when the expression is not well written.</summary>
    public ExpressionValue Read()
    {
        var value = Or();
        Space();
        return at == text.Length ? value : default;
    }

    /// <summary>The value as part of a text: a name that is not known stands in it by itself, without what is written around it.</summary>
    /// <param name="why">What to say of a name that is not known.</param>
    public KnownValue? Value(Func<string, string> why)
    {
        var value = Read();
        if (value.Value is not null || value.Name is not { } name || name == text)
        {
            return value.Value;
        }

        Assembled unknown = new();
        unknown.AddUnknown("${{ " + name + " }}", why(name));
        return KnownValue.Nothing with { Pieces = unknown };
    }

    private ExpressionValue Or()
    {
        var left = And();
        while (Eats("||"))
        {
            var key = (path, start, at);
            var right = And();
            left = left.IsEmpty ? right
                : left is { Value: not null, MayBeEmpty: false } ? left
                : choices.Take(key, 2) == 0 ? left with { MayBeEmpty = false } : right;
        }

        return left;
    }

    private ExpressionValue And()
    {
        var left = Compared();
        while (Eats("&&"))
        {
            var key = (path, start, at);
            var right = Compared();
            left = left.IsEmpty || left.Value is { Text: "false" } ? new(KnownValue.Nothing)
                : left is { Value: not null, MayBeEmpty: false } ? right
                : choices.Take(key, 2) == 0 ? right : new(KnownValue.Nothing);
        }

        return left;
    }

    private ExpressionValue Compared()
    {
        var left = Single();
        foreach (var sign in (string[])["==", "!=", "<=", ">=", "<", ">"])
        {
            if (Eats(sign))
            {
                Single();
                return default;
            }
        }

        return left;
    }

    private ExpressionValue Single()
    {
        Space();
        if (at >= text.Length || ++depth > Deepest)
        {
            at = int.MaxValue;
            return default;
        }

        if (text[at] == '\'')
        {
            return Literal();
        }

        if (text[at] == '!')
        {
            at++;
            Single();
            return default;
        }

        if (text[at] == '(')
        {
            at++;
            var inner = Or();
            Close(')');
            return inner;
        }

        var begin = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '-' or '.' or '*'))
        {
            at++;
        }

        if (at == begin)
        {
            at = int.MaxValue;
            return default;
        }

        var name = text[begin..at];
        Space();
        return at < text.Length && text[at] == '(' ? Call(name)
            : char.IsAsciiDigit(name[0]) ? new(Here(new KnownValue(name, new(start + begin, name.Length), path, false)))
            : name is "true" or "false" ? new(new KnownValue(name, null, path, false))
            : name == "null" ? new(KnownValue.Nothing)
            : Named(name + Rest());
    }

    private ExpressionValue Named(string name)
    {
        var value = variable(name);
        return value.Value is null ? value with { Name = name } : value;
    }

    private KnownValue Here(KnownValue value) => otherFile is null ? value : value.Elsewhere(otherFile);

    // what follows a name: ['x'], .x
    private string Rest()
    {
        StringBuilder rest = new();
        while (at < text.Length && text[at] is '[' or '.')
        {
            if (text[at++] == '[')
            {
                Space();
                if (at < text.Length && text[at] == '\'')
                {
                    rest.Append('.').Append(Literal().Value?.Value);
                }
                else
                {
                    // an index, or something that only the run knows
                    var index = Or().Value;
                    rest.Append('.').Append(index is { Pieces: null, Value: var number } ? number : "?");
                }

                Close(']');
                continue;
            }

            var begin = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '-'))
            {
                at++;
            }

            rest.Append('.').Append(text.AsSpan(begin, at - begin));
        }

        return rest.ToString();
    }

    private ExpressionValue Literal()
    {
        var begin = ++at;
        while (at < text.Length && (text[at] != '\'' || (at + 1 < text.Length && text[at + 1] == '\'')))
        {
            at += text[at] == '\'' ? 2 : 1;
        }

        if (at >= text.Length)
        {
            at = int.MaxValue;
            return default;
        }

        var raw = text[begin..at++];
        var isPlain = !raw.Contains('\'', StringComparison.Ordinal);
        return new(Here(new KnownValue(raw.Replace("''", "'", StringComparison.Ordinal), isPlain ? new(start + begin, raw.Length) : null, path, false)));
    }

    private ExpressionValue Call(string function)
    {
        var key = (path, start, at);
        List<ExpressionValue> arguments = [];
        at++;
        Space();
        while (at < text.Length && text[at] != ')')
        {
            arguments.Add(Or());
            Space();
            if (at < text.Length && text[at] == ',')
            {
                at++;
            }
            else
            {
                break;
            }
        }

        Close(')');
        switch (function.ToUpperInvariant(), arguments)
        {
            case ("FORMAT", [{ Value: { Pieces: null } pattern }, .. var values]):
                return new(Format(pattern, values));
            case ("IIF", [_, var yes, var no]):
                return choices.Take(key, 2) == 0 ? yes : no;
            case ("COALESCE", { Count: > 0 }):
                var possible = arguments.FindAll(a => !a.IsEmpty);
                var certain = possible.FindIndex(a => a is { Value: not null, MayBeEmpty: false });
                possible = certain < 0 ? possible : possible[..(certain + 1)];
                return possible.Count == 0 ? new(KnownValue.Nothing) : possible[choices.Take(key, possible.Count)];
            case ("LOWER" or "UPPER" or "TRIM", [var only]):
                return only.IsEmpty ? only : default;
            default:
                return default;
        }
    }

    // format('{0}:{1}', a, b)
    private static KnownValue? Format(KnownValue pattern, List<ExpressionValue> values)
    {
        Assembled pieces = new();
        var format = pattern.Value;
        for (var i = 0; i < format.Length;)
        {
            if (format[i] is '{' or '}')
            {
                if (i + 1 < format.Length && format[i + 1] == format[i])
                {
                    pieces.AddText(format[i..(i + 1)], null);
                    i += 2;
                    continue;
                }

                var end = format.IndexOf('}', i);
                if (end < 0 || !int.TryParse(format.AsSpan(i + 1, end - i - 1), out var number) || number < 0 || number >= values.Count || values[number].Value is not { } value)
                {
                    return null;
                }

                pieces.AddValue(value);
                i = end + 1;
                continue;
            }

            var next = format.IndexOfAny(['{', '}'], i) is var n and >= 0 ? n : format.Length;
            pieces.AddText(format[i..next], pattern.Span is { } span ? new TextSpan(span.Start + i, next - i) : null);
            i = next;
        }

        return pattern with { Pieces = pieces };
    }

    private bool Eats(string sign)
    {
        Space();
        if (at < text.Length && text.AsSpan(at).StartsWith(sign, StringComparison.Ordinal))
        {
            at += sign.Length;
            return true;
        }

        return false;
    }

    private void Close(char bracket)
    {
        Space();
        at = at < text.Length && text[at] == bracket ? at + 1 : int.MaxValue;
    }

    private void Space()
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\n' or '\r')
        {
            at++;
        }
    }
}
