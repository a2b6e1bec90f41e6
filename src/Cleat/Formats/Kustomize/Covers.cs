using Cleat.Findings;

namespace Cleat.Formats.Kustomize;

/// <summary>Which references of a manifest kustomize sets.</summary>
internal static class Covers
{
    private const string Kustomize = "kustomize";

    /// <summary>
    /// True for <c>image</c> in a list <c>containers</c> or <c>initContainers</c>, at any depth of any kind: nothing else is set unless the
    /// kustomization configures it (kustomize 5.5, tried; an image volume is left as it is).
    /// </summary>
    public static bool IsSetByKustomize(ImageUse use)
    {
        if (use.Format is not ("kubernetes" or Kustomize) || !use.Path.EndsWith("].image", StringComparison.Ordinal))
        {
            return false;
        }

        var list = use.Path.AsSpan()[..use.Path.LastIndexOf('[')];
        return list[(list.LastIndexOf('.') + 1)..] is "containers" or "initContainers";
    }

    /// <summary>True for an image of a patch that stands as text in a kustomization.</summary>
    public static bool IsInPatch(ImageUse use) => use.Format == Kustomize && use.Path.StartsWith("patches", StringComparison.Ordinal);

    /// <summary>True when the reference, as it is built, has a good digest.</summary>
    public static bool IsPinned(IncludedFile file, ImageUse use) =>
        (IsEntry(use) || (IsSetByKustomize(use) && !IsChartValue(use))) && Policy.Judge(file.Apply(use.Text)).Verdict == Verdict.Pinned;

    private static bool IsEntry(ImageUse use) => use.Format == Kustomize && use.Path.StartsWith("images[", StringComparison.Ordinal);

    // what a chart makes of its values is not known here
    private static bool IsChartValue(ImageUse use) => use.Format == Kustomize && use.Path.StartsWith("helmCharts[", StringComparison.Ordinal);
}
