using Cleat.Text;

namespace Cleat.Trees;

/// <summary>Collects a document's nodes from a reader's events.</summary>
internal sealed class TreeBuilder
{
    /// <summary>No real document comes near; the programs that read these files stop at 10,000 or much earlier.</summary>
    public const int DeepestNesting = 1_000;

    // one list a thread: what grows once need not grow again
    [ThreadStatic]
    private static List<Node>? spare;

    private readonly List<Node> nodes;
    private readonly Stack<(int Node, int LastChild)> open = new();
    private readonly Dictionary<string, int> anchors = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> targets = [];

    public TreeBuilder()
    {
        nodes = spare ?? new(1024);
        nodes.Clear();
        spare = null;
    }

    /// <summary>Hands the list of nodes back for the next builder; nothing is built afterwards.</summary>
    public void End()
    {
        nodes.Clear();
        spare = nodes;
    }

    public void Scalar(string value, TextSpan span, bool plain, string? anchor = null, string? tag = null) =>
        Add(new(NodeKind.Scalar, value, span, plain, -1, -1, tag), anchor);

    public void Alias(string name, TextSpan span)
    {
        var index = Add(new(NodeKind.Alias, name, span, false, -1, -1, null), null);
        if (anchors.TryGetValue(name, out var target))
        {
            targets[index] = target;
        }
    }

    /// <summary>True when a further level would be one too many.</summary>
    public bool IsFull => open.Count >= DeepestNesting;

    public static string TooDeep => $"nested deeper than {DeepestNesting} levels: not read";

    public void Open(NodeKind kind, int start, string? anchor = null, string? tag = null) =>
        open.Push((Add(new(kind, "", new(start, 0), false, -1, -1, tag), anchor), -1));

    public void Close(int end)
    {
        var (index, _) = open.Pop();
        nodes[index] = nodes[index] with { Span = TextSpan.FromBounds(nodes[index].Span.Start, Math.Max(end, nodes[index].Span.Start)) };
    }

    /// <summary>The finished document; the builder is empty again afterwards.</summary>
    public Tree Build(SourceText source, TreeSyntax syntax)
    {
        Tree tree = new(source, syntax, nodes, targets.Count == 0 ? null : new(targets));
        Clear();
        return tree;
    }

    public bool IsEmpty => nodes.Count == 0;

    public void Clear()
    {
        nodes.Clear();
        open.Clear();
        anchors.Clear();
        targets.Clear();
    }

    private int Add(Node node, string? anchor)
    {
        var index = nodes.Count;
        nodes.Add(node);
        if (open.Count > 0)
        {
            var (parent, last) = open.Pop();
            if (last < 0)
            {
                nodes[parent] = nodes[parent] with { First = index };
            }
            else
            {
                nodes[last] = nodes[last] with { Next = index };
            }

            open.Push((parent, index));
        }

        if (!string.IsNullOrEmpty(anchor))
        {
            anchors[anchor] = index;
        }

        return index;
    }
}
