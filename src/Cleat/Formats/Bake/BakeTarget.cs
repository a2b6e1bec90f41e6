using System.Text;
using Cleat.Formats.Dockerfile;
using Cleat.Formats.Hcl;
using Cleat.Formats.Terraform;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Braces;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Bake;

/// <summary>A target of a Bake file with what it inherits.</summary>
internal sealed class BakeTarget
{
    private const int Deepest = 5;

    private readonly ModuleFile file;

    // the target itself, then what it inherits
    private readonly List<(int Node, Steps Path)> nodes = [];

    public BakeTarget(ModuleFile file, int node, Steps path)
    {
        this.file = file;
        Add(node, path, 0);
    }

    /// <summary>The texts under a key of a map, in the target and what it inherits.</summary>
    public IEnumerable<ValueText> Texts(string map, string key) =>
        nodes.SelectMany(n => Values.Of(file.Tree, n.Node, [map, key]).SelectMany(v => Values.Texts(file.Tree, v.Node, n.Path.Add(v.Path))));

    /// <summary>The keys of a map, in the target and what it inherits; null when they are not all written here.</summary>
    public IReadOnlyCollection<string>? Keys(string map)
    {
        HashSet<string> keys = [];
        foreach (var child in nodes.SelectMany(n => file.Tree.Children(n.Node, map)))
        {
            if (file.Tree[child] is not { Kind: NodeKind.Map, Tag: null })
            {
                return null;
            }

            foreach (var (name, _) in file.Tree.Entries(child))
            {
                if (file.Tree[name].Tag == HclTrees.Expression)
                {
                    return null;
                }

                keys.Add(file.Tree[name].Value);
            }
        }

        return keys;
    }

    /// <summary>True when a name is a context of the target, and no image.</summary>
    public bool IsContext(string name) => Texts("contexts", name).Any();

    /// <summary>What the target's Dockerfile may be given; null when it has none that can be read.</summary>
    public BuildArguments? Dockerfile(LiteralFinder finder, Surroundings beside)
    {
        if (!nodes.Exists(n => file.Tree.Child(n.Node, "args") >= 0))
        {
            return null;
        }

        if (First("dockerfile-inline") is { } inline)
        {
            return BuildArguments.Read(new SourceText("Dockerfile", Encoding.UTF8.GetBytes(inline.Value)));
        }

        var context = First("context") is { } where ? finder.TextOf(where) : ".";
        var path = First("dockerfile") is { } name ? finder.TextOf(name) : "Dockerfile";
        return context is null || path is null || context.Contains(':', StringComparison.Ordinal) || path.StartsWith('/')
            ? null
            : beside.Parsed(context.TrimEnd('/') + "/" + path, BuildArguments.Read);
    }

    private ValueText? First(string key) =>
        nodes.Select(n => (n.Path, Value: file.Tree.Child(n.Node, key))).Where(n => n.Value >= 0).Select(n => (ValueText?)ValueText.Of(file.Tree, n.Value, n.Path.Add(key))).FirstOrDefault();

    private void Add(int node, Steps path, int depth)
    {
        nodes.Add((node, path));
        foreach (var parent in file.Tree.Items(file.Tree.Child(node, "inherits")))
        {
            if (depth < Deepest && file.Tree[parent] is { Kind: NodeKind.Scalar, Tag: null, Value: var name })
            {
                foreach (var (inherited, its) in file.Declared.Of("target", name))
                {
                    Add(inherited, its, depth + 1);
                }
            }
        }
    }
}
