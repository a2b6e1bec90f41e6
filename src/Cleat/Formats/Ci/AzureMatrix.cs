using Cleat.Trees;

namespace Cleat.Formats.Ci;

/// <summary>The legs of a job's matrix: maps of variables by the leg's name.</summary>
internal sealed class AzureMatrix
{
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <param name="matrix">The node of the map of legs; -1 for none.</param>
    public AzureMatrix(Tree tree, int matrix)
    {
        List<(string Name, int Node)> legs = [];
        foreach (var (key, value) in tree.Entries(matrix))
        {
            var leg = tree.Target(value);
            legs.Add((tree[key].Value, leg));
            foreach (var (name, _) in tree.Entries(leg))
            {
                if (tree[name].Kind == NodeKind.Scalar)
                {
                    names.Add(tree[name].Value);
                }
            }
        }

        Legs = legs;
    }

    public IReadOnlyList<(string Name, int Node)> Legs { get; }

    /// <summary>True when a leg gives the variable.</summary>
    public bool Gives(string name) => names.Contains(name);
}
