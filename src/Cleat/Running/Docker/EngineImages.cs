using Cleat.References;

namespace Cleat.Running.Docker;

/// <summary>What an engine knows of its images: by which digests registries know them.</summary>
internal sealed class EngineImages
{
    private readonly Dictionary<string, ListedImage> byId = new(StringComparer.Ordinal);

    public EngineImages(IEnumerable<ListedImage> images)
    {
        foreach (var image in images)
        {
            byId.TryAdd(WithoutAlgorithm(image.Id), image);
        }
    }

    /// <summary>An image's id without its algorithm: engines write it with and without.</summary>
    public static string WithoutAlgorithm(string? id) => id is null ? "" : id.StartsWith("sha256:", StringComparison.Ordinal) ? id["sha256:".Length..] : id;

    /// <summary>True when the text is an image's id, or the start of it, rather than a name.</summary>
    public static bool IsId(string text, string? image) => WithoutAlgorithm(text) is { Length: >= 12 } bare && WithoutAlgorithm(image).StartsWith(bare, StringComparison.Ordinal);

    /// <summary>The registries' names of an image: <c>repository@digest</c> each, those of the repository asked for alone where there are any.</summary>
    public IReadOnlyList<ImageReference> NamesOf(string? image, ImageReference? asked)
    {
        List<ImageReference> all = [.. (byId.GetValueOrDefault(WithoutAlgorithm(image))?.RepoDigests ?? [])
            .Select(text => ImageReference.TryParse(text, out var name, out _) ? name : null).OfType<ImageReference>()
            .Where(name => name.Digest is not null).OrderBy(name => name.Original, StringComparer.Ordinal)];
        var own = asked is null ? [] : all.FindAll(name => IsOf(name, asked));
        return own.Count > 0 ? own : all;
    }

    /// <summary>The image that a tag means on this engine; null when it has none.</summary>
    public ListedImage? Tagged(ImageReference asked) => byId.Values.FirstOrDefault(image => (image.RepoTags ?? [])
        .Any(text => ImageReference.TryParse(text, out var name, out _) && IsOf(name, asked) && name.EffectiveTag == asked.EffectiveTag));

    /// <summary>True when a registry knows an image of this engine by the digest, in the repository asked for.</summary>
    public bool Has(ImageReference asked, Digest digest) => byId.Values.Any(image => NamesOf(image.Id, asked).Any(name => name.Digest == digest && IsOf(name, asked)));

    public static bool IsOf(ImageReference name, ImageReference asked) => name.Registry == asked.Registry && name.Repository == asked.Repository;
}
