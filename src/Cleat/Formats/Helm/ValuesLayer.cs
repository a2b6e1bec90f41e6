using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Helm;

/// <summary>One of several documents of values that are laid over each other: the later one wins, key by key.</summary>
/// <param name="Root">The node of the values.</param>
internal readonly record struct ValuesLayer(Tree Tree, int Root)
{
    /// <summary>The text under a key of the map at a path; null when this layer says nothing there.</summary>
    public string? Text(Steps map, string key) =>
        Tree.Count > 0 && Tree.Find(map, Root) is var node and >= 0 && Tree.Text(node, key) is { Length: > 0 } text ? text : null;
}
