using Cleat.Findings;

namespace Cleat.Formats.Kustomize;

/// <summary>Which references of a manifest kustomize sets.</summary>
internal static class Covers
{
    /// <summary>
    /// True for <c>image</c> in a list <c>containers</c> or <c>initContainers</c>, at any depth of any kind: nothing else is set unless the
    /// kustomization configures it (kustomize 5.5, tried; an image volume is left as it is).
    /// </summary>
    public static bool IsSetByKustomize(ImageUse use)
    {
        if (use.Format != "kubernetes" || !use.Path.EndsWith("].image", StringComparison.Ordinal))
        {
            return false;
        }

        var list = use.Path.AsSpan()[..use.Path.LastIndexOf('[')];
        return list[(list.LastIndexOf('.') + 1)..] is "containers" or "initContainers";
    }

    /// <summary>True when the reference, as it is built, has a good digest.</summary>
    public static bool IsPinned(IncludedFile file, ImageUse use) =>
        (use.Format == "kustomize" || IsSetByKustomize(use)) && Policy.Judge(file.Apply(use.Text)).Verdict == Verdict.Pinned;
}
