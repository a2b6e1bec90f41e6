using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Helm;

/// <summary>The way from the root of values down to a node of them. Nodes stand in the order of the text: each holds those up to its next sibling.</summary>
internal sealed class WayDown(Tree tree, int root)
{
    private readonly Dictionary<int, (int[] Keys, int[] Values)> inner = [];

    /// <summary>For each step the map or list, the node of the key in it (-1 in a list), and the step; nothing for the root itself.</summary>
    public List<(int Parent, int Key, Step Step)> Of(int node)
    {
        List<(int, int, Step)> way = [];
        for (var at = root; at >= 0 && at < node;)
        {
            if (!inner.TryGetValue(at, out var below))
            {
                inner.Add(at, below = Below(at));
            }

            var index = Array.BinarySearch(below.Values, node) is var found && found < 0 ? ~found - 1 : found;
            if (index < 0)
            {
                break;
            }

            var key = below.Keys.Length > 0 ? below.Keys[index] : -1;
            way.Add((at, key, key >= 0 ? tree[key].Value : index));
            at = below.Values[index];
        }

        return way;
    }

    private (int[] Keys, int[] Values) Below(int node)
    {
        List<int> keys = [];
        List<int> values = [];
        foreach (var (key, value) in tree.Entries(node))
        {
            keys.Add(key);
            values.Add(value);
        }

        foreach (var item in tree.Items(node))
        {
            values.Add(item);
        }

        return ([.. keys], [.. values]);
    }
}
