using System.Globalization;
using Cleat.Trees;

namespace Cleat.Formats.Helm.Templates;

/// <summary>Makes values of a document of YAML, as Helm reads them: numbers are floats.</summary>
/// <param name="isJudged">True for the document whose images are judged: its values know the nodes that they come from.</param>
/// <param name="changes">What other text stands in the place of a scalar, for trying.</param>
internal sealed class ValuesTree(Tree tree, bool isJudged, ValueChanges? changes = null)
{
    private const int Deepest = 200;

    public static Value.Map Of(Tree tree, int root, bool isJudged, ValueChanges? changes = null) => new ValuesTree(tree, isJudged, changes).Read(root, 0) as Value.Map ?? new Value.Map([]);

    private Value Read(int index, int depth)
    {
        var node = tree.Target(index);
        if (node < 0 || depth > Deepest)
        {
            return Value.Nil;
        }

        switch (tree[node].Kind)
        {
            case NodeKind.Map:
                return new Value.Map(() => Entries(node, depth), tree.HasAliases || changes is not null || ImageKeys.IsImage(tree.Source.Span.Slice(tree[node].Span.Start, tree[node].Span.Length))) { Node = isJudged ? node : -1 };
            case NodeKind.Sequence:
                List<Value> items = [];
                foreach (var item in tree.Items(node))
                {
                    items.Add(Read(item, depth + 1));
                }

                return new Value.List(items);
            default:
                return Scalar(node);
        }
    }

    private Dictionary<string, Value> Entries(int node, int depth)
    {
        Dictionary<string, Value> entries = new(StringComparer.Ordinal);
        foreach (var (key, value) in tree.Entries(node))
        {
            if (tree[key].Kind == NodeKind.Scalar && tree[key] is { IsPlain: true, Value: "<<" })
            {
                foreach (var merged in tree[tree.Target(value)].Kind == NodeKind.Sequence ? ((Value.List)Read(value, depth + 1)).Items : [Read(value, depth + 1)])
                {
                    foreach (var (name, inner) in merged is Value.Map map ? map.Entries : [])
                    {
                        entries.TryAdd(name, inner);
                    }
                }
            }
            else if (tree[key].Kind == NodeKind.Scalar)
            {
                entries[tree[key].Value] = Read(value, depth + 1);
            }
        }

        foreach (var (name, text) in changes?.Added.GetValueOrDefault(node) ?? [])
        {
            entries[name] = new Value.Text([new(text, [node], false, default)]);
        }

        return entries;
    }

    private Value Scalar(int node)
    {
        if (changes?.Texts.TryGetValue(node, out var changed) == true)
        {
            return new Value.Text([new(changed, [node], false, default)]);
        }

        ref readonly var scalar = ref tree[node];
        if (!scalar.IsPlain || scalar.Tag is not null)
        {
            return Text(node, scalar.Value);
        }

        object? value = scalar.Value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => true,
            "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => false,
            var text when PlainNumber.Is(tree, node) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
            _ => scalar.Value,
        };
        return value is string plain ? Text(node, plain) : new Value.Plain(value) { From = isJudged ? [node] : [] };
    }

    private Value.Text Text(int node, string text) => new([new(text, isJudged ? [node] : [], false, default)]);
}

/// <summary>Other values in the place of those that stand in a document.</summary>
internal sealed class ValueChanges
{
    /// <summary>By the scalar's node.</summary>
    public Dictionary<int, string> Texts { get; } = [];

    /// <summary>By the map's node.</summary>
    public Dictionary<int, Dictionary<string, string>> Added { get; } = [];
}
