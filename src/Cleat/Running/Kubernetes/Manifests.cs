using Cleat.Text;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Running.Kubernetes;

/// <summary>Finds in a manifest what made a workload of a cluster.</summary>
internal static class Manifests
{
    /// <summary>The uses of a file that the manifest of a workload's container holds.</summary>
    /// <param name="anyNamespace">A manifest that names no namespace is meant too: kustomize and <c>kubectl -n</c> give one later.</param>
    public static IEnumerable<ImageUse> Making(SourceText source, IReadOnlyList<ImageUse> uses, WorkloadUse workload, bool anyNamespace)
    {
        var syntax = TreeReading.Syntax(source);
        foreach (var part in TreeReading.Parts(source, syntax))
        {
            foreach (var tree in TreeReading.Read(source, part, syntax, out _))
            {
                var names = ObjectReading.Names(tree);
                foreach (var item in Objects(tree).Where(o => IsOf(tree, o, workload.Workload, anyNamespace)))
                {
                    var span = tree[item].Span;
                    foreach (var use in uses.Where(u => u.Format == "kubernetes" && span.Start <= u.Span.Start && u.Span.End <= span.End))
                    {
                        if (workload.Container is null ? use.Text == workload.Use.Text : names.TryGetValue(use.Span.Start, out var found) && found.Name == workload.Container)
                        {
                            yield return use;
                        }
                    }
                }
            }
        }
    }

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

    private static bool IsOf(Tree tree, int item, ClusterObject workload, bool anyNamespace)
    {
        var metadata = tree.Child(item, "metadata");
        return metadata >= 0 && tree.Text(item, "kind") == workload.Kind.Kind && tree.Text(metadata, "name") == workload.Name
            && (tree.Text(metadata, "namespace") ?? (anyNamespace ? workload.Namespace : null)) == workload.Namespace;
    }
}
