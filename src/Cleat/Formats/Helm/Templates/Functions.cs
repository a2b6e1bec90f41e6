using System.Collections.Frozen;

namespace Cleat.Formats.Helm.Templates;

/// <summary>The functions that charts put references together with (masterminds.github.io/sprig; helm.sh/docs, "Template Function List").</summary>
internal static partial class Functions
{
    private delegate Value? Function(List<Value> arguments);

    private static readonly FrozenDictionary<string, Function> All = new Dictionary<string, Function>(StringComparer.Ordinal)
    {
        ["default"] = a => a is [var fallback, var value] ? value.IsTrue is not { } isSet ? Opaque("default", a) : isSet ? value : fallback : a is [var only] ? only : null,
        ["coalesce"] = Coalesce,
        ["ternary"] = a => a is [var yes, var no, var test] ? test.IsTrue is { } holds ? holds ? yes : no : Opaque("ternary", a) : null,
        ["empty"] = a => a is [var value] ? value.IsTrue is { } isSet ? Bool(!isSet, a) : Opaque("empty", a) : null,
        ["not"] = a => a is [var value] ? value.IsTrue is { } isSet ? Bool(!isSet, a) : Opaque("not", a) : null,
        ["eq"] = a => a.Count < 2 ? null : Compare("eq", a, Equal(a)),
        ["ne"] = a => a.Count != 2 ? null : Compare("ne", a, !Equal(a)),
        ["lt"] = a => Order("lt", a, o => o < 0),
        ["le"] = a => Order("le", a, o => o <= 0),
        ["gt"] = a => Order("gt", a, o => o > 0),
        ["ge"] = a => Order("ge", a, o => o >= 0),
        ["print"] = a => Joined(a, " ", betweenOthers: true),
        ["println"] = a => new Value.Text([.. Joined(a, " ", betweenOthers: false).Pieces(), new("\n", [], false, default)]),
        ["printf"] = Printf,
        ["toString"] = a => a is [var value] ? AsText(value) : null,
        ["quote"] = a => Quoted(a, "\""),
        ["squote"] = a => Quoted(a, "'"),
        ["cat"] = a => Joined(a, " ", betweenOthers: false),
        ["trim"] = a => Edge(a, s => s.Trim()),
        ["nindent"] = a => a is [Value.Plain count, var text] ? Indent(count, text, "\n") : null,
        ["indent"] = a => a is [Value.Plain count, var text] ? Indent(count, text, "") : null,
        ["lower"] = a => Text("lower", a, s => s.ToLowerInvariant()),
        ["upper"] = a => Text("upper", a, s => s.ToUpperInvariant()),
        ["trimAll"] = a => Text("trimAll", a, (cut, s) => s.Trim([.. cut])),
        ["trimPrefix"] = a => Text("trimPrefix", a, (cut, s) => s.StartsWith(cut, StringComparison.Ordinal) ? s[cut.Length..] : s),
        ["trimSuffix"] = a => Text("trimSuffix", a, (cut, s) => cut.Length > 0 && s.EndsWith(cut, StringComparison.Ordinal) ? s[..^cut.Length] : s),
        ["hasPrefix"] = a => Test("hasPrefix", a, (part, s) => s.StartsWith(part, StringComparison.Ordinal)),
        ["hasSuffix"] = a => Test("hasSuffix", a, (part, s) => s.EndsWith(part, StringComparison.Ordinal)),
        ["contains"] = a => Test("contains", a, (part, s) => s.Contains(part, StringComparison.Ordinal)),
        ["replace"] = a => a is [{ Known: { Length: > 0 } old }, { Known: { } with }, var text] ? Text("replace", [text], s => s.Replace(old, with, StringComparison.Ordinal)) : Opaque("replace", a),
        ["trunc"] = a => a is [Value.Plain { Data: long count }, var text] ? Text("trunc", [text], s => count >= 0 ? s[..(int)long.Min(count, s.Length)] : s[(int)long.Max(0, s.Length + count)..]) : Opaque("trunc", a),
        ["splitList"] = a => a is [{ Known: { Length: > 0 } at }, { Known: { } text } value] ? Parts(value, text.Split(at)) : Opaque("splitList", a),
        ["split"] = a => a is [{ Known: { Length: > 0 } at }, { Known: { } text } value] ? new Value.Map(Parts(value, text.Split(at)).Items.Select((item, i) => (item, i)).ToDictionary(p => "_" + p.i, p => p.item)) : Opaque("split", a),
        ["join"] = a => a is [{ Known: { } between }, Value.List list] ? Joined([.. list.Items], between, betweenOthers: false) : Opaque("join", a),
        ["list"] = a => new Value.List([.. a]),
        ["tuple"] = a => new Value.List([.. a]),
        ["first"] = a => a is [Value.List { Items.Count: > 0 } list] ? list.Items[0] : a is [Value.List] ? Value.Nil : Opaque("first", a),
        ["last"] = a => a is [Value.List { Items.Count: > 0 } list] ? list.Items[^1] : a is [Value.List] ? Value.Nil : Opaque("last", a),
        ["rest"] = a => a is [Value.List { Items.Count: > 0 } list] ? new Value.List([.. list.Items.Skip(1)]) : Opaque("rest", a),
        ["append"] = a => a is [Value.List list, var item] ? new Value.List([.. list.Items, item]) : Opaque("append", a),
        ["prepend"] = a => a is [Value.List list, var item] ? new Value.List([item, .. list.Items]) : Opaque("prepend", a),
        ["concat"] = a => a.TrueForAll(l => l is Value.List or Value.Plain { Data: null }) ? new Value.List([.. a.OfType<Value.List>().SelectMany(l => l.Items)]) : Opaque("concat", a),
        ["compact"] = a => a is [Value.List list] && list.Items.All(i => i.IsTrue is not null) ? new Value.List([.. list.Items.Where(i => i.IsTrue == true)]) : Opaque("compact", a),
        ["without"] = a => a is [Value.List list, ..] && list.Items.Concat(a.Skip(1)).All(i => i.Known is not null) ? new Value.List([.. list.Items.Where(i => !a.Skip(1).Any(x => x.Known == i.Known))]) : Opaque("without", a),
        ["has"] = a => a is [var item, Value.List list] ? Compare("has", [item, .. list.Items], list.Items.Any(i => Equal([item, i]) == true)) : Opaque("has", a),
        ["dict"] = Dict,
        ["get"] = a => a is [Value.Map map, { Known: { } key }] ? map.Entries.TryGetValue(key, out var value) ? value : Value.Of("") : Opaque("get", a),
        ["hasKey"] = a => a is [Value.Map map, { Known: { } key }] ? Value.Of(map.Entries.ContainsKey(key)) : Opaque("hasKey", a),
        ["keys"] = a => a is [Value.Map map] ? new Value.List([.. map.Entries.Keys.Order(StringComparer.Ordinal).Select(k => Value.Of(k))]) : Opaque("keys", a),
        ["values"] = a => a is [Value.Map map] ? new Value.List([.. map.Entries.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => e.Value)]) : Opaque("values", a),
        ["pick"] = a => a is [Value.Map map, .. var keys] && keys.TrueForAll(k => k.Known is not null) ? new Value.Map(map.Entries.Where(e => keys.Exists(k => k.Known == e.Key)).ToDictionary()) : Opaque("pick", a),
        ["omit"] = a => a is [Value.Map map, .. var keys] && keys.TrueForAll(k => k.Known is not null) ? new Value.Map(map.Entries.Where(e => !keys.Exists(k => k.Known == e.Key)).ToDictionary()) : Opaque("omit", a),
        ["pluck"] = a => a is [{ Known: { } key }, .. var maps] && maps.TrueForAll(m => m is Value.Map) ? new Value.List([.. maps.OfType<Value.Map>().Where(m => m.Entries.ContainsKey(key)).Select(m => m.Get(key))]) : Opaque("pluck", a),
        ["dig"] = Dig,
        ["merge"] = a => Merged(a, lastWins: false),
        ["mustMerge"] = a => Merged(a, lastWins: false),
        ["mergeOverwrite"] = a => Merged(a, lastWins: true),
        ["mustMergeOverwrite"] = a => Merged(a, lastWins: true),
        ["deepCopy"] = a => a is [var value] ? Copy(value) : null,
        ["mustDeepCopy"] = a => a is [var value] ? Copy(value) : null,
        ["kindIs"] = a => a is [{ Known: { } kind }, var value] ? Kind(value) is { } own ? Bool(own == kind, a) : Opaque("kindIs", a) : Opaque("kindIs", a),
        ["kindOf"] = a => a is [var value] && Kind(value) is { } own ? Value.Of(own) : Opaque("kindOf", a),
        ["typeIs"] = a => a is [{ Known: { } kind }, var value] ? Kind(value) is { } own ? Bool(own == kind, a) : Opaque("typeIs", a) : Opaque("typeIs", a),
        ["typeOf"] = a => a is [var value] && Kind(value) is { } own ? Value.Of(own) : Opaque("typeOf", a),
        ["len"] = a => a switch
        {
            [Value.List list] => Value.Of((object)(long)list.Items.Count),
            [Value.Map map] => Value.Of((object)(long)map.Entries.Count),
            [{ Known: { } text }] => Value.Of((object)(long)text.Length),
            _ => Opaque("len", a),
        },
        ["int"] = a => a is [Value.Plain { Data: double or long } number] ? Value.Of((object)Convert.ToInt64(number.Data, System.Globalization.CultureInfo.InvariantCulture)) : Opaque("int", a),
        // what a digest changes in them is a checksum before and after
        ["sha256sum"] = _ => new Value.Opaque("sha256sum"),
        ["sha1sum"] = _ => new Value.Opaque("sha1sum"),
        ["adler32sum"] = _ => new Value.Opaque("adler32sum"),
        ["lookup"] = _ => new Value.Map([]),
        ["toYaml"] = a => a is [var value] ? YamlText.Of(value) : null,
        ["semverCompare"] = SemVer.Compare,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a function gives: an opaque value where it is not evaluated; null where Helm would fail.</summary>
    public static Value? Call(string name, List<Value> arguments) => All.TryGetValue(name, out var function) ? function(arguments) : Opaque(name, arguments);

    public static Value.Opaque Opaque(string name, List<Value> arguments) => new(name) { From = Value.Union(arguments) };

    private static Value.Plain Bool(bool value, List<Value> arguments) => new(value) { From = Value.Union(arguments) };

    private static Value Compare(string name, List<Value> arguments, bool? holds) => holds is { } known ? Bool(known, arguments) : Opaque(name, arguments);

    private static Value.List Parts(Value value, string[] parts) => new([.. parts.Select(p => new Value.Text([new(p, value.Sources(), false, default)]))]);

    private static Value Coalesce(List<Value> arguments)
    {
        foreach (var value in arguments)
        {
            if (value.IsTrue != false)
            {
                return value.IsTrue is null ? Opaque("coalesce", arguments) : value;
            }
        }

        return Value.Nil;
    }

    // the first equals any of the others; null when that is not known
    private static bool? Equal(List<Value> arguments)
    {
        if (arguments.Exists(a => a is Value.Opaque || (a is Value.Text && a.Known is null)))
        {
            return null;
        }

        var first = arguments[0];
        return arguments.Skip(1).Any(other => (first, other) switch
        {
            (Value.Text, Value.Text) => first.Known == other.Known,
            (Value.Plain { Data: double or long } x, Value.Plain { Data: double or long } y) => Convert.ToDouble(x.Data, System.Globalization.CultureInfo.InvariantCulture).Equals(Convert.ToDouble(y.Data, System.Globalization.CultureInfo.InvariantCulture)),
            (Value.Plain x, Value.Plain y) => Equals(x.Data, y.Data),
            _ => false,
        });
    }

    private static Value? Order(string name, List<Value> arguments, Func<int, bool> holds) => arguments switch
    {
        [Value.Plain { Data: double or long } x, Value.Plain { Data: double or long } y] =>
            Bool(holds(Convert.ToDouble(x.Data, System.Globalization.CultureInfo.InvariantCulture).CompareTo(Convert.ToDouble(y.Data, System.Globalization.CultureInfo.InvariantCulture))), arguments),
        [{ Known: { } x }, { Known: { } y }] => Bool(holds(string.CompareOrdinal(x, y)), arguments),
        _ => Opaque(name, arguments),
    };

    private static string? Kind(Value value) => value switch
    {
        Value.Map => "map",
        Value.List => "slice",
        Value.Text => "string",
        Value.Plain { Data: null } => "invalid",
        Value.Plain { Data: bool } => "bool",
        Value.Plain { Data: double } => "float64",
        Value.Plain { Data: long } => "int",
        _ => null,
    };
}
