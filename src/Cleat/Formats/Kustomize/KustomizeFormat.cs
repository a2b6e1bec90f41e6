using Cleat.Formats.Helm;
using Cleat.Formats.Kubernetes;
using Cleat.Trees.Paths;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Kustomize;

/// <summary>
/// Kustomize (kubectl.docs.kubernetes.io, Kustomization reference, <c>images</c>): name, tag and digest of an image stand in fields of their own.
/// An entry that sets neither tag nor digest names no image: what the base says runs.
/// </summary>
internal static class KustomizeFormat
{
    private static readonly PathSet Images = new("images[]");

    // kubectl.docs.kubernetes.io, HelmChart
    private static readonly PathSet ChartValues = new([.. InnerValues.Paths("helmCharts[].valuesInline")]);

    public static Format Format { get; } = new("kustomize", "Kustomize", Kustomization.Names)
    {
        // a kustomization without images of its own still hands on what it includes
        Signs = new() { Words = ["images", "resources", "bases", "components", "patch", "helmCharts"], WordsOfAny = ["images", "patch", "helmCharts"] },
        Read = Read,
        Where = "images[] with newTag and digest; a digest there covers the manifests that the kustomization includes, and its patches; patches as text; helmCharts[].valuesInline",
    };

    private static void Read(Reading reading)
    {
        var source = reading.Source;
        var syntax = TreeReading.Syntax(source);
        foreach (var part in TreeReading.Parts(source, syntax))
        {
            var trees = TreeReading.Read(source, part, syntax, out var problem);
            foreach (var tree in trees)
            {
                if (Kustomization.Is(tree))
                {
                    Document(tree, reading);
                }
                else if (tree.Count > 0 && KubernetesFormat.Format.Accepts(tree))
                {
                    // Flux has a kind Kustomization too
                    FileReading.ReadTree(tree, KubernetesFormat.Format, reading.Sink, reading.Beside);
                }
            }

            if (problem is not null)
            {
                reading.Sink.Problem(problem.Offset, problem.Message);
            }
        }
    }

    private static void Document(Tree tree, Reading reading)
    {
        var name = reading.Source.Path[(reading.Source.Path.LastIndexOf('/') + 1)..];
        var kustomization = Kustomization.Of(tree);
        var folder = KustomizationFolder.Of(kustomization, name, reading.Beside);
        reading.Sink.Kustomization = folder;
        PatchText.Read(tree, reading.Format, reading.Sink, reading.Beside);
        var patches = reading.Sink.Uses.ToList();
        TreeWalk.Find(tree, ChartValues, out _).ForEach(match => InnerValues.Take(new(tree, match, reading.Format, reading.Sink, reading.Beside)));
        EntryBases bases = new(folder, patches);
        Dictionary<int, int> entries = [];
        foreach (var (item, entry) in Kustomization.Items(tree, "images").Where(item => Kustomization.Entry(tree, item) is not null).Select((item, entry) => (item, entry)))
        {
            // an alias is no second entry to judge
            entries.TryAdd(item, entry);
        }

        foreach (var match in TreeWalk.Find(tree, Images, out _))
        {
            if (entries.TryGetValue(match.Node, out var entry) && SplitImage.Use(tree, match.Node, reading.Format.Name, match.Steps, () => bases.Of(entry)) is { } use)
            {
                var unpins = use.Verdict is Verdict.Unpinned or Verdict.Dynamic && !kustomization.Images[entry].LeavesVersion && bases.Of(entry).IsPinned;
                reading.Sink.Add(unpins ? use with { Rule = Rule.KustomizeUnpins } : use);
            }
        }
    }
}
