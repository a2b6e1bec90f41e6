using Cleat.References;

namespace Cleat.Registries;

/// <summary>What a manifest or an index holds; its bytes were hashed.</summary>
/// <param name="Children">The images of an index, without attestations; null for a single manifest.</param>
/// <param name="Size">Bytes of an image's config and layers, as they are pulled; 0 for an index.</param>
/// <param name="Config">What a single image says of itself, when it was asked for.</param>
internal sealed record ImageManifest(IReadOnlyList<ImageChild>? Children, long Size, ImageConfig? Config)
{
    /// <summary>Each platform with its manifest's digest, the first where two say the same; a single image is its own.</summary>
    internal IEnumerable<(string Platform, Digest Digest)> Platforms(Digest own) =>
        Children is null
            ? Config?.Platform is { } single ? [(single, own)] : []
            : Children.Where(c => c.Platform is not null).DistinctBy(c => c.Platform).Select(c => (c.Platform!, c.Digest));
}

/// <summary>One image of an index.</summary>
/// <param name="Platform"><c>os/arch[/variant]</c>, of Windows <c>windows(os.version)/arch</c>; null when the index does not say.</param>
/// <param name="Size">Bytes of its manifest.</param>
public sealed record ImageChild(Digest Digest, string MediaType, string? Platform, long Size);

/// <summary>What an image's config says (OCI image-spec, config.md).</summary>
/// <param name="Created">Null when it does not say, or says a moment that only reproducible builds write (before 1981).</param>
internal sealed record ImageConfig(string? Platform, DateTimeOffset? Created);
