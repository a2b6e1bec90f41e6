using Cleat.Uses;

namespace Cleat.Formats.Kustomize;

/// <summary>
/// Which references of a run the kustomizations pin that include them. A reference is covered when every kustomization that is built by
/// itself (no other one of the run includes it) and includes the file pins it: one overlay with a tag leaves it a violation.
/// </summary>
internal sealed class Coverage
{
    private readonly Dictionary<string, List<(string Kustomization, IncludedFile File)>> included = new(StringComparer.Ordinal);

    /// <param name="read">The kustomizations of the run, by absolute path with <c>/</c>, as those of what they include are.</param>
    public Coverage(IReadOnlyCollection<(string Path, Inclusion Inclusion)> read)
    {
        if (!read.Any(k => k.Inclusion.Files.Any(f => f.Entries.Count > 0)))
        {
            // no kustomization says anything about images
            return;
        }

        foreach (var (path, inclusion) in BuiltByThemselves(read))
        {
            foreach (var file in inclusion.Files)
            {
                included.TryAdd(file.Path, []);
                included[file.Path].Add((path, file));
            }
        }
    }

    /// <summary>True when a kustomization includes the file.</summary>
    public bool Holds(string path) => included.ContainsKey(path);

    /// <summary>The kustomizations that no other one includes, in the order of their paths.</summary>
    public static IEnumerable<(string Path, Inclusion Inclusion)> BuiltByThemselves(IReadOnlyCollection<(string Path, Inclusion Inclusion)> read)
    {
        HashSet<string> inner = new(read.SelectMany(k => k.Inclusion.Kustomizations), StringComparer.Ordinal);
        return read.Where(k => !inner.Contains(k.Path)).OrderBy(k => k.Path, StringComparer.Ordinal);
    }

    /// <summary>The path of a kustomization that pins the use; null when none does, or not all that include it.</summary>
    /// <param name="path">Absolute path of the file that the use stands in.</param>
    public string? By(string path, ImageUse use)
    {
        if (use.Verdict != Verdict.Unpinned || !included.TryGetValue(path, out var files))
        {
            return null;
        }

        var isInPatch = ImageTransformer.IsInPatch(use);
        var all = files.FindAll(k => k.File.IsPatches == isInPatch);
        return all.Count > 0 && all.TrueForAll(k => ImageTransformer.IsPinned(k.File, use)) ? all[0].Kustomization : null;
    }
}
