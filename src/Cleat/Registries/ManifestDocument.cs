using System.Text.Json;

namespace Cleat.Registries;

/// <summary>One line of an index.</summary>
/// <param name="Digest">As written, not yet validated.</param>
/// <param name="Names">The image names that its annotations give it (an OCI layout's index.json).</param>
internal sealed record IndexEntry(string? Digest, string? MediaType, Platform? Platform, string? OsVersion, IReadOnlyList<string> Names);

/// <summary>What a manifest or an index says of itself, as far as a pin needs it.</summary>
/// <param name="Entries">Of an index; null for a manifest.</param>
/// <param name="Config">A manifest's config digest as written.</param>
internal sealed record ManifestDocument(string MediaType, IReadOnlyList<IndexEntry>? Entries, string? Config)
{
    /// <param name="what">Names the document in messages.</param>
    /// <param name="contentType">What the source says it is, or null.</param>
    internal static Outcome<ManifestDocument> Read(ReadOnlyMemory<byte> bytes, string? contentType, string what)
    {
        if (!JsonText.TryObject(bytes, out var json))
        {
            return new Resolution.Refused($"{what} is no manifest: not one whole JSON object");
        }

        using (json)
        {
            var root = json.RootElement;
            var said = JsonText.String(root, "mediaType");
            if (MediaTypes.IsSchema1(contentType) || MediaTypes.IsSchema1(said) || root.TryGetProperty("fsLayers", out _))
            {
                return Schema1(what);
            }

            var isIndex = root.TryGetProperty("manifests", out _);
            var isManifest = root.TryGetProperty("config", out _) || root.TryGetProperty("layers", out _);

            // CVE-2021-41190: a document that reads as both means different images to different engines
            if (isIndex && isManifest)
            {
                return new Resolution.Refused($"{what} claims to be a manifest and an index at once: engines would run different images under one digest");
            }

            var mediaType = isIndex ? Known(MediaTypes.IsIndex, contentType, said, MediaTypes.OciIndex) : Known(MediaTypes.IsManifest, contentType, said, MediaTypes.OciManifest);
            if (!(isIndex || isManifest) || Contradicts(isIndex, contentType) || Contradicts(isIndex, said))
            {
                return new Resolution.Refused(isIndex || isManifest ? $"{what} is not what its media type says" : $"{what} is neither a manifest nor an index");
            }

            return isIndex
                ? new ManifestDocument(mediaType, Lines(root), null)
                : new ManifestDocument(mediaType, null, JsonText.Child(root, "config", JsonValueKind.Object) is { } config ? JsonText.String(config, "digest") : null);
        }
    }

    internal static Resolution Schema1(string what) => new Resolution.Refused(
        $"{what} is a Docker schema 1 manifest: its digest is not stable, so it cannot be pinned; push the image again with a current engine");

    /// <summary>What a config blob says the image runs on (OCI image-spec, config.md); null when it does not say.</summary>
    internal static Platform? ReadConfig(ReadOnlyMemory<byte> bytes)
    {
        if (!JsonText.TryObject(bytes, out var json))
        {
            return null;
        }

        using (json)
        {
            return PlatformOf(json.RootElement);
        }
    }

    private static string Known(Func<string?, bool> fits, string? contentType, string? said, string otherwise) =>
        fits(contentType) ? contentType! : fits(said) ? said! : otherwise;

    private static bool Contradicts(bool isIndex, string? type) => isIndex ? MediaTypes.IsManifest(type) : MediaTypes.IsIndex(type);

    private static List<IndexEntry> Lines(JsonElement root)
    {
        var entries = new List<IndexEntry>();
        foreach (var line in JsonText.Child(root, "manifests", JsonValueKind.Array)?.EnumerateArray() ?? default)
        {
            var annotations = JsonText.Child(line, "annotations", JsonValueKind.Object) ?? default;
            var platform = JsonText.Child(line, "platform", JsonValueKind.Object) ?? default;
            string?[] names = [JsonText.String(annotations, "io.containerd.image.name"), JsonText.String(annotations, "org.opencontainers.image.ref.name")];
            entries.Add(new(
                JsonText.String(line, "digest"),
                JsonText.String(line, "mediaType"),
                PlatformOf(platform),
                JsonText.String(platform, "os.version"),
                [.. names.OfType<string>()]));
        }

        return entries;
    }

    private static Platform? PlatformOf(JsonElement element) =>
        JsonText.String(element, "os") is { Length: > 0 } os && JsonText.String(element, "architecture") is { Length: > 0 } architecture
            ? Platform.Of(os, architecture, JsonText.String(element, "variant"))
            : null;
}
