using Cleat.Formats.Variables;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Ci;

/// <summary>A matrix of lists, with combinations beside them that are written out.</summary>
/// <param name="lists">Where the map of the lists is.</param>
/// <param name="entries">Where the combinations are.</param>
/// <param name="below">The key in a combination under which its values stand; null when they stand in it.</param>
internal sealed class CiMatrix(Tree tree, Steps lists, Steps entries, string? below = null)
{
    /// <summary>The key of a value in a combination, where it has another in the lists; a combination may then be left out with <c>skip</c>.</summary>
    public string? EntryKey { get; init; }

    /// <summary>The value of a key in the combination that is chosen; null when it has none that is known.</summary>
    /// <param name="words">How the file refers to it.</param>
    public KnownValue? Value(string key, Choices choices, params ReadOnlySpan<string> words)
    {
        List<(int Node, Steps Path)> values = [];
        Add(tree.Child(tree.Find(lists), key), lists.Add(key), values);
        var index = 0;
        foreach (var item in tree.Items(tree.Find(entries)))
        {
            var path = entries.Add(index++);
            var combination = below is null ? tree.Target(item) : tree.Child(item, below);
            if ((below is null && EntryKey is null) || tree.Text(tree.Target(item), "skip") is null or "" or "false")
            {
                Add(tree.Child(combination, EntryKey ?? key), (below is null ? path : path.Add(below)).Add(EntryKey ?? key), values);
            }
        }

        if (values.Count == 0)
        {
            return null;
        }

        var (node, at) = values[choices.Take((lists, key), values.Count)];
        return KnownValue.At(tree, node, at, words);
    }

    // a list of values, or one
    private void Add(int node, Steps path, List<(int, Steps)> values)
    {
        if (node >= 0 && tree[node].Kind == NodeKind.Scalar)
        {
            values.Add((node, path));
        }

        var index = 0;
        foreach (var item in tree.Items(node))
        {
            values.Add((tree.Target(item), path.Add(index++)));
        }
    }
}
