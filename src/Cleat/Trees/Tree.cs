using System.Buffers;
using Cleat.Text;

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
    private readonly Dictionary<int, int>? targets;
    private Node[] nodes;

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
        ArrayPool<Node>.Shared.Return(nodes);
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

        for (var k = nodes[map].First; k >= 0; k = nodes[nodes[k].Next].Next)
        {
            if (nodes[k].Kind == NodeKind.Scalar && this[k].Value == key)
            {
                return Target(nodes[k].Next);
            }
        }

        return -1;
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
