using System.Buffers;
using Cleat.Text;
using Cleat.Trees.Braces;

namespace Cleat.Trees;

/// <summary>Collects a document's nodes from a reader's events.</summary>
/// <param name="text">What is read, by which it is guessed how many nodes are still to come; the default where that is not known.</param>
internal sealed class TreeBuilder(TextSpan text = default)
{
    /// <summary>No real document comes near; the programs that read these files stop at 10,000 or much earlier.</summary>
    public const int DeepestNesting = 1_000;

    private const int FewNodes = 1024;
    private const int MostKept = 1 << 16;
    private const int MostGuessed = 8;

    // for each open map or list its node and that node's last child
    private (int Node, int LastChild)[] open = new (int, int)[32];

    // rented with the first node: many builders never get one
    private Node[] nodes = [];
    private Dictionary<string, int>? anchors;
    private Dictionary<int, int>? targets;
    private int count;
    private int depth;

    /// <summary>Gives back what was rented; nothing is built afterwards.</summary>
    public void End()
    {
        Give(nodes);
        nodes = [];
    }

    /// <summary>Gives nodes back to be rented again; of large arrays, one of which may have hundreds of megabytes, none is kept.</summary>
    internal static void Give(Node[] nodes)
    {
        if (nodes.Length is > 0 and <= MostKept)
        {
            ArrayPool<Node>.Shared.Return(nodes);
        }
    }

    public void Scalar(string value, TextSpan span, bool plain, string? anchor = null, string? tag = null) =>
        Add(new(NodeKind.Scalar, value, span, plain, -1, -1, tag), anchor);

    /// <summary>A scalar whose text is the bytes of its span as they stand, decoded when they are asked for.</summary>
    public void AddScalar(TextSpan span, bool plain) => Add(new(NodeKind.Scalar, null!, span, plain, -1, -1, null), null);

    public void Alias(string name, TextSpan span)
    {
        var index = Add(new(NodeKind.Alias, name, span, false, -1, -1, null), null);
        if (anchors?.TryGetValue(name, out var target) == true)
        {
            (targets ??= [])[index] = target;
        }
    }

    /// <summary>True when a further level would be one too many.</summary>
    public bool IsFull => depth >= DeepestNesting;

    public static string TooDeep => $"nested deeper than {DeepestNesting} levels: not read";

    public void Open(NodeKind kind, int start, string? anchor = null, string? tag = null)
    {
        var index = Add(new(kind, "", new(start, 0), false, -1, -1, tag), anchor);
        if (depth == open.Length)
        {
            Array.Resize(ref open, 2 * depth);
        }

        open[depth++] = (index, -1);
    }

    public void Close(int end)
    {
        ref var node = ref nodes[open[--depth].Node];
        node.Span = TextSpan.FromBounds(node.Span.Start, Math.Max(end, node.Span.Start));
    }

    /// <summary>The node that comes next.</summary>
    public int Count => count;

    /// <summary>Makes a scalar of a list or map that was read last: what lies in it is forgotten.</summary>
    public void Flatten(int node, string value, TextSpan span, string? tag)
    {
        nodes[node] = new(NodeKind.Scalar, value, span, true, -1, -1, tag);
        count = node + 1;
    }

    /// <summary>The finished document; the builder is empty again afterwards.</summary>
    public Tree Build(SourceText source, TreeSyntax syntax, IReadOnlyList<Loop>? loops = null)
    {
        var built = nodes;
        if (count < nodes.Length / 2)
        {
            built = ArrayPool<Node>.Shared.Rent(count);
            Array.Copy(nodes, built, count);
        }
        else
        {
            nodes = [];
        }

        Tree tree = new(source, syntax, built, count, targets) { Loops = loops ?? [] };
        Clear();
        return tree;
    }

    /// <summary>The finished document, after which nothing more is built.</summary>
    public Tree BuildLast(SourceText source, TreeSyntax syntax, IReadOnlyList<Loop>? loops = null)
    {
        var tree = Build(source, syntax, loops);
        End();
        return tree;
    }

    public bool IsEmpty => count == 0;

    public void Clear()
    {
        (count, depth) = (0, 0);
        (anchors, targets) = (null, null);
    }

    private int Add(Node node, string? anchor)
    {
        var index = count++;
        if (index == nodes.Length)
        {
            Grow();
        }

        nodes[index] = node;
        if (depth > 0)
        {
            ref var parent = ref open[depth - 1];
            if (parent.LastChild < 0)
            {
                nodes[parent.Node].First = index;
            }
            else
            {
                nodes[parent.LastChild].Next = index;
            }

            parent.LastChild = index;
        }

        if (!string.IsNullOrEmpty(anchor))
        {
            (anchors ??= new(StringComparer.Ordinal))[anchor] = index;
        }

        return index;
    }

    // as many nodes for each byte of the rest as so far, and some more: doubled arrays of millions of nodes would be half empty
    private int Guess()
    {
        var passed = nodes[^1].Span.Start - text.Start;
        return passed <= 0 ? 0 : (int)long.Min((long)count * MostGuessed, ((long)count * text.Length / passed) + (count / 16));
    }

    private void Grow()
    {
        var length = count >= MostKept && Guess() is var guess && guess > count ? guess : int.Max(FewNodes, 2 * nodes.Length);
        var more = length > MostKept ? new Node[length] : ArrayPool<Node>.Shared.Rent(length);
        nodes.CopyTo(more, 0);
        Give(nodes);
        nodes = more;
    }
}
