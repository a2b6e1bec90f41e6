using System.Globalization;
using System.Text.Json;
using Cleat.References;
using Cleat.Text;

namespace Cleat.Registries.Client;

/// <summary>One line of an index.</summary>
/// <param name="Digest">As written, not yet validated.</param>
/// <param name="Names">The image names that its annotations give it (an OCI layout's index.json).</param>
/// <param name="Size">Bytes of what it names; 0 when it does not say.</param>
internal sealed record IndexEntry(string? Digest, string? MediaType, Platform? Platform, IReadOnlyList<string> Names, long Size);

/// <summary>What a manifest or an index says of itself, as far as a pin needs it.</summary>
/// <param name="Entries">Of an index; null for a manifest.</param>
/// <param name="Config">A manifest's config digest as written.</param>
/// <param name="Layers">The media types of a manifest's layers as written.</param>
/// <param name="Size">Bytes of a manifest's config and layers together.</param>
internal sealed record ManifestDocument(string MediaType, IReadOnlyList<IndexEntry>? Entries, string? Config, IReadOnlyList<string?> Layers, long Size)
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
                ? new ManifestDocument(mediaType, Lines(root), null, [], 0)
                : Image(mediaType, root);
        }
    }

    internal static Resolution Schema1(string what) => new Resolution.Refused(
        $"{what} is a Docker schema 1 manifest: its digest is not stable, so it cannot be pinned; push the image again with a current engine");

    /// <summary>What a config blob says the image runs on (OCI image-spec, config.md); null when it does not say.</summary>
    internal static Platform? ReadConfig(ReadOnlyMemory<byte> bytes) => ReadConfig(bytes, out _);

    /// <param name="created">When the image was made; null when it does not say.</param>
    internal static Platform? ReadConfig(ReadOnlyMemory<byte> bytes, out DateTimeOffset? created)
    {
        created = null;
        if (!JsonText.TryObject(bytes, out var json))
        {
            return null;
        }

        using (json)
        {
            // RFC 3339, and reproducible builds write 1970 or 1980, which is no age
            created = DateTimeOffset.TryParse(JsonText.String(json.RootElement, "created"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year > 1980 ? time : null;
            return PlatformOf(json.RootElement);
        }
    }

    /// <summary>Answers with what it holds: the same for a registry, a folder and a tarball.</summary>
    /// <param name="digest">Its own.</param>
    /// <param name="config">True to read a single image's config, too.</param>
    /// <param name="blob">Fetches a blob, verified by its digest.</param>
    internal async Task<Resolution> DescribeAsync(Digest digest, bool config, Func<Digest, Task<Outcome<byte[]>>> blob)
    {
        byte[]? bytes = null;
        if (config && Entries is null && References.Digest.TryParse(Config, out var own, out _))
        {
            var got = await blob(own);
            if (!got.IsOk)
            {
                return got.Failure;
            }

            bytes = got.Value;
        }

        return new Resolution.Resolved(digest, MediaType, Verified: true, Manifest: Describe(bytes));
    }

    /// <param name="config">Its config's bytes, when they were asked for.</param>
    private ImageManifest Describe(byte[]? config)
    {
        DateTimeOffset? created = null;
        var platform = config is null ? null : ReadConfig(config, out created);
        return new(Entries is null ? null : [.. Children(Entries)], Size, config is null ? null : new(platform?.ToString(), created));
    }

    // what is neither a manifest nor an index is no image; attestations say that they are for "unknown"
    private static IEnumerable<ImageChild> Children(IReadOnlyList<IndexEntry> entries) => entries
        .Where(e => e.Platform?.Os != "unknown" && (e.MediaType is null || MediaTypes.IsManifest(e.MediaType) || MediaTypes.IsIndex(e.MediaType)))
        .Select(e => References.Digest.TryParse(e.Digest, out var digest, out _) ? new ImageChild(digest, e.MediaType ?? MediaTypes.OciManifest, e.Platform?.ToString(), e.Size) : null)
        .OfType<ImageChild>();

    private static ManifestDocument Image(string mediaType, JsonElement root)
    {
        var config = JsonText.Child(root, "config", JsonValueKind.Object) ?? default;
        List<JsonElement> layers = [.. JsonText.Child(root, "layers", JsonValueKind.Array)?.EnumerateArray() ?? default];
        return new(mediaType, null, JsonText.String(config, "digest"), layers.ConvertAll(l => JsonText.String(l, "mediaType")), layers.Aggregate(SizeOf(config), (sum, l) => sum + SizeOf(l)));
    }

    private static long SizeOf(JsonElement descriptor) =>
        descriptor.ValueKind == JsonValueKind.Object && descriptor.TryGetProperty("size", out var size) && size.ValueKind == JsonValueKind.Number && size.TryGetInt64(out var bytes)
            ? Math.Clamp(bytes, 0, 1L << 40)
            : 0;

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
                [.. names.OfType<string>()],
                SizeOf(line)));
        }

        return entries;
    }

    private static Platform? PlatformOf(JsonElement element) =>
        JsonText.String(element, "os") is { Length: > 0 } os && JsonText.String(element, "architecture") is { Length: > 0 } architecture
            ? Platform.Of(os, architecture, JsonText.String(element, "variant"), JsonText.String(element, "os.version"))
            : null;
}
