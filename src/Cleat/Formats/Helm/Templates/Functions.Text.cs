using System.Collections.Immutable;
using System.Globalization;

namespace Cleat.Formats.Helm.Templates;

internal static partial class Functions
{
    /// <summary>A value as Go's <c>%v</c> prints it, its pieces kept.</summary>
    private static Value AsText(Value value) => value is Value.Text or Value.Opaque ? value : new Value.Text(value.Pieces());

    private static Value? Text(string name, List<Value> arguments, Func<string, string> change) => arguments switch
    {
        [{ Known: { } text } value] => new Value.Text([new(change(text), value.Sources(), false, Spot(value))]),
        [Value.Plain plain] => new Value.Text([new(change(plain.Show()), plain.From, false, default)]),
        [_] => Opaque(name, arguments),
        _ => null,
    };

    private static Value? Text(string name, List<Value> arguments, Func<string, string, string> change) =>
        arguments is [{ Known: { } part }, var text] ? Text(name, [text], s => change(part, s)) : Opaque(name, arguments);

    private static Value? Test(string name, List<Value> arguments, Func<string, string, bool> test) => arguments switch
    {
        [{ Known: { } part }, { Known: { } text }] => Bool(test(part, text), arguments),
        [{ Known: { } part }, Value.Plain plain] => Bool(test(part, plain.Show()), arguments),
        _ => Opaque(name, arguments),
    };

    private static Spot Spot(Value value) => value.Pieces() is [var first, ..] ? first.Spot : default;

    private static Value.Text Joined(List<Value> values, string between, bool betweenOthers)
    {
        List<Piece> pieces = [];
        for (var i = 0; i < values.Count; i++)
        {
            // print puts a space only where neither side is text
            if (i > 0 && between.Length > 0 && !(betweenOthers && (values[i] is Value.Text || values[i - 1] is Value.Text)))
            {
                pieces.Add(new(between, [], false, default));
            }

            pieces.AddRange(values[i].Pieces());
        }

        return new(pieces);
    }

    private static Value.Text Quoted(List<Value> arguments, string quote)
    {
        List<Piece> pieces = [];
        foreach (var value in arguments.Where(a => a is not Value.Plain { Data: null }))
        {
            pieces.Add(new((pieces.Count > 0 ? " " : "") + quote, [], false, default));
            pieces.AddRange(value.Pieces().Select(p => quote == "\"" ? p with { Text = p.Text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) } : p));
            pieces.Add(new(quote, [], false, default));
        }

        return new(pieces);
    }

    // white space at both ends of a text in pieces
    private static Value? Edge(List<Value> arguments, Func<string, string> trim)
    {
        if (arguments is not [var value] || value is Value.Opaque)
        {
            return arguments.Count == 1 ? arguments[0] : null;
        }

        List<Piece> pieces = [.. value.Pieces()];
        while (pieces is [{ IsOpaque: false } first, ..] && trim(first.Text).Length == 0)
        {
            pieces.RemoveAt(0);
        }

        while (pieces is [.., { IsOpaque: false } last] && trim(last.Text).Length == 0)
        {
            pieces.RemoveAt(pieces.Count - 1);
        }

        if (pieces.Count > 0)
        {
            pieces[0] = pieces[0] with { Text = pieces[0].Text.TrimStart() };
            pieces[^1] = pieces[^1] with { Text = pieces[^1].Text.TrimEnd() };
        }

        return new Value.Text(pieces);
    }

    private static Value.Text? Indent(Value.Plain count, Value text, string before)
    {
        if (count.Data is not (long or double) || Convert.ToInt32(count.Data, CultureInfo.InvariantCulture) is < 0 or > 200)
        {
            return null;
        }

        var pad = new string(' ', Convert.ToInt32(count.Data, CultureInfo.InvariantCulture));
        return new([new(before + pad, [], false, default), .. text.Pieces().Select(p => p with { Text = p.Text.Replace("\n", "\n" + pad, StringComparison.Ordinal) })]);
    }

    // the verbs that references are printed with; others are not known here
    private static Value Printf(List<Value> arguments)
    {
        if (arguments is not [{ Known: { } format }, ..])
        {
            return Opaque("printf", arguments);
        }

        List<Piece> pieces = [];
        var (next, start) = (1, 0);
        void Literal(int end)
        {
            if (end > start)
            {
                pieces.Add(new(format[start..end], [], false, default));
            }
        }

        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                continue;
            }

            Literal(i);
            var verb = ++i < format.Length ? format[i] : '\0';
            start = i + 1;
            if (verb == '%')
            {
                pieces.Add(new("%", [], false, default));
                continue;
            }

            if (next >= arguments.Count)
            {
                pieces.Add(new($"%!{verb}(MISSING)", [], false, default));
                continue;
            }

            var value = arguments[next++];
            switch (verb)
            {
                case 's' when value is Value.Text or Value.Opaque or Value.List or Value.Map:
                case 'v' when value is not Value.Plain { Data: null }:
                case 'd' when value is Value.Plain { Data: long } or Value.Opaque:
                    pieces.AddRange(value.Pieces());
                    break;
                case 'q':
                    pieces.AddRange(Quoted([value], "\"").Pieces());
                    break;
                case 's' or 'v' or 'd' when value is Value.Plain plain:
                    pieces.Add(new(plain.Data is null ? verb == 'v' ? "<nil>" : $"%!{verb}(<nil>)" : $"%!{verb}({Kind(value)}={plain.Show()})", value.Sources(), false, default));
                    break;
                default:
                    return Opaque("printf", arguments);
            }
        }

        Literal(format.Length);
        return new Value.Text(pieces);
    }

    private static Value? Dict(List<Value> arguments)
    {
        Dictionary<string, Value> entries = new(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (arguments[i].Known is not { } key)
            {
                return Opaque("dict", arguments);
            }

            entries[key] = i + 1 < arguments.Count ? arguments[i + 1] : Value.Of("");
        }

        return new Value.Map(entries);
    }

    // dig "a" "b" default map
    private static Value? Dig(List<Value> arguments)
    {
        if (arguments.Count < 3 || arguments[^1] is not Value.Map || arguments.Take(arguments.Count - 2).Any(a => a.Known is null))
        {
            return Opaque("dig", arguments);
        }

        var value = arguments[^1];
        foreach (var key in arguments.Take(arguments.Count - 2))
        {
            if (value is not Value.Map map || !map.Entries.TryGetValue(key.Known!, out var inner))
            {
                return value is Value.Opaque ? Opaque("dig", arguments) : arguments[^2];
            }

            value = inner;
        }

        return value;
    }

    private static Value? Merged(List<Value> arguments, bool lastWins) =>
        arguments.TrueForAll(a => a is Value.Map or Value.Plain { Data: null }) ? arguments.OfType<Value.Map>().Aggregate(new Value.Map([]), (all, map) => lastWins ? Over(all, map) : Over(map, all)) : Opaque("merge", arguments);

    /// <summary>Two maps as one: what <paramref name="above"/> says wins.</summary>
    public static Value.Map Over(Value.Map below, Value.Map above)
    {
        Dictionary<string, Value> entries = new(below.Entries, StringComparer.Ordinal);
        foreach (var (key, value) in above.Entries)
        {
            entries[key] = value is Value.Map upper && entries.GetValueOrDefault(key) is Value.Map lower ? Over(lower, upper) : value;
        }

        return new(entries) { Node = above.Node >= 0 ? above.Node : below.Node, From = Value.Union(below.From, above.From) };
    }

    private static Value Copy(Value value) => value is Value.Map map ? new Value.Map(map.Entries.ToDictionary(e => e.Key, e => Copy(e.Value), StringComparer.Ordinal)) { Node = map.Node } : value;
}
