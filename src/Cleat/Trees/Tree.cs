using System.Collections.Concurrent;
using Cleat.Text;
using Cleat.Trees.Braces;
using Cleat.Trees.Paths;

namespace Cleat.Trees;

internal enum NodeKind : byte
{
    /// <summary>Text; also numbers, true, false and null, which <see cref="Node.IsPlain"/> tells apart from quoted text.</summary>
    Scalar,

    /// <summary>Children are key, value, key, value, …</summary>
    Map,

    Sequence,

    /// <summary>A YAML alias; <see cref="Tree.Target"/> finds what it stands for.</summary>
    Alias,
}

/// <summary>One node of a document. Nodes refer to each other by their index in the <see cref="Tree"/>.</summary>
/// <param name="Value">A scalar's text, decoded; an alias's anchor name; else empty.</param>
/// <param name="Span">The bytes it is written with: a scalar's without quotes, anchor and tag.</param>
/// <param name="IsPlain">A scalar without quotes that is not a block scalar.</param>
/// <param name="Next">The next sibling, or -1.</param>
/// <param name="First">The first child, or -1.</param>
/// <param name="Tag">A YAML tag that is no YAML core type (<c>!Sub</c>), or null.</param>
internal record struct Node(NodeKind Kind, string Value, TextSpan Span, bool IsPlain, int Next, int First, string? Tag);

/// <summary>A YAML or JSON document as a flat list of nodes with their byte spans. Node 0 is the root.</summary>
/// <remarks>Its nodes lie in a rented array: whoever has read a tree and handed none of it on gives that back with <see cref="Recycle"/>.</remarks>
internal sealed class Tree
{
    // from so many entries on a map or a list gets an index when one is looked for behind them
    private const int Wide = 32;

    private readonly Dictionary<int, int>? targets;
    private Node[] nodes;
    private ConcurrentDictionary<int, KeyIndex>? keys;
    private ConcurrentDictionary<int, int[]>? items;

    /// <param name="nodes">Rented; the tree's own from now on.</param>
    /// <param name="targets">For each alias the node it stands for; null when there is none.</param>
    public Tree(SourceText source, TreeSyntax syntax, Node[] nodes, int count, Dictionary<int, int>? targets)
    {
        Source = source;
        Syntax = syntax;
        Count = count;
        this.nodes = nodes;
        this.targets = targets;
    }

    public SourceText Source { get; }

    public TreeSyntax Syntax { get; }

    public int Count { get; }

    /// <summary>The <c>for</c> expressions in HCL and Bicep, in the order in which they start.</summary>
    public IReadOnlyList<Loop> Loops { get; init; } = [];

    /// <summary>True when one node may stand for another.</summary>
    public bool HasAliases => targets is not null;

    /// <summary>A node, its text decoded: a reader may leave that for later, since most is never asked for.</summary>
    public ref readonly Node this[int index]
    {
        get
        {
            ref var node = ref nodes[index];
            node.Value ??= Source.Slice(node.Span);
            return ref node;
        }
    }

    /// <summary>A node whose <see cref="Node.Value"/> may be null still, for walking past it.</summary>
    public ref readonly Node Raw(int index) => ref nodes[index];

    /// <summary>Gives the nodes back: the tree is of no more use.</summary>
    public void Recycle()
    {
        TreeBuilder.Give(nodes);
        nodes = [];
    }

    /// <summary>The node an alias stands for, through chains; the node itself when it is none; -1 when its anchor is not known.</summary>
    public int Target(int index) =>
        index >= 0 && nodes[index].Kind == NodeKind.Alias ? targets?.GetValueOrDefault(index, -1) ?? -1 : index;

    /// <summary>The value under a key of a map, aliases resolved, merge keys not looked into; -1 when there is none.</summary>
    public int Child(int map, string key)
    {
        map = Target(map);
        if (map < 0 || nodes[map].Kind != NodeKind.Map)
        {
            return -1;
        }

        if (keys?.TryGetValue(map, out var known) == true)
        {
            return Target(known.First.GetValueOrDefault(key, -1));
        }

        var passed = 0;
        for (var k = nodes[map].First; k >= 0; k = nodes[nodes[k].Next].Next)
        {
            if (nodes[k].Kind == NodeKind.Scalar && this[k].Value == key)
            {
                return Target(nodes[k].Next);
            }

            if (++passed == Wide)
            {
                return Target(Indexed(map).First.GetValueOrDefault(key, -1));
            }
        }

        return -1;
    }

    /// <summary>Every value under a key of a map, for syntaxes in which a key may stand in a map several times; aliases not followed.</summary>
    public IEnumerable<int> Children(int map, string key)
    {
        if (IsWide(map))
        {
            var index = Indexed(map);
            for (var value = index.First.GetValueOrDefault(key, -1); value >= 0; value = index.Again.GetValueOrDefault(value, -1))
            {
                yield return value;
            }

            yield break;
        }

        foreach (var (k, value) in Entries(map))
        {
            if (nodes[k].Kind == NodeKind.Scalar && this[k].Value == key)
            {
                yield return value;
            }
        }
    }

    private bool IsWide(int map)
    {
        var passed = 0;
        foreach (var _ in Entries(map))
        {
            if (++passed == Wide)
            {
                return true;
            }
        }

        return false;
    }

    // a look-up in a map of many keys would walk past them each time
    private KeyIndex Indexed(int map)
    {
        if (keys?.TryGetValue(map, out var known) == true)
        {
            return known;
        }

        KeyIndex index = new(new(StringComparer.Ordinal), []);
        Dictionary<string, int> last = new(StringComparer.Ordinal);
        foreach (var (key, value) in Entries(map))
        {
            if (nodes[key].Kind == NodeKind.Scalar && this[key].Value is var name && !index.First.TryAdd(name, value))
            {
                index.Again[last.GetValueOrDefault(name, index.First[name])] = value;
                last[name] = value;
            }
        }

        // several threads may look into one tree
        Interlocked.CompareExchange(ref keys, new(), null);
        return keys.GetOrAdd(map, index);
    }

    /// <param name="First">The first value under each key: of equal keys the first one counts.</param>
    /// <param name="Again">For a value the next one under the same key.</param>
    private sealed record KeyIndex(Dictionary<string, int> First, Dictionary<int, int> Again);

    /// <summary>The entries of a map by the nodes of their keys and values as they are written, aliases not followed; none when it is no map, or the tree is empty.</summary>
    public EntryList Entries(int map) => new(nodes, map >= 0 && map < Count && nodes[map].Kind == NodeKind.Map ? nodes[map].First : -1);

    /// <summary>The items of a list as they are written, aliases not followed; none when it is no list.</summary>
    public ItemList Items(int list) => new(nodes, list >= 0 && list < Count && nodes[list].Kind == NodeKind.Sequence ? nodes[list].First : -1);

    /// <summary>The items of a list, aliases followed: for a walk that yields.</summary>
    public List<int> Targets(int list)
    {
        List<int> found = [];
        foreach (var item in Items(list))
        {
            found.Add(Target(item));
        }

        return found;
    }

    /// <summary>What steps lead to from a node, aliases resolved; -1 when there is nothing.</summary>
    public int Find(Steps steps, int from = 0)
    {
        var at = from;
        foreach (var step in steps.Span)
        {
            at = step.Key is { } key ? Child(at, key) : step.IsItem ? ItemAt(at, step.Index) : -1;
        }

        return at;
    }

    /// <summary>An item of a list, aliases resolved; -1 when there is none.</summary>
    public int ItemAt(int list, int index)
    {
        list = Target(list);
        if (list < 0 || index < 0 || nodes[list].Kind != NodeKind.Sequence)
        {
            return -1;
        }

        if (index >= Wide)
        {
            var all = ItemsOf(list);
            return index < all.Length ? Target(all[index]) : -1;
        }

        var item = nodes[list].First;
        for (var i = 0; item >= 0 && i < index; i++)
        {
            item = nodes[item].Next;
        }

        return Target(item);
    }

    private int[] ItemsOf(int list)
    {
        Interlocked.CompareExchange(ref items, new(), null);
        return items.GetOrAdd(list, static (list, tree) =>
        {
            List<int> all = [];
            foreach (var item in tree.Items(list))
            {
                all.Add(item);
            }

            return [.. all];
        }, this);
    }

    /// <summary>The text of a scalar under a key, or null.</summary>
    public string? Text(int map, string key) => Child(map, key) is var v and >= 0 && nodes[v].Kind == NodeKind.Scalar ? this[v].Value : null;

    /// <summary>True for a plain <c>null</c>, <c>~</c> or nothing.</summary>
    public bool IsNull(int index) => this[index] is { Kind: NodeKind.Scalar, IsPlain: true, Value: "" or "null" or "~" or "Null" or "NULL" };
}

internal enum TreeSyntax
{
    Yaml,
    Json,

    /// <summary>HCL, native syntax: blocks are maps under their type and labels, and a key may stand in a map several times.</summary>
    Hcl,

    /// <summary>Azure's Bicep.</summary>
    Bicep,

    /// <summary>TOML 1.0.</summary>
    Toml,
}
