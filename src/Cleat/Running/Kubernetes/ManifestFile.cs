using Cleat.Findings;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Running.Kubernetes;

/// <summary>A file of a checkout, read and judged.</summary>
/// <param name="Path">As it is reported.</param>
/// <param name="FullPath">Absolute, with <c>/</c>.</param>
/// <param name="Findings">All that stands in it, in order.</param>
internal sealed record ManifestFile(string Path, string FullPath, SourceText Source, IReadOnlyList<Finding> Findings)
{
    /// <summary>The findings that stand within a part of the file.</summary>
    public IEnumerable<Finding> Within(TextSpan span)
    {
        var (low, high) = (0, Findings.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Findings[middle].Use.Span.Start < span.Start ? (middle + 1, high) : (low, middle);
        }

        return Findings.Skip(low).TakeWhile(f => f.Use.Span.End <= span.End);
    }
}

/// <summary>An image in a file.</summary>
internal sealed record ManifestPlace(ManifestFile File, Finding Finding)
{
    public ImageUse Use => Finding.Use;

    /// <summary>For messages: <c>web.yaml:12</c>.</summary>
    public override string ToString() => $"{File.Path}:{Finding.Position.Line}";
}

/// <summary>An image of an object that stands in a file.</summary>
/// <param name="Namespace">As the file says it; null when it does not: kustomize and <c>kubectl -n</c> give one later.</param>
/// <param name="Container">The name of the container or <c>volume NAME</c>; null for another field.</param>
internal sealed record ManifestImage(ManifestPlace Place, string? Namespace, string? Container);

/// <summary>The objects of a checkout by their kind and name. Each file is read once.</summary>
internal sealed class ManifestIndex
{
    private readonly Dictionary<(string Kind, string Name), List<ManifestImage>> images = [];

    public ManifestIndex(IEnumerable<ManifestFile> files)
    {
        foreach (var file in files)
        {
            Add(file);
        }
    }

    /// <summary>The images of every object of a kind and name, in the order of the files.</summary>
    public IReadOnlyList<ManifestImage> Of(string kind, string name) => images.GetValueOrDefault((kind, name)) ?? [];

    private void Add(ManifestFile file)
    {
        var syntax = TreeReading.Syntax(file.Source);
        foreach (var part in TreeReading.Parts(file.Source, syntax))
        {
            foreach (var tree in TreeReading.Read(file.Source, part, syntax, out _))
            {
                Add(file, tree);
            }
        }
    }

    private void Add(ManifestFile file, Tree tree)
    {
        Dictionary<int, (int Map, string Name)>? names = null;
        foreach (var item in Objects(tree))
        {
            var metadata = tree.Child(item, "metadata");
            if (metadata < 0 || tree.Text(item, "kind") is not { } kind || tree.Text(metadata, "name") is not { } name)
            {
                continue;
            }

            names ??= ObjectReading.Names(tree);
            foreach (var finding in file.Within(tree[item].Span))
            {
                if (!images.TryGetValue((kind, name), out var list))
                {
                    images[(kind, name)] = list = [];
                }

                list.Add(new(new(file, finding), tree.Text(metadata, "namespace"), names.TryGetValue(finding.Use.Span.Start, out var found) ? found.Name : null));
            }
        }
    }

    // an object by itself, or the items of a List
    private static IEnumerable<int> Objects(Tree tree)
    {
        if (tree.Count == 0)
        {
            yield break;
        }

        yield return 0;
        var items = tree.Child(0, "items");
        for (var item = items >= 0 && tree[items].Kind == NodeKind.Sequence ? tree[items].First : -1; item >= 0; item = tree[item].Next)
        {
            yield return tree.Target(item);
        }
    }
}
