using System.Globalization;
using Cleat.Text;
using Cleat.Trees.Braces;
using Cleat.Trees;

namespace Cleat.Formats.Hcl;

/// <summary>
/// An expression that gives one of several values, or a text put together: conditions, and functions of Terraform
/// (developer.hashicorp.com/terraform/language/functions), Bicep and ARM templates (learn.microsoft.com, "template functions"). A closed union.
/// </summary>
internal abstract record Operation
{
    private Operation()
    {
    }

    /// <summary>What an expression does; null when it is not one of these.</summary>
    public static Operation? Of(ValueText place)
    {
        // the JSON of Terraform has its quotes escaped: its expressions are names at most
        if (place.Whole() is not { } whole || (place.Tree.Syntax is not (TreeSyntax.Hcl or TreeSyntax.Bicep) && !place.IsExpression))
        {
            return null;
        }

        var inner = Piece(place, whole);
        return !inner.IsExpression || (inner.Span != whole && inner.Names() is not null) ? new Choice([inner], IsFallback: true)
            : Split(inner, inner.Span) is not { } pieces ? null
            : pieces.Exists(p => p.Mark == '?') ? Conditional(inner, pieces)
            : pieces.Count > 1 ? pieces[..^1].TrueForAll(p => p.Mark == BraceReader.Instead) ? new Choice([.. pieces.Select(p => Piece(inner, p.Piece))], IsFallback: true) : null
            : Reader(inner, inner.Span).Inside(out var opening, out var name) is { } inside && opening == '(' ? Call(name, Items(inner, inside), inner.Tree.Syntax == TreeSyntax.Hcl)
            : Reader(inner, inner.Span).Selection() is { } selection ? Selected(inner, selection)
            : null;
    }

    // { a = "x", b = "y" }["a"], merge(…).a, split(":", x)[0]
    private static Operation? Selected(ValueText place, int from)
    {
        var isHcl = place.Tree.Syntax == TreeSyntax.Hcl;
        var list = Piece(place, TextSpan.FromBounds(place.Span.Start, from));
        return Traversal.Read("x" + place.Tree.Source.Slice(TextSpan.FromBounds(from, place.Span.End))) is not { } names ? null
            : names is [_, var only] && Traversal.Index(only) is { } index && Arguments(list, "split") is [var first, var second] ? new Made([first, second], TextFunctions.SplitItem(index, isHcl))
            : new Choice([list with { Named = [Traversal.Here, .. names.Skip(1)] }], IsFallback: true);
    }

    private static Choice? Conditional(ValueText place, List<(TextSpan Piece, char Mark)> pieces)
    {
        var (open, condition, otherwise) = (0, pieces.FindIndex(p => p.Mark == '?'), -1);
        for (var i = condition; i < pieces.Count && otherwise < 0; i++)
        {
            open += pieces[i].Mark switch { '?' => 1, ':' => -1, _ => 0 };
            otherwise = open == 0 ? i : -1;
        }

        if (otherwise < 0 || otherwise == pieces.Count - 1 || pieces.Exists(p => p.Mark == ','))
        {
            return null;
        }

        ValueText Between(int first, int last) => Piece(place, TextSpan.FromBounds(pieces[first].Piece.Start, pieces[last].Piece.End));
        var asked = place.Tree.Source.Slice(Between(0, condition).Span);
        ValueText[] values = [Between(condition + 1, otherwise), Between(otherwise + 1, pieces.Count - 1)];

        // `var.x != null ? var.x : "default"`
        return new(values, values.Any(v => v.IsExpression && asked.Contains(place.Tree.Source.Slice(v.Span), StringComparison.Ordinal)));
    }

    private static Operation? Call(string function, List<ValueText>? given, bool isHcl) => (function, given) switch
    {
        (_, null or []) => null,
        ("coalesce" or "try", _) => new Choice(given, IsFallback: true),
        ("lookup", [var map, var key, .. var rest]) => new Choice([.. Item(map, key), .. rest], IsFallback: true) { IsAnyOf = key.IsExpression },
        ("tostring" or "sensitive" or "nonsensitive" or "string", [var only]) => new Choice([only], IsFallback: true),
        ("first" or "last", [var list]) when !isHcl && Arguments(list, "split") is [var text, var separator] => new Made([text, separator], TextFunctions.SplitItem(function == "first" ? 0 : -1, isHcl)),
        ("element", [var list, { IsExpression: true } number]) when isHcl && Arguments(list, "split") is [var separator, var text] && Number(number) is { } index => new Made([separator, text], TextFunctions.SplitItem(index, isHcl)),
        ("first", [var list]) when !isHcl => Item(list, "[0]").ToList() is { Count: > 0 } first ? new Choice(first, IsFallback: false) : null,
        ("last", [var list]) when !isHcl => AnyOf(list),
        ("element", [var list, ..]) when isHcl => AnyOf(list),
        ("one", [var list]) when isHcl => AnyOf(list),
        ("if", [_, var yes, var no]) when !isHcl => new Choice([yes, no], IsFallback: false),
        ("format", [{ IsExpression: false } format, .. var rest]) => Text.Format(format, rest, isHcl),
        ("concat", _) when !isHcl => new Text(given, Text.TailOf(given[^1])),
        ("join", [var separator, var list]) when isHcl => Text.Join(separator, List(list)),
        ("join", [var list, var separator]) => Text.Join(separator, List(list)),
        _ => TextFunctions.Of(function, given.Count, isHcl) is { } make ? new Made(given, make) : null,
    };

    private static int? Number(ValueText place) => int.TryParse(place.Expression(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IEnumerable<ValueText> Item(ValueText map, ValueText key) => Item(map, key.IsExpression ? Traversal.Any : key.Value);

    private static IEnumerable<ValueText> Item(ValueText map, string key) =>
        map.Names() is { } names ? [map with { Named = Traversal.Item(names, map.Expression() ?? "", key) }]
        : NamePath.Structure(map) is { Count: > 0 } tree && tree[0].Kind != NodeKind.Scalar ? Values.Of(tree, 0, [key]).SelectMany(v => Values.Texts(tree, v.Node, map.Path.Add(v.Path)))
        : [map with { Named = [Traversal.Here, key] }];

    // which item of a list it is, is not known
    private static Choice? AnyOf(ValueText list) => Item(list, Traversal.Any).ToList() is { Count: > 0 } items ? new(items, IsFallback: false) : null;

    /// <summary>What is given to a function of one argument; null when the expression is no such call.</summary>
    public static ValueText? Argument(ValueText place, string function) => Arguments(place, function) is [var only] ? only : null;

    /// <summary>What is given to a function; null when the expression is no such call.</summary>
    public static List<ValueText>? Arguments(ValueText place, string function) =>
        place.Tree.Syntax is TreeSyntax.Hcl or TreeSyntax.Bicep && place.Whole() is { } whole && Piece(place, whole) is { IsExpression: true } inner
        && Reader(inner, inner.Span).Inside(out var opening, out var name) is { } inside && opening == '(' && name == function
            ? Items(inner, inside)
            : null;

    /// <summary>What is called, and what it is given; null when the expression is no call.</summary>
    public static (string Function, List<ValueText> Given)? Called(ValueText place) =>
        place.Whole() is { } whole && Piece(place, whole) is { IsExpression: true } inner
        && Reader(inner, inner.Span).Inside(out var opening, out var name) is { } inside && opening == '(' && name.Length > 0 && Items(inner, inside) is { } given
            ? (name, given)
            : null;

    private static List<ValueText>? List(ValueText list) =>
        list.IsExpression && Reader(list, list.Span).Inside(out var opening, out var name) is { } inside && (opening == '[' || name == "createArray") ? Items(list, inside) : null;

    // what stands between commas, one behind the last allowed
    private static List<ValueText>? Items(ValueText place, TextSpan inside)
    {
        if (Split(place, inside) is not { } pieces)
        {
            return null;
        }

        if (pieces[^1].Piece.Length == 0)
        {
            pieces.RemoveAt(pieces.Count - 1);
        }

        return pieces.Exists(p => p.Piece.Length == 0) ? null : Joined(place, pieces);
    }

    // a condition among the items has marks of its own
    private static List<ValueText> Joined(ValueText place, List<(TextSpan Piece, char Mark)> pieces)
    {
        List<ValueText> items = [];
        var start = 0;
        for (var i = 0; i < pieces.Count; i++)
        {
            if (pieces[i].Mark is ',' or '\0')
            {
                items.Add(Piece(place, TextSpan.FromBounds(pieces[start].Piece.Start, pieces[i].Piece.End)));
                start = i + 1;
            }
        }

        return items;
    }

    // a literal, or an expression without parentheses around it
    private static ValueText Piece(ValueText place, TextSpan span)
    {
        var isArm = place.Tree.Syntax == TreeSyntax.Json;
        while (Reader(place, span).Inside(out var opening, out var name) is { } inside && name.Length == 0 && (opening != '[' || isArm))
        {
            if (opening is '"' or '\'')
            {
                return place with { Span = inside, Value = BraceReader.Decoded(place.Tree.Source.Slice(inside)), IsExpression = false, Named = null };
            }

            span = inside;
        }

        return place with { Span = span, Value = "", IsExpression = true, Named = null };
    }

    private static List<(TextSpan Piece, char Mark)>? Split(ValueText place, TextSpan span) => Reader(place, span).Pieces();

    private static BraceReader Reader(ValueText place, TextSpan span) =>
        new(place.Tree.Source.Span[..span.End], span.Start, new TreeBuilder(), isBicep: place.Tree.Syntax != TreeSyntax.Hcl);

    /// <summary>One of several values.</summary>
    /// <param name="IsFallback">The first that there is, so that one that is not known is set by somebody else at will: <c>coalesce</c>, <c>try</c>, <c>lookup</c>, <c>??</c>.</param>
    public sealed record Choice(IReadOnlyList<ValueText> Values, bool IsFallback) : Operation
    {
        /// <summary>True when any of them may be the one, whether the first is there or not.</summary>
        public bool IsAnyOf { get; init; }
    }

    /// <summary>A text that a function makes of texts: it stands nowhere, so that no digest can be written behind it.</summary>
    public sealed record Made(IReadOnlyList<ValueText> Given, TextFunction Make) : Operation;

    /// <summary>A text put together from literals and expressions.</summary>
    /// <param name="Tail">The literal at its end, behind which a digest can be written; null when an expression stands there.</param>
    public sealed record Text(IReadOnlyList<ValueText> Pieces, TextSpan? Tail) : Operation
    {
        /// <summary><c>format("%s:%s", …)</c>, in Bicep and ARM <c>format('{0}:{1}', …)</c>; null when it does more than put texts in.</summary>
        public static Text? Format(ValueText format, IReadOnlyList<ValueText> given, bool isHcl)
        {
            var text = format.Tree.Source.Slice(format.Span);
            if (text != format.Value || text.Length != format.Span.Length || format.Parts() is not { Count: 0 })
            {
                return null;
            }

            List<ValueText> pieces = [];
            ValueText Literal(int start, int end) => format with { Span = new(format.Span.Start + start, end - start), Value = text[start..end] };
            var (plain, next) = (0, 0);
            for (var i = text.AsSpan().IndexOfAny('%', '{', '}'); i >= 0 && i < text.Length; i++)
            {
                if (text[i] is not ('%' or '{' or '}') || (isHcl && text[i] != '%') || (!isHcl && text[i] == '%'))
                {
                    continue;
                }

                var (index, length) = text.AsSpan(i) switch
                {
                    ['%', 's' or 'v' or 'd', ..] => (next++, 2),
                    ['{', >= '0' and <= '9' and var digit, '}', ..] => (digit - '0', 3),
                    _ => (int.MaxValue, 0),
                };
                if (index >= given.Count)
                {
                    return null;
                }

                pieces.AddRange([Literal(plain, i), given[index]]);
                plain = i + length;
                i = plain - 1;
            }

            pieces.Add(Literal(plain, text.Length));
            return new(pieces, pieces[^1].Span);
        }

        /// <summary>The items of a list with a text between them.</summary>
        public static Text? Join(ValueText separator, List<ValueText>? items) =>
            items is null or [] || separator.IsExpression ? null : new([.. items.SelectMany((item, i) => i == 0 ? [item] : (ValueText[])[separator, item])], TailOf(items[^1]));

        /// <summary>The literal text at the end of a piece; null when an expression stands there.</summary>
        public static TextSpan? TailOf(ValueText piece) =>
            piece.IsExpression || piece.Parts() is not { } parts ? null : parts.Count == 0 ? piece.Span : TextSpan.FromBounds(parts[^1].End, piece.Span.End);
    }
}
