using System.Collections.Immutable;
using System.Globalization;

namespace Cleat.Formats.Helm.Templates;

/// <summary>Where a piece of output was written: an action in a file of templates.</summary>
internal readonly record struct Spot(TemplateFile? File, int At);

/// <summary>A piece of text and what of the judged values it was made from.</summary>
/// <param name="From">Nodes of the document of values.</param>
/// <param name="IsOpaque">The text is not known: what stands here only says so.</param>
internal readonly record struct Piece(string Text, ImmutableArray<int> From, bool IsOpaque, Spot Spot)
{
    public bool HasImage => IsImage(Text);

    /// <summary>The word image stands in a text.</summary>
    public static bool IsImage(string text) => text.Contains("mage", StringComparison.Ordinal) || text.Contains("MAGE", StringComparison.Ordinal);
}

/// <summary>What a template computes with.</summary>
internal abstract class Value
{
    /// <summary>The nodes of the document of values that it comes from.</summary>
    public ImmutableArray<int> From { get; init; } = [];

    /// <summary>Whether a condition takes it for true; null when that is not known.</summary>
    public abstract bool? IsTrue { get; }

    public static Value Nil { get; } = new Plain(null);

    public static Value Of(bool value) => new Plain(value);

    public static Value Of(string text) => new Text([new(text, [], false, default)]);

    public static Value Of(object? value) => value switch
    {
        string text => Of(text),
        int number => new Plain((long)number),
        _ => new Plain(value),
    };

    public static ImmutableArray<int> Union(ImmutableArray<int> a, ImmutableArray<int> b) =>
        a.IsEmpty || a == b ? b : b.IsEmpty ? a : [.. a.Union(b)];

    public static ImmutableArray<int> Union(IEnumerable<Value> values) => values.Aggregate(ImmutableArray<int>.Empty, (all, value) => Union(all, value.Sources()));

    /// <summary>A key or a text in it has the word image in it.</summary>
    public virtual bool HasImage => false;

    /// <summary>What it comes from, and all that is in a text.</summary>
    public virtual ImmutableArray<int> Sources() => From;

    /// <summary>It as a template writes it.</summary>
    public abstract IReadOnlyList<Piece> Pieces();

    /// <summary>Text that is known; null for what is no text, and for text that is not all known.</summary>
    public virtual string? Known => null;

    /// <summary>Nil, true, false, and numbers, which are doubles in values and longs in templates.</summary>
    public sealed class Plain(object? value) : Value
    {
        public object? Data => value;

        public override bool? IsTrue => value is not (null or false or 0L or 0.0);

        public override IReadOnlyList<Piece> Pieces() => [new(Show(), From, false, default)];

        /// <summary>As Go prints it.</summary>
        public string Show() => value switch
        {
            null => "",
            true => "true",
            false => "false",
            double number => PlainNumber.Show(number),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }

    public sealed class Text(IReadOnlyList<Piece> pieces) : Value
    {
        public override bool? IsTrue => pieces.Any(p => !p.IsOpaque && p.Text.Length > 0) ? true : pieces.Any(p => p.IsOpaque) ? null : false;

        public override IReadOnlyList<Piece> Pieces() => pieces;

        public override bool HasImage => pieces.Any(p => p.HasImage);

        public override string? Known => field ??= pieces.Any(p => p.IsOpaque) ? null : pieces is [var one] ? one.Text : string.Concat(pieces.Select(p => p.Text));

        public override ImmutableArray<int> Sources() => pieces is [var one] && From.IsEmpty ? one.From : pieces.Aggregate(From, (all, piece) => Union(all, piece.From));
    }

    public sealed class List(IReadOnlyList<Value> items) : Value
    {
        public IReadOnlyList<Value> Items => items;

        public override bool? IsTrue => items.Count > 0;

        public override bool HasImage => items.Any(i => i.HasImage);

        public override ImmutableArray<int> Sources() => items.Aggregate(From, (all, item) => item is Map or List ? all : Union(all, item.Sources()));

        public override IReadOnlyList<Piece> Pieces() =>
            [new("[", From, false, default), .. items.SelectMany((item, i) => i == 0 ? item.Pieces() : [new Piece(" ", [], false, default), .. item.Pieces()]), new("]", [], false, default)];
    }

    public sealed class Map : Value
    {
        private readonly Func<Dictionary<string, Value>>? make;
        private readonly bool? hasImage;
        private Dictionary<string, Value>? entries;

        public Map(Dictionary<string, Value> entries) => this.entries = entries;

        /// <summary>One whose entries are made when they are asked for: of most maps of a chart's values they never are.</summary>
        /// <param name="hasImage">As <see cref="HasImage"/>, without making them.</param>
        public Map(Func<Dictionary<string, Value>> make, bool hasImage)
        {
            this.make = make;
            this.hasImage = hasImage;
        }

        public Dictionary<string, Value> Entries => entries ??= make!();

        /// <summary>Its node in the judged document of values; -1 for all others.</summary>
        public int Node { get; init; } = -1;

        public override bool? IsTrue => Entries.Count > 0;

        public override bool HasImage => hasImage ?? Entries.Any(e => Piece.IsImage(e.Key) || e.Value.HasImage);

        public override ImmutableArray<int> Sources() => Entries.Values.Aggregate(From, (all, item) => item is Map or List ? all : Union(all, item.Sources()));

        public override IReadOnlyList<Piece> Pieces() =>
            [new("map[", From, false, default), .. Entries.OrderBy(e => e.Key, StringComparer.Ordinal).SelectMany((e, i) => (IEnumerable<Piece>)[new((i == 0 ? "" : " ") + e.Key + ":", [], false, default), .. e.Value.Pieces()]), new("]", [], false, default)];

        public Value Get(string key) => Entries.GetValueOrDefault(key, Nil);
    }

    /// <summary>What cannot be known here: a function that is not evaluated, a value of the cluster.</summary>
    /// <param name="why">What it is: <c>lookup</c>, <c>.Capabilities</c>.</param>
    public sealed class Opaque(string why) : Value
    {
        public string Why => why;

        public override bool? IsTrue => null;

        public override IReadOnlyList<Piece> Pieces() => [new("{{ " + why + " }}", From, true, default)];
    }
}
