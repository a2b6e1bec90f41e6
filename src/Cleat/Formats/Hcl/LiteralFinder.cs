using System.Text;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Formats.Hcl;

/// <summary>Looks up what a name stands for: <c>var.image</c> gives the values that set it.</summary>
/// <param name="place">Where the name stands.</param>
internal delegate IEnumerable<ValueText> NameLookup(ValueText place, IReadOnlyList<string> names);

/// <summary>Finds the literals that a place gets, through names, conditions and functions, and judges each where it stands.</summary>
/// <param name="followed">Takes the names that are followed or cannot be, for who asks which variables lead to images; null for all others.</param>
internal sealed class LiteralFinder(NameLookup lookup, List<IReadOnlyList<string>>? followed = null)
{
    private const int MostSteps = 200;
    private const int LongestText = 1_000;

    private int steps;

    /// <summary>The texts that a place gets: itself, or what its expression names. Empty when that is not known.</summary>
    public List<ValueText> Find(ValueText place)
    {
        steps = 0;
        List<ValueText> ends = [];
        if (!place.IsAround)
        {
            Find(place, ends);
        }

        return ends;
    }

    /// <summary>The use that a text makes where it stands.</summary>
    /// <param name="before">What stands in front of it, in another place: a registry.</param>
    public ImageUse Use(ValueText text, string format, string before = "") => Use(text, format, "", before)!;

    /// <summary>The use that a text makes behind a prefix that is no part of the reference (<c>DOCKER|</c>); null when it does not start with it.</summary>
    public ImageUse? Use(ValueText text, string format, string without, string before = "")
    {
        var comment = text.IsInner ? null : ScalarUse.Comment(text.Tree);
        if (text.Parts() is not { Count: > 0 } parts)
        {
            return without.Length > 0 ? null : ScalarUse.Judged(format, text.Path, before + text.Value, text.Span, new PinSite.Text(text.Span, before, LineComment: comment), null) with { Text = text.Value };
        }

        var operation = text.Whole() is null ? null : Operation.Of(text) as Operation.Text;
        if (text.Whole() is not null && operation is null)
        {
            return without.Length > 0 ? null : Dynamic(text, format);
        }

        steps = 0;
        var (whole, unknown) = operation is null ? Read(text) : Read(operation.Pieces);
        if (!whole.StartsWith(without, StringComparison.Ordinal))
        {
            return null;
        }

        whole = before + whole[without.Length..];
        var end = operation is null ? TextSpan.FromBounds(parts[^1].End, text.Span.End) : operation.Tail;
        PinSite site = unknown is not null && !whole.Contains('@', StringComparison.Ordinal) ? new PinSite.Nowhere($"{Short(unknown)} is set somewhere else: pin it there, or give it a default here")
            : end is { } tail && text.Tree.Source.Slice(tail) is var written && whole.EndsWith(written, StringComparison.Ordinal) ? new PinSite.Text(tail, Prefix: whole[..^written.Length])
            : end is not null ? new PinSite.Nowhere("it is written with escapes: write it plainly first")
            : new PinSite.Nowhere("its end is the value of an expression, behind which no digest can be written: write the reference as one text, with that in ${…}, then pin it");
        var shown = OnOneLine(text.Tree.Source.Slice(text.Span));
        return ScalarUse.Judged(format, text.Path, whole, text.Span, site, null) with { Text = text.IsExpression ? "${" + shown + "}" : shown };
    }

    /// <summary>The use of an expression that cannot be followed.</summary>
    public static ImageUse Dynamic(ValueText text, string format)
    {
        var expression = text.Expression() ?? text.Tree.Source.Slice(text.Span);
        var name = Short(expression);
        var why = text.Names() switch
        {
            ["var", ..] => $"{name} has no default that could be judged: its value is set outside of this module",
            ["local", ..] => $"{name} is put together from what is not known here",
            _ => $"{name} is not known here",
        };
        return new()
        {
            Format = format,
            Steps = text.Path,
            Text = "${" + OnOneLine(expression) + "}",
            Span = text.Span,
            Verdict = Verdict.Dynamic,
            Problem = why,
            Site = new PinSite.Nowhere($"{name} is set somewhere else: pin it there"),
        };
    }

    /// <summary>The use of a text of which a part stands somewhere else, where it is not known.</summary>
    public static ImageUse Unknown(ValueText text, string format, string why) => new()
    {
        Format = format,
        Steps = text.Path,
        Text = OnOneLine(text.Tree.Source.Slice(text.Span)),
        Span = text.Span,
        Verdict = Verdict.Dynamic,
        Problem = why,
        Site = new PinSite.Nowhere(why),
    };

    /// <summary>The one text that a place gives, all that is known put in; null when it is not known or one of several.</summary>
    public string? TextOf(ValueText place)
    {
        steps = 0;
        return place.Parts() is { Count: 0 } ? place.Value : Known(place);
    }

    private void Find(ValueText place, List<ValueText> ends)
    {
        if (place.Whole() is null)
        {
            ends.Add(place);
        }
        else if (++steps >= MostSteps)
        {
            // a name that stands for itself
        }
        else if (place.Names() is { } names)
        {
            followed?.Add(names);
            foreach (var value in lookup(place, names))
            {
                Find(value, ends);
            }
        }
        else
        {
            switch (Operation.Of(place))
            {
                case Operation.Choice choice:
                    Find(choice, ends);
                    break;
                case Operation.Text:
                    ends.Add(place);
                    break;
            }
        }
    }

    private void Find(Operation.Choice choice, List<ValueText> ends)
    {
        var before = ends.Count;
        List<ValueText> unknown = [];
        foreach (var value in choice.Values.Where(v => v.IsExpression ? v.Expression() is not ("null" or "true" or "false") : v.Value.Length > 0))
        {
            var known = ends.Count;
            Find(value, ends);
            if (ends.Count == known && !choice.IsFallback)
            {
                unknown.Add(value);
            }
        }

        // when nothing is known the expression as a whole is not
        ends.AddRange(ends.Count > before ? unknown : []);
    }

    // the text with all that is known put in, and the first expression that is not
    private (string Text, string? Unknown) Read(ValueText template)
    {
        if (template.Parts() is not { } parts)
        {
            return (template.Tree.Source.Slice(template.Span), null);
        }

        if (parts.Count == 0)
        {
            return (template.Value, null);
        }

        List<ValueText> pieces = [];
        var at = template.Span.Start;
        foreach (var part in parts)
        {
            pieces.AddRange([Literal(template, TextSpan.FromBounds(at, part.Start)), template with { Span = part }]);
            at = part.End;
        }

        return Read([.. pieces, Literal(template, TextSpan.FromBounds(at, template.Span.End))]);
    }

    private static ValueText Literal(ValueText template, TextSpan span) => template with { Span = span, Value = template.Tree.Source.Slice(span), IsExpression = false };

    private (string Text, string? Unknown) Read(IReadOnlyList<ValueText> pieces)
    {
        StringBuilder text = new();
        string? unknown = null;
        foreach (var piece in pieces)
        {
            var expression = piece.Expression() ?? (piece.Parts() is { Count: > 0 } ? piece.Tree.Source.Slice(piece.Span) : null);
            var value = expression is null ? piece.Value : text.Length < LongestText ? Known(piece) : null;
            unknown ??= value is null ? expression : null;
            text.Append(value ?? (piece.IsExpression ? "${" + expression + "}" : piece.Tree.Source.Slice(piece.Span)));
        }

        return (text.ToString(), unknown);
    }

    // the one text that a piece stands for, as far as is known
    private string? Known(ValueText piece)
    {
        var whole = piece.Whole();
        if (++steps >= MostSteps || (whole is null && piece.Parts() is [var directive] && directive == piece.Span))
        {
            return null;
        }

        if (whole is null)
        {
            return Read(piece) is { Unknown: null } template ? template.Text : null;
        }

        if (piece.Names() is { } names)
        {
            return names.Contains(Traversal.Any) || Traversal.IsEach(names) || NamePath.IsLoopVariable(piece, names[0]) ? null : Only(lookup(piece, names), names[0] == "var");
        }

        return Operation.Of(piece) switch
        {
            Operation.Choice { IsFallback: true, IsAnyOf: false } choice => First(choice.Values),
            Operation.Text operation when Read(operation.Pieces) is { Unknown: null } known => known.Text,
            _ => null,
        };
    }

    // of the values of a variable the first one wins; what else has several is not known
    private string? Only(IEnumerable<ValueText> values, bool isOrdered) =>
        isOrdered ? First(values) : values.Take(2).ToList() is [var only] ? First([only]) : null;

    private string? First(IEnumerable<ValueText> values) => values.Select(v => v.Parts() is { Count: 0 } ? v.Value : Known(v)).FirstOrDefault(v => v is not null);

    private static string Short(string expression) => OnOneLine(expression) is var line && line.Length <= 60 ? line : line[..60] + "…";

    private static string OnOneLine(string text) => string.Join(' ', text.Split((char[])[' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
