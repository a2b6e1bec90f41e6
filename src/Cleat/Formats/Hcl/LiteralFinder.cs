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

    // more images than these are no choice among some
    private const int MostWays = 20;

    private static readonly PinSite SeveralImages = new PinSite.Nowhere("several images come out of it: write each as a text of its own, then pin it");

    private int steps;

    /// <summary>What a call of a function that the file declares makes; null when it declares none.</summary>
    public Func<string, IReadOnlyList<ValueText>, Operation.Made?>? Functions { get; init; }

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

    /// <summary>The uses that a text makes where it stands: one for each image that may come out of it.</summary>
    /// <param name="before">What stands in front of it, in another place: a registry.</param>
    public IReadOnlyList<ImageUse> Uses(ValueText text, string format, string before = "") => Uses(text, format, "", before);

    /// <summary>The uses that a text makes behind a prefix that is no part of the reference (<c>DOCKER|</c>); none when it does not start with it.</summary>
    public IReadOnlyList<ImageUse> Uses(ValueText text, string format, string without, string before = "")
    {
        var comment = text.IsInner ? null : ScalarUse.Comment(text.Tree);
        if (text.Parts() is not { Count: > 0 } parts)
        {
            return without.Length > 0 ? [] : [ScalarUse.Judged(format, text.Path, before + text.Value, text.Span, new PinSite.Text(text.Span, before, LineComment: comment), null) with { Text = text.Value }];
        }

        var operation = text.Whole() is null ? null : OperationOf(text);
        steps = 0;
        var ways = text.Whole() is null ? Read(text) : operation switch
        {
            Operation.Text put => Read(put.Pieces),
            Operation.Made made => [.. Made(made).Select(m => new Way(m, null))],
            _ => [],
        };
        if (ways.Count == 0)
        {
            return without.Length > 0 ? [] : [Dynamic(text, format)];
        }

        var end = operation switch
        {
            null => TextSpan.FromBounds(parts[^1].End, text.Span.End),
            Operation.Text put => put.Tail,
            _ => null,
        };
        var shown = OnOneLine(text.Tree.Source.Slice(text.Span));
        return [.. ways.Where(w => w.Text.StartsWith(without, StringComparison.Ordinal)).Select(Use)];

        ImageUse Use(Way way)
        {
            var whole = before + way.Text[without.Length..];
            return ScalarUse.Judged(format, text.Path, whole, text.Span, ways.Count > 1 ? SeveralImages : Site(whole, way.Unknown), null) with { Text = text.IsExpression ? "${" + shown + "}" : shown };
        }

        PinSite Site(string whole, string? unknown) =>
            unknown is not null && !whole.Contains('@', StringComparison.Ordinal) ? new PinSite.Nowhere($"{Short(unknown)} is set somewhere else: pin it there, or give it a default here")
            : end is { } tail && text.Tree.Source.Slice(tail) is var written && whole.EndsWith(written, StringComparison.Ordinal) ? new PinSite.Text(tail, Prefix: whole[..^written.Length])
            : end is not null ? new PinSite.Nowhere("it is written with escapes: write it plainly first")
            : new PinSite.Nowhere("its end is the value of an expression, behind which no digest can be written: write the reference as one text, with that in ${…}, then pin it");
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
        return place.Parts() is { Count: 0 } ? place.Value : Known(place) is [var only] ? only : null;
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
            switch (OperationOf(place))
            {
                case null when place.IsExpression:
                    lookup(place, [Traversal.Here]).ToList().ForEach(value => Find(value, ends));
                    break;
                case Operation.Choice choice:
                    Find(choice, ends);
                    break;
                case Operation.Text:
                case Operation.Made made when Made(made).Count > 0:
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

    // the texts with all that is known put in
    private List<Way> Read(ValueText template)
    {
        if (template.Parts() is not { } parts)
        {
            return [new(template.Tree.Source.Slice(template.Span), null)];
        }

        if (parts.Count == 0)
        {
            return [new(template.Value, null)];
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

    // of two pieces that have several values each, nothing says which go together
    private List<Way> Read(IReadOnlyList<ValueText> pieces)
    {
        List<Way> ways = [new("", null)];
        for (var i = 0; i < pieces.Count; i++)
        {
            if (ways[0].Text.Length >= LongestText)
            {
                // no image's name: the rest as it is written, and not once for each piece
                var rest = string.Concat(pieces.Skip(i).Select(AsWritten));
                var unknown = pieces.Skip(i).Select(Expression).FirstOrDefault(e => e is not null);
                return [.. ways.Select(w => new Way(w.Text + rest, w.Unknown ?? unknown))];
            }

            var expression = Expression(pieces[i]);
            var values = expression is null ? [pieces[i].Value] : Known(pieces[i]);
            ways = values.Count == 0 || (values.Count > 1 && ways.Count > 1)
                ? [.. ways.Select(w => new Way(w.Text + AsWritten(pieces[i]), w.Unknown ?? expression))]
                : [.. ways.SelectMany(w => values.Select(v => w with { Text = w.Text + v }))];
        }

        return ways;

        static string? Expression(ValueText piece) => piece.Expression() ?? (piece.Parts() is { Count: > 0 } ? piece.Tree.Source.Slice(piece.Span) : null);

        static string AsWritten(ValueText piece) =>
            Expression(piece) is not { } expression ? piece.Value : piece.IsExpression ? "${" + expression + "}" : piece.Tree.Source.Slice(piece.Span);
    }

    // the texts that a function may make; none when that is not known
    private List<string> Made(Operation.Made made)
    {
        List<List<string>> given = [.. made.Given.Select(g => g.Parts() is { Count: 0 } ? [g.Value] : Number(g) ?? Known(g))];
        return given.Exists(g => g.Count == 0) || given.Count(g => g.Count > 1) > 1
            ? []
            : All([.. Enumerable.Range(0, given.Count == 0 ? 1 : given.Max(g => g.Count)).Select(i => made.Make([.. given.Select(g => g[int.Min(i, g.Count - 1)])]))]);
    }

    private static List<string>? Number(ValueText place) => place.Expression() is { Length: > 0 } text && text.All(c => c is '-' || char.IsAsciiDigit(c)) ? [text] : null;

    // the texts that a piece may stand for; none when one of them is not known
    private List<string> Known(ValueText piece)
    {
        var whole = piece.Whole();
        if (++steps >= MostSteps || (whole is null && piece.Parts() is [var directive] && directive == piece.Span))
        {
            return [];
        }

        if (whole is null)
        {
            return Known(Read(piece));
        }

        if (piece.Names() is { } names)
        {
            return Several(lookup(piece, names), names[0] == "var");
        }

        return OperationOf(piece) switch
        {
            Operation.Choice { IsFallback: true, IsAnyOf: false } choice => First(choice.Values),
            Operation.Choice choice => Several(choice.Values, isOrdered: false),
            Operation.Text operation => Known(Read(operation.Pieces)),
            Operation.Made made => Made(made),
            null when piece.IsExpression => Several(lookup(piece, [Traversal.Here]), isOrdered: false),
            _ => [],
        };
    }

    private Operation? OperationOf(ValueText place) =>
        Operation.Of(place) ?? (Functions is not null && Operation.Called(place) is var (name, given) ? Functions(name, given) : null);

    private static List<string> Known(List<Way> ways) => ways.Exists(w => w.Unknown is not null) ? [] : [.. ways.Select(w => w.Text)];

    // of the values of a variable the first one wins; what else has several may be any
    private List<string> Several(IEnumerable<ValueText> values, bool isOrdered) =>
        isOrdered ? First(values) : values.Take(MostWays + 1).ToList() is { Count: <= MostWays } all ? All([.. all.Select(Texts).SelectMany(t => t.Count == 0 ? (string?[])[null] : [.. t])]) : [];

    private static List<string> All(List<string?> texts) => texts.Count > MostWays || texts.Contains(null) ? [] : [.. texts.OfType<string>().Distinct()];

    private List<string> First(IEnumerable<ValueText> values) => values.Select(Texts).FirstOrDefault(t => t.Count > 0) ?? [];

    private List<string> Texts(ValueText value) => value.Parts() is { Count: 0 } ? [value.Value] : Known(value);

    private static string Short(string expression) => OnOneLine(expression) is var line && line.Length <= 60 ? line : line[..60] + "…";

    private static string OnOneLine(string text) => string.Join(' ', text.Split((char[])[' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

    // one of the texts that may come out, and the first expression in it that is not known
    private readonly record struct Way(string Text, string? Unknown);
}
