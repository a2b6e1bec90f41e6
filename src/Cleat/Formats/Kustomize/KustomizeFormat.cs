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
        Glance = ["images", "resources", "bases", "components", "patch", "helmCharts"],
        Words = ["images", "patch", "helmCharts"],
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
        var kustomization = Kustomization.Of(tree);
        var name = reading.Source.Path[(reading.Source.Path.LastIndexOf('/') + 1)..];
        var inclusion = Inclusion.Of(kustomization, name, reading.Beside);
        reading.Sink.Inclusion = inclusion;
        Lazy<List<string>> pinned = new(() => PinnedBelow(inclusion, kustomization, reading.Beside));
        PatchText.Read(tree, reading.Format, reading.Sink, reading.Beside);
        TreeWalk.Find(tree, ChartValues, out _).ForEach(match => InnerValues.Take(new(tree, match, reading.Format, reading.Sink, reading.Beside)));
        foreach (var match in TreeWalk.Find(tree, Images, out _))
        {
            if (SplitImage.Use(tree, match.Node, reading.Format.Name, match.Steps) is { } use)
            {
                var entry = Kustomization.Entry(tree, match.Node)!;
                var unpins = use.Verdict is Verdict.Unpinned or Verdict.Dynamic && !entry.LeavesVersion && pinned.Value.Exists(entry.Matches);
                reading.Sink.Add(unpins ? use with { Rule = Rule.KustomizeUnpins } : use);
            }
        }
    }

    // what the included files pin, as it reads before the kustomization's own entries
    private static List<string> PinnedBelow(Inclusion inclusion, Kustomization kustomization, Surroundings beside)
    {
        List<string> pinned = [];
        foreach (var file in inclusion.Files)
        {
            bool IsSet(ImageUse use) => file.Entries.Exists(entry => ImageTransformer.IsSet(use, entry));
            var inner = file with { Entries = [.. file.Entries.Take(file.Entries.Count - kustomization.Images.Count)] };
            if (beside.Read(file.Path, keeps: inclusion.Kustomizations.Contains(file.Path)) is not { } source)
            {
                continue;
            }

            if (file.IsPatches)
            {
                pinned.AddRange(PatchText.In(source).Where(IsSet).Select(inner.Apply));
            }
            else if (inclusion.Kustomizations.Contains(file.Path))
            {
                pinned.AddRange((Kustomization.Read(source)?.Images ?? []).Select(e => inner.Apply(ImageEntry.Written(e.NewName ?? e.Name, e.NewTag, e.Digest))));
            }
            else if (source.Span.IndexOf("image"u8) >= 0 && (source.Span.IndexOf("@sha"u8) >= 0 || inner.Entries.Exists(e => e.Digest is not null || e.NewTag?.Contains('@', StringComparison.Ordinal) == true)))
            {
                UseSink found = new();
                FileReading.ReadTrees(source, [JsonPatch.Format, KubernetesFormat.Format], found, Surroundings.None);
                pinned.AddRange(found.Uses.Where(IsSet).Select(inner.Apply));
            }
        }

        pinned.RemoveAll(image => !image.Contains('@', StringComparison.Ordinal));
        return pinned;
    }
}
