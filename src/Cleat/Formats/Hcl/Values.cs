using Cleat.Trees.Paths;
using Cleat.Trees;

namespace Cleat.Formats.Hcl;

/// <summary>Looks up what names stand for in trees in which a key may stand several times.</summary>
internal static class Values
{
    /// <summary>Every value under a key of a map; with <see cref="Traversal.Any"/> every value of a map or list.</summary>
    private static IEnumerable<(int Node, Step Step)> Of(Tree tree, int map, string key)
    {
        if (tree.Count == 0 || tree[map].Kind == NodeKind.Scalar)
        {
            yield break;
        }

        if (tree[map].Kind == NodeKind.Sequence)
        {
            var index = 0;
            for (var item = key == Traversal.Any ? tree[map].First : -1; item >= 0; item = tree[item].Next)
            {
                yield return (item, index++);
            }

            yield break;
        }

        for (var k = tree[map].First; k >= 0; k = tree[tree[k].Next].Next)
        {
            if (key == Traversal.Any || tree[k].Value == key)
            {
                yield return (tree[k].Next, tree[k].Value);
            }
        }
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
        var isMap = tree[node].Kind == NodeKind.Map;
        for (int child = tree[node].First, i = 0; child >= 0; child = tree[child].Next, i++)
        {
            var key = child;
            child = isMap ? tree[child].Next : child;
            texts.AddRange(Texts(tree, child, path.Add(isMap ? tree[key].Value : (Step)i)));
        }

        return texts;
    }
}
