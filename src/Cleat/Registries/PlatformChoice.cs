using Cleat.References;
using Cleat.Registries.Client;
using Cleat.Text;

namespace Cleat.Registries;

/// <summary>Finds one platform's manifest: the same for a registry and for a folder.</summary>
internal static class PlatformChoice
{
    /// <param name="document">What the tag names; its bytes were hashed.</param>
    /// <param name="digest">The document's own.</param>
    /// <param name="what">Names the reference in messages.</param>
    /// <param name="config">Fetches a manifest's config blob, verified by its digest.</param>
    internal static async Task<Resolution> ChooseAsync(ManifestDocument document, Digest digest, Platform platform, string what, Func<Digest, Task<Outcome<byte[]>>> config)
    {
        if (document.Entries is not null)
        {
            return FromIndex(document.Entries, platform, what);
        }

        if (!Digest.TryParse(document.Config, out var configDigest, out var problem))
        {
            return new Resolution.Refused($"{what} is a single manifest and does not say which platform it is for: its config's digest {problem}");
        }

        var blob = await config(configDigest);
        if (!blob.IsOk)
        {
            return blob.Failure;
        }

        var offered = ManifestDocument.ReadConfig(blob.Value);
        return offered is not null && platform.Accepts(offered)
            ? new Resolution.Resolved(digest, document.MediaType, Verified: true)
            : new Resolution.NotFound($"{what} is a single manifest for {offered?.ToString() ?? "no stated platform"}, not for {platform}");
    }

    /// <summary>Out of a list that somebody wrote down: no bytes were hashed.</summary>
    internal static Resolution FromList(IReadOnlyList<IndexEntry> entries, string platform, string what) =>
        !Platform.TryParse(platform, out var wanted) ? new Resolution.Refused($"the platform '{PrintableText.Abbreviated(platform)}' does not read os/arch or os/arch/variant")
        : FromIndex(entries, wanted, what) is var answer && answer is Resolution.Resolved found ? found with { Verified = false }
        : answer;

    /// <summary>Out of the images of an index that was read.</summary>
    internal static Resolution FromChildren(IReadOnlyList<ImageChild> children, string platform, string what) =>
        FromList([.. children.Select(c => new IndexEntry(c.Digest.ToString(), c.MediaType, c.Platform is not null && Platform.TryParse(c.Platform, out var offered) ? offered : null, [], c.Size))], platform, what);

    private static Resolution FromIndex(IReadOnlyList<IndexEntry> entries, Platform platform, string what)
    {
        var fitting = entries.Where(e => e.Platform is not null && platform.Accepts(e.Platform)).ToList();
        if (fitting.Count == 0)
        {
            var offered = entries.Select(e => e.Platform).OfType<Platform>().Where(p => p.Os != "unknown").Distinct().Select(p => p.ToString());
            return new Resolution.NotFound($"{what} has no image for {platform}; it has {Listed(offered)}");
        }

        // linux/amd64 beside linux/amd64/v3 is just what was asked for; of linux/arm/v6 and v7, or of two builds of Windows, nobody can know
        var exact = fitting.FindAll(e => e.Platform == platform);
        fitting = exact.Count > 0 ? exact : fitting;
        var different = fitting.Select(e => e.Platform!).Distinct().ToList();
        if (different.Count > 1)
        {
            return new Resolution.Refused($"{what} has several images for {platform}: say which of {Listed(different.Select(p => p.ToString()))}");
        }

        var chosen = fitting[0];
        if (!Digest.TryParse(chosen.Digest, out var digest, out var problem))
        {
            return new Resolution.Refused($"{what} has an image for {platform}, but its digest {problem}");
        }

        // of one platform twice (the same image packed in another way) engines take the first, too
        var images = fitting.Select(e => e.Digest).Distinct().Count();
        var note = images == 1 ? null : $"{images} images are for {platform}; the first was taken";
        var mediaType = MediaTypes.IsIndex(chosen.MediaType) || MediaTypes.IsManifest(chosen.MediaType) ? chosen.MediaType! : MediaTypes.OciManifest;
        return new Resolution.Resolved(digest, mediaType, Verified: true, note);
    }

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Take(20).Select(PrintableText.Abbreviated)) is { Length: > 0 } list ? list : "no platform at all";
}
