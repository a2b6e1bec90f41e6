using Cleat.Uses;

namespace Cleat.Formats.Kustomize;

/// <summary>Which references kustomize sets: of a manifest, of a patch, of an inner kustomization.</summary>
internal static class ImageTransformer
{
    private const string Kustomize = "kustomize";

    /// <summary>True when an entry is set where the use stands, if it fits the image.</summary>
    public static bool IsSet(ImageUse use, ImageEntry entry) => IsEntry(use) || IsContainer(use) || entry.Fields.Any(field => field.Holds(use));

    /// <summary>True for an image of a patch that stands as text in a kustomization.</summary>
    public static bool IsInPatch(ImageUse use) => use.Format == Kustomize && use.Path.StartsWith("patches", StringComparison.Ordinal);

    /// <summary>True when the reference, as it is built, has a good digest.</summary>
    public static bool IsPinned(IncludedFile file, ImageUse use) =>
        file.Entries.Exists(entry => IsSet(use, entry)) && Policy.Judge(file.Apply(use)).Verdict == Verdict.Pinned;

    private static bool IsEntry(ImageUse use) => use.Format == Kustomize && use.Path.StartsWith("images[", StringComparison.Ordinal);

    // `image` in a list `containers` or `initContainers`, at any depth of any kind: nothing else is set unless the kustomization configures it
    // (kustomize 5.5, tried; an image volume is left as it is)
    private static bool IsContainer(ImageUse use)
    {
        if (!use.Path.EndsWith("].image", StringComparison.Ordinal) || !IsField(use))
        {
            return false;
        }

        var list = use.Path.AsSpan()[..use.Path.LastIndexOf('[')];
        return list[(list.LastIndexOfAny('.', ':') + 1)..] is "containers" or "initContainers";
    }

    // not the text of a patch that Argo CD or Flux lays on, nor values, of which a chart makes what is not known here
    private static bool IsField(ImageUse use) =>
        use.Format == Kustomize ? !use.Path.StartsWith("helmCharts[", StringComparison.Ordinal)
        : use.Format == "kubernetes" && !use.Path.Contains("].patch:", StringComparison.Ordinal);
}
