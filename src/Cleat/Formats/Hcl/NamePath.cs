using Cleat.Trees;
using Cleat.Trees.Braces;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Hcl;

/// <summary>A node of a file and where it stands.</summary>
/// <param name="From">Another file that it was read from; null for all others.</param>
internal readonly record struct Located(Tree Tree, int Node, Steps Path, FileRead? From = null)
{
    /// <summary>The texts at the node and below it.</summary>
    public IEnumerable<ValueText> Texts()
    {
        var from = From;
        return Values.Texts(Tree, Node, Path).Select(t => t with { From = from });
    }
}

/// <summary>What a name's first words stand for, and the keys that lead on from there.</summary>
internal delegate IEnumerable<(Located Start, IReadOnlyList<string> Keys)> Declared(ValueText place, IReadOnlyList<string> names);

/// <summary>Goes along names to the nodes that they stand for: through objects and lists, other names, conditions, and the variables of <c>for</c>.</summary>
/// <param name="data">What an expression reads from a file of data; null when it reads none.</param>
internal sealed class NamePath(Declared declared, Func<ValueText, Located?>? data = null)
{
    private const int Deepest = 8;
    private const int MostHops = 1_000;

    private int hops;

    /// <summary>The nodes that names stand for.</summary>
    /// <param name="place">Where the names stand.</param>
    public IEnumerable<Located> Of(ValueText place, IReadOnlyList<string> names)
    {
        hops = 0;
        return Of(place, names, 0);
    }

    /// <summary>The nodes that an expression gives; texts that stand in it are none.</summary>
    public IEnumerable<Located> Of(ValueText expression)
    {
        hops = 0;
        return Expression(expression, [], 0);
    }

    /// <summary>The texts that names stand for.</summary>
    public IEnumerable<ValueText> Texts(ValueText place, IReadOnlyList<string> names) => Of(place, names).SelectMany(n => n.Texts());

    /// <summary>The nodes that keys lead to from one; what stands there when there are no keys.</summary>
    public IEnumerable<Located> Below(Located start, IReadOnlyList<string> keys)
    {
        hops = 0;
        return start.Tree[start.Node].Kind == NodeKind.Scalar && keys.Count == 0 && ValueText.Of(start.Tree, start.Node, start.Path) is { IsExpression: true } expression
            ? Expression(expression, [], 0)
            : Below(start, keys, 0);
    }

    /// <summary>True when the name is a variable of a <c>for</c> around the place, which has many values.</summary>
    public static bool IsLoopVariable(ValueText place, string name) => LoopOf(place, name) is not null;

    private IEnumerable<Located> Of(ValueText place, IReadOnlyList<string> names, int depth)
    {
        if (depth > Deepest || ++hops > MostHops)
        {
            return [];
        }

        if (names[0].Length == 0)
        {
            // from here
            return Expression(place with { Named = null }, [.. names.Skip(1)], depth + 1).Where(n => names.Count > 1 || n.Tree[n.Node].Kind == NodeKind.Scalar);
        }

        return LoopOf(place, names[0]) is { } loop
            ? Expression(place with { Span = loop.List, Value = "", IsExpression = true, Named = null }, [Traversal.Any, .. names.Skip(1)], depth + 1)
            : declared(place, names).SelectMany(d => Below(d.Start, d.Keys, depth));
    }

    private IEnumerable<Located> Expression(ValueText value, IReadOnlyList<string> keys, int depth)
    {
        if (depth > Deepest || ++hops > MostHops)
        {
            return [];
        }

        if (value.Names() is { } names)
        {
            return Of(value, [.. names, .. keys], depth + 1);
        }

        if (data?.Invoke(value) is { } read)
        {
            return Below(read, keys, depth + 1);
        }

        if (Structure(value) is { } tree)
        {
            return Below(new(tree, 0, value.Path, value.From), keys, depth + 1);
        }

        if (keys.Count > 0 && (Operation.Argument(value, "values") ?? (Operation.Arguments(value, "zipmap") is [_, var items] ? items : null)) is { } collection)
        {
            return Expression(collection, [Traversal.Any, .. keys.Skip(1)], depth + 1);
        }

        return Operation.Of(value) is Operation.Choice choice ? choice.Values.SelectMany(v => Expression(v, keys, depth + 1)) : [];
    }

    /// <summary>The list, object or call that is read through, as a tree; null for all other expressions.</summary>
    public static Tree? Structure(ValueText value)
    {
        if (value.Tree.Syntax is not (TreeSyntax.Hcl or TreeSyntax.Bicep) || value.Whole() is not { } span)
        {
            return null;
        }

        var tree = HclTrees.ReadExpression(value.Tree, span);
        return tree.Count > 0 && (tree[0].Kind != NodeKind.Scalar || tree[0].Span != span) ? tree : null;
    }

    private IEnumerable<Located> Below(Located at, IReadOnlyList<string> keys, int depth)
    {
        if (keys.Count == 0)
        {
            return [at];
        }

        var (tree, node, path, from) = at;
        IReadOnlyList<string> rest = [.. keys.Skip(1)];
        if (tree[node].Kind == NodeKind.Scalar)
        {
            return ValueText.Of(tree, node, path) is { IsExpression: true } value ? Expression(value with { From = from }, keys, depth + 1) : [];
        }

        if (tree[node].Kind == NodeKind.Sequence)
        {
            return Values.Of(tree, node, [keys[0]]).SelectMany(item => Item(new(tree, item.Node, path.Add(item.Path), from), keys, rest, depth));
        }

        return Values.Of(tree, node, [keys[0]]).Where(v => v.Path.Key != HclTrees.Spread).SelectMany(v => Below(new(tree, v.Node, path.Add(v.Path), from), rest, depth))
            .Concat(tree.Children(node, HclTrees.Spread).SelectMany(s => Expression(ValueText.Of(tree, s, path) with { From = from }, keys, depth + 1)));
    }

    // an item that is a name may stand for an item, or for a list that is joined to this one
    private IEnumerable<Located> Item(Located item, IReadOnlyList<string> keys, IReadOnlyList<string> rest, int depth) =>
        ValueText.Of(item.Tree, item.Node, item.Path) is { IsExpression: true } value && item.Tree[item.Node].Kind == NodeKind.Scalar
            ? rest.Count == 0 && value.Names() is null ? [item] : Named(item, value, keys, rest, depth)
            : Below(item, rest, depth);

    private IEnumerable<Located> Named(Located item, ValueText value, IReadOnlyList<string> keys, IReadOnlyList<string> rest, int depth)
    {
        var found = Expression(value, [], depth + 1).ToList();
        return found.Count == 0 && rest.Count == 0 ? [item] : found.SelectMany(f => Below(f, f.Tree[f.Node].Kind == NodeKind.Sequence ? keys : rest, depth + 1));
    }

    private static Loop? LoopOf(ValueText place, string name)
    {
        var loops = place.Tree.Loops;
        if (loops.Count == 0 || name is "local" or "var" or "module" or "data" or "each")
        {
            return null;
        }

        var (low, high) = (0, loops.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = loops[middle].Body.Start <= place.Span.Start ? (middle + 1, high) : (low, middle);
        }

        for (var i = low - 1; i >= 0 && i >= low - HclTrees.MostLoops; i--)
        {
            if (loops[i].Name == name && loops[i].Body.End >= place.Span.End)
            {
                return loops[i];
            }
        }

        return null;
    }
}
