using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Cleat.References;

namespace Cleat.Registries;

/// <summary>
/// An OCI image layout folder in place of the registries (OCI image-spec, image-layout.md). Names stand in the annotations of
/// <c>index.json</c>; each must be a whole reference (<c>docker.io/library/nginx:1.27</c> or <c>nginx:1.27</c>), because a bare
/// tag says nothing of the repository.
/// </summary>
internal sealed class OciLayout : IDigestSource
{
    private readonly string folder;
    private readonly Dictionary<ResolveKey, (Digest Digest, string MediaType)> names = [];

    private OciLayout(string folder) => this.folder = folder;

    public static bool TryOpen(string folder, [NotNullWhen(true)] out OciLayout? layout, [NotNullWhen(false)] out string? problem)
    {
        (layout, problem) = (null, null);
        if (!File.Exists(Path.Combine(folder, "oci-layout")))
        {
            problem = $"'{folder}' is no OCI image layout: it has no file oci-layout";
            return false;
        }

        try
        {
            OciLayout opened = new(folder);
            using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "index.json")));
            foreach (var entry in index.RootElement.GetProperty("manifests").EnumerateArray())
            {
                opened.Name(entry);
            }

            layout = opened;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            problem = $"'{folder}' has no index.json that can be read: {e.Message}";
            return false;
        }
    }

    public async Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation)
    {
        if (!names.TryGetValue(new(reference, null), out var entry))
        {
            return new Resolution.NotFound($"{folder} names no {reference.Registry}/{reference.Repository}:{reference.EffectiveTag}");
        }

        var body = await BlobAsync(entry.Digest, cancellation);
        if (body is null || Manifests.Refusal(body, entry.MediaType) is not null)
        {
            return new Resolution.Refused(body is null ? $"the blob of {entry.Digest} is missing or does not hash to it" : Manifests.Refusal(body, entry.MediaType)!);
        }

        return platform is null
            ? new Resolution.Resolved(entry.Digest, entry.MediaType, Verified: true)
            : await PlatformChoice.OfAsync(body, entry.Digest, entry.MediaType, platform, digest => BlobAsync(digest, cancellation));
    }

    private async Task<byte[]?> BlobAsync(Digest digest, CancellationToken cancellation)
    {
        FileInfo file = new(Path.Combine(folder, "blobs", digest.Algorithm, digest.Hex));
        if (!file.Exists || file.Length > Manifests.LargestBody)
        {
            return null;
        }

        try
        {
            var bytes = await File.ReadAllBytesAsync(file.FullName, cancellation);
            return digest.Matches(bytes) ? bytes : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Name(JsonElement entry)
    {
        if (!entry.TryGetProperty("annotations", out var annotations) || !Digest.TryParse(entry.GetProperty("digest").GetString(), out var digest, out _))
        {
            return;
        }

        var mediaType = entry.TryGetProperty("mediaType", out var type) ? type.GetString() ?? "" : "";
        foreach (var key in (string[])["org.opencontainers.image.ref.name", "io.containerd.image.name"])
        {
            if (annotations.TryGetProperty(key, out var name) && ImageReference.TryParse(name.GetString() ?? "", out var reference, out _) && reference.Tag is not null)
            {
                names.TryAdd(new(reference, null), (digest, mediaType));
            }
        }
    }
}
