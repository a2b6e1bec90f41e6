using Cleat.Uses;

namespace Cleat.Formats.Kustomize;

/// <summary>Which images a kustomization has before it sets its own.</summary>
internal static class KustomizeGraph
{
    /// <summary>No real one nests so deep; what includes itself ends here.</summary>
    public const int Deepest = 32;

    /// <summary>The images of all that a kustomization includes, each once, as they reach its own entries.</summary>
    /// <param name="patches">Those in patches that stand in it as text.</param>
    public static IReadOnlyCollection<BuiltImage> Before(KustomizationFolder kustomization, IEnumerable<ImageUse> patches) =>
        Gathered(kustomization, [], patches, new(StringComparer.Ordinal), 0);

    private static HashSet<BuiltImage> Gathered(KustomizationFolder from, HashSet<BuiltImage> images, IEnumerable<ImageUse> patches, Dictionary<string, HashSet<BuiltImage>> built, int depth)
    {
        images.UnionWith(from.Manifests.SelectMany(from.Uses).Select(BuiltImage.Of));
        if (depth < Deepest)
        {
            foreach (var inner in from.Bases)
            {
                images.UnionWith(Built(inner, built, depth + 1));
            }

            // a component works on the objects that are there already, as the kustomization's own images do afterwards
            foreach (var component in from.Components)
            {
                images = Set(component, Gathered(component, images, [], built, depth + 1));
            }
        }

        images.UnionWith(from.Patches.SelectMany(from.Uses).Concat(patches).Select(BuiltImage.Of));
        return images;
    }

    private static HashSet<BuiltImage> Built(KustomizationFolder from, Dictionary<string, HashSet<BuiltImage>> built, int depth)
    {
        if (!built.TryGetValue(from.Path!, out var images))
        {
            // what includes itself finds itself empty
            built[from.Path!] = [];
            built[from.Path!] = images = Set(from, Gathered(from, [], [], built, depth));
        }

        return images;
    }

    // an entry names an image even when no object here has it: the object may come from elsewhere
    private static HashSet<BuiltImage> Set(KustomizationFolder from, HashSet<BuiltImage> images) =>
        [.. images.Select(image => image.IsSetIn(from.Fields) ? image with { Text = from.Layer.Apply(image.Text) } : image),
         .. (from.Content?.Images ?? []).Where(e => !e.LeavesVersion).Select(e => new BuiltImage(ImageEntry.Text(e.NewName ?? e.Name, e.NewTag, e.Digest), null))];
}

/// <summary>An image in what a kustomization builds.</summary>
/// <param name="Field">The use, when it stands in a field that only configured kustomizations set; null where all do.</param>
internal sealed record BuiltImage(string Text, ImageUse? Field)
{
    public static BuiltImage Of(ImageUse use) => new(use.Text, ImageTransformer.IsAlwaysSet(use) ? null : use);

    public bool IsSetIn(IReadOnlyList<FieldSpec> fields) => Field is not { } use || fields.Any(f => f.Holds(use));
}
