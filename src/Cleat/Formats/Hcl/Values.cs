using Cleat.Trees.Paths;
using Cleat.Trees;
using Cleat.Trees.Braces;

namespace Cleat.Formats.Hcl;

/// <summary>Looks up what names stand for in trees in which a key may stand several times.</summary>
internal static class Values
{
    /// <summary>Every value under a key of a map; with <see cref="Traversal.Any"/> every value of a map or list.</summary>
    public static IEnumerable<(int Node, Step Step)> Of(Tree tree, int map, string key)
    {
        if (tree.Count == 0 || tree[map].Kind == NodeKind.Scalar)
        {
            yield break;
        }

        if (Traversal.Index(key) is { } number)
        {
            foreach (var item in At(tree, map, number))
            {
                yield return item;
            }

            yield break;
        }

        if (key != Traversal.Any)
        {
            foreach (var value in tree.Children(map, key))
            {
                yield return (value, key);
            }

            // { for k, v in x : k => … } may give any key
            if (tree[map].First is var first and >= 0 && tree[map].Kind == NodeKind.Map && tree[first].Tag == HclTrees.Expression)
            {
                yield return (tree[first].Next, key);
            }

            yield break;
        }

        var index = 0;
        foreach (var item in tree.Items(map))
        {
            yield return (item, index++);
        }

        foreach (var (name, value) in tree.Entries(map))
        {
            yield return (value, tree[name].Value);
        }
    }

    // an item by its number; all that may be it where lists are joined, or where it is no list that is written here
    private static List<(int Node, Step Step)> At(Tree tree, int list, int number)
    {
        var all = Of(tree, list, Traversal.Any).ToList();
        return number < all.Count && tree[list] is { Kind: NodeKind.Sequence, Tag: null } && !all.Take(number + 1).Any(i => tree[i.Node].Tag == HclTrees.Expression) ? [all[number]] : all;
    }

    /// <summary>Every value that a path of keys leads to, with its own path.</summary>
    public static IEnumerable<(int Node, Steps Path)> Of(Tree tree, int map, IEnumerable<string> keys) =>
        keys.Aggregate((IEnumerable<(int Node, Steps Path)>)[(map, Steps.Root)], (nodes, key) => nodes.SelectMany(n => Of(tree, n.Node, key).Select(c => (c.Node, n.Path.Add(c.Step)))));

    /// <summary>The texts at a node and below it.</summary>
    public static IEnumerable<ValueText> Texts(Tree tree, int node, Steps path)
    {
        if (tree[node].Kind == NodeKind.Scalar)
        {
            return tree.IsNull(node) || tree[node].Value.Length == 0 ? [] : [ValueText.Of(tree, node, path)];
        }

        List<ValueText> texts = [];
        foreach (var (child, step) in Of(tree, node, Traversal.Any))
        {
            texts.AddRange(Texts(tree, child, path.Add(step)));
        }

        return texts;
    }
}
