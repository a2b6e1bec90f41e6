using Cleat.Formats.Kubernetes;
using Cleat.Trees.Paths;
using Cleat.Trees;

namespace Cleat.Formats.Kustomize;

/// <summary>
/// A patch as a list of operations (RFC 6902; kubectl.docs.kubernetes.io, <c>patches</c>): what <c>add</c> and <c>replace</c> put at an image's
/// place, or around one, is judged; uses have the path that they get in the patched object. As a file it is one only when a kustomization names it.
/// </summary>
internal static class JsonPatch
{
    // a field of this name in an object whose kind may not be known
    private static readonly PathSet AnyImage = new("**.image");

    // what holds keys of anybody's choice, and a Ceph block device
    private static readonly string[] OtherImages = ["annotations", "labels", "matchLabels", "nodeSelector", "data", "stringData", "binaryData", "rbd"];

    public static Format Format { get; } = new("kustomize", "Kustomize, a JSON patch that a kustomization names", "*.yaml", "*.yml", "*.json")
    {
        Signs = new() { IsList = true, Words = [PatchText.Word] },
        Claims = IsNamed,
        Recognises = Is,
        Paths = new("[]{op=add|replace}.path"),
        Take = place => Operation(place, null),
        Where = "the values of `add` and `replace` in `patches[].path` and `patchesJson6902[].path`: images, containers, pod specs",
    };

    public static bool Is(Tree tree) => tree.Count > 0 && tree[0].Kind == NodeKind.Sequence;

    /// <summary>Reads the patch, whose target is an object of a kind that may be known.</summary>
    public static void Read(Tree tree, UseSink sink, PathSet? ofKind)
    {
        foreach (var match in TreeWalk.Find(tree, Format.Paths!, out _))
        {
            Operation(new(tree, match, Format, sink, Surroundings.None), ofKind);
        }
    }

    private static void Operation(Place place, PathSet? ofKind)
    {
        var (tree, match, _, sink, beside) = place;
        var value = tree.Child(match.Holder, "value");
        if (value < 0 || place.Node.Kind != NodeKind.Scalar || Steps.OfPointer(place.Node.Value) is not { Count: > 0 } steps)
        {
            return;
        }

        var isImage = tree[value].Kind == NodeKind.Scalar && !(steps.Count > 1 && steps[steps.Count - 2].Key is { } around && OtherImages.Contains(around));
        HashSet<int> seen = [];
        foreach (var paths in (PathSet?[])[ofKind, KubernetesFormat.PodSpec, isImage ? AnyImage : null])
        {
            foreach (var found in paths is null ? [] : TreeWalk.Find(tree, paths, out _, value, steps).Where(f => seen.Add(f.Node)))
            {
                UseSink uses = new();
                KubernetesFormat.Format.Open!(new(tree, Format, uses, beside))(new(tree, found, Format, uses, beside));
                uses.Uses.ForEach(use => sink.AddOnce(use));
            }
        }
    }

    // kustomize reads no file outside the kustomization's folder unless it is told to
    private static bool IsNamed(string path, Surroundings beside)
    {
        var folders = path.Split('/');
        for (var levels = 1; levels <= folders.Length; levels++)
        {
            var inner = string.Join('/', folders[^levels..]);
            var up = string.Concat(Enumerable.Repeat("../", levels - 1));
            if (KustomizationFolder.Of(up, beside).Content?.PatchFiles.Contains(inner) == true)
            {
                return true;
            }
        }

        return false;
    }
}
