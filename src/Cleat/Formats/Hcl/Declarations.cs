using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Hcl;

/// <summary>
/// What a file declares, found by the first two keys: a block by its type and first label (<c>variable "x"</c>), an attribute of <c>locals</c> by its name.
/// Several may have the same keys.
/// </summary>
internal sealed class Declarations
{
    private readonly Tree tree;
    private readonly Dictionary<(string Kind, string? Name), List<(int Node, Steps Path)>> found = [];

    public Declarations(Tree tree)
    {
        this.tree = tree;
        foreach (var (key, value) in tree.Entries(0))
        {
            var kind = tree[key].Value;
            Add(kind, null, value, Steps.Of(kind));
            foreach (var (name, declared) in tree.Entries(value))
            {
                Add(kind, tree[name].Value, declared, Steps.Of(kind, tree[name].Value));
            }
        }
    }

    /// <summary>What is declared, by its first two keys.</summary>
    public IEnumerable<(string Kind, string Name)> All => found.Keys.Where(k => k.Name is not null).Select(k => (k.Kind, k.Name!));

    /// <summary>The names that are declared under the first key.</summary>
    public IEnumerable<string> Names(string kind) => All.Where(k => k.Kind == kind).Select(k => k.Name);

    public bool Has(string kind, string name) => found.ContainsKey((kind, name));

    /// <summary>Every value that a path of keys leads to, with its own path.</summary>
    public IEnumerable<(int Node, Steps Path)> Of(params IReadOnlyList<string> keys)
    {
        var name = keys.Count > 1 && keys[1] != Traversal.Any ? keys[1] : null;
        foreach (var (node, path) in found.GetValueOrDefault((keys[0], name)) ?? [])
        {
            foreach (var (value, its) in Values.Of(tree, node, keys.Skip(name is null ? 1 : 2)))
            {
                yield return (value, path.Add(its));
            }
        }
    }

    /// <summary>The texts at what a path of keys leads to, and below it.</summary>
    public IEnumerable<ValueText> Texts(params IReadOnlyList<string> keys) => Of(keys).SelectMany(v => Values.Texts(tree, v.Node, v.Path));

    private void Add(string kind, string? name, int node, Steps path)
    {
        if (!found.TryGetValue((kind, name), out var all))
        {
            found[(kind, name)] = all = [];
        }

        all.Add((node, path));
    }
}
