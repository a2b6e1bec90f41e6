using System.Text;
using Cleat.Files;
using Cleat.Text;
using Cleat.Trees.Yaml;
using Cleat.Trees;

namespace Cleat.Running.Kubernetes;

/// <summary>One kubeconfig file.</summary>
internal sealed class KubeconfigFile
{
    private readonly string path;
    private readonly Tree tree;

    private KubeconfigFile(string path, Tree tree)
    {
        this.path = path;
        this.tree = tree;
    }

    public string? CurrentContext => tree.Text(0, "current-context");

    public IEnumerable<string> Contexts => Named("contexts").Select(e => e.Name);

    /// <summary>Reads a file; null when there is none.</summary>
    /// <exception cref="CleatException">It cannot be read, or is no YAML.</exception>
    public static KubeconfigFile? Read(string path)
    {
        var read = SettingsFile.Read(path);
        if (read.Failure == ReadFailure.Vanished)
        {
            return null;
        }

        if (!read.Succeeded)
        {
            throw new CleatException($"the kubeconfig {path} cannot be read: {read.Message}");
        }

        SourceText source = new(path, read.Bytes);
        var trees = YamlTrees.Read(source, new(0, read.Bytes.Length), out var problem);
        return problem is not null
            ? throw new CleatException($"{path}:{source.Position(problem.Offset).Line}: {problem.Message}")
            : trees.Count == 0 || trees[0].Count == 0 ? null : new(SlashPath.GetFullPath(path), trees[0]);
    }

    /// <summary>What a list has under a name; null when it has none.</summary>
    public KubeconfigEntry? Entry(string list, string name, string kind) =>
        Named(list).Where(e => e.Name == name).Select(e => tree.Child(e.Node, kind)).Where(n => n >= 0).Select(n => new KubeconfigEntry(path, tree, n)).FirstOrDefault();

    private IEnumerable<(string Name, int Node)> Named(string list)
    {
        var items = tree.Child(0, list);
        if (items < 0 || tree[items].Kind != NodeKind.Sequence)
        {
            yield break;
        }

        for (var item = tree[items].First; item >= 0; item = tree[item].Next)
        {
            if (tree.Text(item, "name") is { } name)
            {
                yield return (name, tree.Target(item));
            }
        }
    }
}

/// <summary>A context, a cluster, a user, or a part of one.</summary>
internal sealed class KubeconfigEntry(string file, Tree tree, int node)
{
    public string File => file;

    public string? Text(string key) => tree.Text(node, key);

    public KubeconfigEntry? Child(string key) => tree.Child(node, key) is var child and >= 0 && tree[child].Kind == NodeKind.Map ? new(file, tree, child) : null;

    /// <summary>A path, taken from the file's folder; null when it is not said.</summary>
    public string? Path(string key) => Text(key) is { Length: > 0 } path ? System.IO.Path.GetFullPath(path, System.IO.Path.GetDirectoryName(file)!) : null;

    /// <summary>The items of a list, in order; text alone, or what each says under the keys.</summary>
    public IEnumerable<(string? Text, KubeconfigEntry Item)> Items(string key)
    {
        var list = tree.Child(node, key);
        if (list < 0 || tree[list].Kind != NodeKind.Sequence)
        {
            yield break;
        }

        for (var item = tree[list].First; item >= 0; item = tree[item].Next)
        {
            var target = tree.Target(item);
            yield return (tree[target].Kind == NodeKind.Scalar ? tree[target].Value : null, new(file, tree, target));
        }
    }

    /// <summary>The text that <c>KEY-data</c> holds in base64, or that lies in the file that <c>KEY</c> names; data wins.</summary>
    /// <exception cref="CleatException">It is said, but cannot be had.</exception>
    public string? Data(string key)
    {
        try
        {
            if (Text(key + "-data") is { Length: > 0 } data)
            {
                return Encoding.ASCII.GetString(Convert.FromBase64String(data));
            }
        }
        catch (FormatException)
        {
            throw new CleatException($"{file}: {key}-data is not base64");
        }

        return Path(key) is not { } path ? null
            : SettingsFile.ReadText(path, out var problem) ?? throw new CleatException($"{file}: {key}: {path} cannot be read: {problem}");
    }
}
