using Cleat.Trees.Paths;
using Cleat.Trees;

namespace Cleat.Formats.Variables;

/// <summary>A literal in a document that something else in it refers to.</summary>
internal static class Leaf
{
    /// <summary>The literal as a variable's value; null when the node is none, or is written with escapes.</summary>
    /// <param name="path">Where it stands, in the path language.</param>
    /// <param name="word">How the file refers to it: more than one such word make it shared.</param>
    public static KnownValue? Of(Tree tree, int node, Steps path, params ReadOnlySpan<string> word)
    {
        if (node < 0 || tree[node].Kind != NodeKind.Scalar || tree.IsNull(node) || tree[node].Tag is not null
            || tree.Source.Slice(tree[node].Span) is var raw && (raw != tree[node].Value || !System.Text.Ascii.IsValid(raw)))
        {
            return null;
        }

        var uses = 0;
        foreach (var w in word)
        {
            uses += tree.Source.WordCounts.Of(w);
        }

        return new KnownValue(raw, tree[node].Span, path, uses > 1);
    }
}
