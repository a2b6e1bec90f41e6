using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Formats.Kustomize;

/// <summary>A file that a kustomization includes, and the entries its images pass through on the way, innermost first.</summary>
/// <param name="Path">Relative to the kustomization's folder.</param>
/// <param name="IsPatches">It stands for the patches in a kustomization, whose own images are set on them too.</param>
internal sealed record IncludedFile(string Path, List<ImageEntry> Entries, bool IsPatches = false)
{
    /// <summary>An image of the file as kustomize builds it.</summary>
    public string Apply(ImageUse use) => Apply(use.Text, Entries.Where(entry => ImageTransformer.IsSet(use, entry)));

    /// <summary>An image that is set in the file, where the file is a kustomization itself.</summary>
    public string Apply(string image) => Apply(image, Entries);

    /// <summary>The entry that says which tag or digest of an image of the file is built; null when the file's own text does.</summary>
    public ImageEntry? Deciding(ImageUse use)
    {
        ImageEntry? deciding = null;
        var image = use.Text;
        foreach (var entry in Entries.Where(entry => ImageTransformer.IsSet(use, entry)))
        {
            deciding = !entry.LeavesVersion && entry.Matches(image) ? entry : deciding;
            image = entry.Apply(image);
        }

        return deciding;
    }

    private static string Apply(string image, IEnumerable<ImageEntry> entries) => entries.Aggregate(image, (written, entry) => entry.Apply(written));
}

/// <summary>All that a kustomization includes, through folders, to any depth.</summary>
/// <param name="Files">Manifests, patches, and the kustomizations that it includes.</param>
/// <param name="Kustomizations">The paths of the kustomizations among them.</param>
internal sealed record Inclusion(IReadOnlyList<IncludedFile> Files, IReadOnlySet<string> Kustomizations)
{
    // no real one comes near; what includes itself ends here too
    private const int Deepest = 32;
    private const int Most = 10_000;

    /// <summary>The namespace that the kustomization gives to all it includes; null when it gives none.</summary>
    public string? Namespace { get; private init; }

    /// <summary>Follows what a kustomization includes. Addresses of other repositories are not followed.</summary>
    /// <param name="name">The name of its file.</param>
    public static Inclusion Of(Kustomization kustomization, string name, Surroundings beside)
    {
        HashSet<string> inner = new(StringComparer.Ordinal);
        Gathered gathered = new([], []);
        Gather(kustomization, name, beside, inner, gathered, 0);
        return new(gathered.Files, inner) { Namespace = kustomization.Namespace };
    }

    /// <summary>The same with paths that start where the folder's path does.</summary>
    public Inclusion Under(string folder) =>
        new([.. Files.Select(f => f with { Path = RelativePath.Join(folder, f.Path) })], Kustomizations.Select(p => RelativePath.Join(folder, p)).ToHashSet(StringComparer.Ordinal)) { Namespace = Namespace };

    // a component works on the resources that are there already, as the kustomization's own images do afterwards
    private static void Gather(Kustomization kustomization, string own, Surroundings beside, HashSet<string> inner, Gathered gathered, int depth)
    {
        var (files, fields) = gathered;
        var folder = RelativePath.Folder(own);
        foreach (var resource in kustomization.Resources)
        {
            var path = RelativePath.Join(folder, resource);
            if (files.Count > Most || depth > Deepest || resource.Contains("://", StringComparison.Ordinal) || resource.Contains('?', StringComparison.Ordinal))
            {
                continue;
            }

            if (Kustomize(path, beside) is var (file, child))
            {
                inner.Add(file);
                Gathered below = new([], []);
                Gather(child, file, beside, inner, below, depth + 1);
                files.AddRange(below.Files);
                fields.AddRange(below.Fields);
                files.Add(new(file, []));
            }
            else
            {
                files.Add(new(path, []));
            }
        }

        foreach (var component in kustomization.Components)
        {
            var path = RelativePath.Join(folder, component);
            if (depth <= Deepest && Kustomize(path, beside) is var (file, child))
            {
                inner.Add(file);
                Gather(child, file, beside, inner, gathered, depth + 1);
                files.Add(new(file, []));
            }
        }

        files.AddRange(kustomization.Patches.Select(p => new IncludedFile(RelativePath.Join(folder, p), [])));
        if (kustomization.HoldsPatches)
        {
            files.Add(new(own, [], IsPatches: true));
        }

        // what is configured further in holds here too (5.6, tried)
        fields.AddRange(kustomization.Configurations.SelectMany(c => beside.Read(RelativePath.Join(folder, c)) is { } read ? FieldSpec.Read(read) : []));
        List<FieldSpec> set = [.. fields];
        List<ImageEntry> images = [.. kustomization.Images.Select(i => i with { Fields = set, File = own })];
        foreach (var file in files)
        {
            file.Entries.AddRange(images);
        }
    }

    private static (string File, Kustomization Read)? Kustomize(string folder, Surroundings beside)
    {
        if (folder.EndsWith(".yaml", StringComparison.Ordinal) || folder.EndsWith(".yml", StringComparison.Ordinal) || folder.EndsWith(".json", StringComparison.Ordinal))
        {
            // a manifest: a folder of such a name is nobody's, and each look costs
            return null;
        }

        foreach (var name in Kustomization.Names)
        {
            var path = RelativePath.Join(folder, name);
            if (beside.Read(path) is { } source)
            {
                return Kustomization.Read(source) is { } read ? (path, read) : null;
            }
        }

        return null;
    }

    /// <summary>What lies below a kustomization, and the fields that images are set in there besides those of containers.</summary>
    private sealed record Gathered(List<IncludedFile> Files, List<FieldSpec> Fields);
}
