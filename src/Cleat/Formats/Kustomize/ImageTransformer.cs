using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Formats.Kustomize;

/// <summary>Which references kustomize sets: of a manifest, of a patch, of an inner kustomization.</summary>
internal static class ImageTransformer
{
    private const string Kustomize = "kustomize";

    /// <summary>True when every kustomization sets images where the use stands; elsewhere it depends on what it configures.</summary>
    public static bool IsAlwaysSet(ImageUse use) => IsEntry(use) || IsContainer(use);

    /// <summary>True for an image of a patch that stands as text in a kustomization.</summary>
    public static bool IsInPatch(ImageUse use) => use is { Format: Kustomize, Steps: { Count: > 0 } steps } && steps[0].Key?.StartsWith("patches", StringComparison.Ordinal) == true;

    private static bool IsEntry(ImageUse use) => use is { Format: Kustomize, Steps: { Count: > 1 } steps } && steps[0].Key == "images" && steps[1].IsItem;

    // `image` in a list `containers` or `initContainers`, at any depth of any kind: nothing else is set unless the kustomization configures it
    // (kustomize 5.5, tried; an image volume is left as it is)
    private static bool IsContainer(ImageUse use) =>
        use.Steps is { Count: > 2 } steps && steps.Key == "image" && steps[steps.Count - 2].IsItem && steps[steps.Count - 3].Key is "containers" or "initContainers" && IsField(use);

    // not the text of a patch that Argo CD or Flux lays on, nor values, of which a chart makes what is not known here
    private static bool IsField(ImageUse use) =>
        use.Format == Kustomize ? use.Steps[0].Key != "helmCharts"
        : use.Format == "kubernetes" && !HoldsText(use.Steps);

    private static bool HoldsText(Steps steps)
    {
        foreach (var step in steps.Span)
        {
            if (step.IsInto)
            {
                return true;
            }
        }

        return false;
    }
}
