using System.Text.Json;
using Cleat.References;

namespace Cleat.Registries;

/// <summary>Finds one platform's manifest behind a tag.</summary>
internal static class PlatformChoice
{
    /// <param name="body">The bytes of what the tag names, hashed already.</param>
    /// <param name="blob">Gets a blob whose bytes hash to the digest, or null.</param>
    public static async Task<Resolution> OfAsync(byte[] body, Digest digest, string mediaType, string platform, Func<Digest, Task<byte[]?>> blob)
    {
        var found = Manifests.ForPlatform(body, platform, out var offered);
        if (found is not null)
        {
            return found.Count switch
            {
                1 => new Resolution.Resolved(found[0].Digest, found[0].MediaType, Verified: true),
                0 => new Resolution.NotFound($"the index has no {platform}; it has {offered}"),
                _ => new Resolution.Refused($"the index has {found.Count} manifests for {platform}; name the variant: it has {offered}"),
            };
        }

        if (Manifests.Config(body) is not { } config || await blob(config) is not { } bytes)
        {
            return new Resolution.Refused("it is one image whose configuration cannot be read, so its platform is not known");
        }

        try
        {
            using var json = JsonDocument.Parse(bytes);
            var has = Manifests.Platform(json.RootElement);
            return Manifests.Fits(platform, has)
                ? new Resolution.Resolved(digest, mediaType, Verified: true)
                : new Resolution.NotFound($"it is one image, for {has}, not for {platform}");
        }
        catch (JsonException)
        {
            return new Resolution.Refused("its configuration is no well-formed JSON");
        }
    }
}
