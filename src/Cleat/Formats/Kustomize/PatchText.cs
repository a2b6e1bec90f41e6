using Cleat.Formats.Embedded;
using Cleat.Formats.Kubernetes;
using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Kustomize;

/// <summary>
/// A patch as text in a kustomization, or in an object that holds a piece of one (Argo CD, Flux): a manifest that is laid over the object
/// (strategic merge), or a <see cref="JsonPatch"/>. kustomize tells them apart by what they are (5.6, tried).
/// </summary>
internal static class PatchText
{
    /// <summary>What stands in every patch that names an image.</summary>
    public const string Word = "mage";

    private static readonly PathSet Places = new("patches[].patch", "patchesStrategicMerge[]", "patchesJson6902[].patch");

    /// <summary>True for an entry of <c>patchesStrategicMerge</c> that is the patch itself, not the path of its file.</summary>
    public static bool Is(string entry) => entry.Contains('\n', StringComparison.Ordinal) || entry.Contains(": ", StringComparison.Ordinal) || entry.StartsWith('{');

    /// <summary>Reads all patches in a kustomization.</summary>
    public static void Read(Tree tree, Format format, UseSink sink, Surroundings beside) =>
        TreeWalk.Find(tree, Places, out _).ForEach(match => Take(new(tree, match, format, sink, beside)));

    /// <summary>The uses in the patches of a kustomization file.</summary>
    public static List<ImageUse> In(SourceText source)
    {
        UseSink found = new();
        Kustomization.Trees(source).ForEach(tree => Read(tree, KustomizeFormat.Format, found, Surroundings.None));
        return found.Uses;
    }

    /// <summary>Reads the patch that stands at a place.</summary>
    public static void Take(Place place)
    {
        if (place.Node.Kind != NodeKind.Scalar || !place.Node.Value.Contains(Word, StringComparison.Ordinal))
        {
            return;
        }

        var target = place.Tree.Child(place.Match.Holder, "target");
        EmbeddedYaml.Read(place, "the patch", (tree, sink) =>
        {
            UseSink found = new();
            if (JsonPatch.Is(tree))
            {
                JsonPatch.Read(tree, found, CustomResources.Paths($"{place.Tree.Text(target, "group")}/", place.Tree.Text(target, "kind")));
            }
            else if (KubernetesFormat.Format.Accepts(tree))
            {
                FileReading.ReadTree(tree, KubernetesFormat.Format, found, Surroundings.None);
            }

            found.Uses.ForEach(use => sink.Add(use with { Steps = Steps.Of(Step.Into).Add(use.Steps) }));
            found.Problems.ForEach(problem => sink.Problem(problem.Offset, problem.Message));
        });
    }
}
