using Cleat.References;
using Cleat.Registries.Client;
using Cleat.Registries;

namespace Cleat.Locking;

/// <summary>What a reference meant when it was resolved.</summary>
/// <param name="Reference">In full, with its tag: <c>docker.io/library/nginx:1.27</c>.</param>
/// <param name="Digest">Of what the tag names: of the index where it is one.</param>
/// <param name="Platforms">Each platform's manifest, in the order of their names; empty when the source did not say.</param>
/// <param name="Resolved">When, to the second.</param>
/// <param name="From"><c>registry</c>, or the file, folder or engine that was asked in its place.</param>
internal sealed record LockEntry(string Reference, Digest Digest, string MediaType, IReadOnlyList<(string Platform, Digest Digest)> Platforms, DateTimeOffset Resolved, string From)
{
    public static LockEntry Of(ImageReference reference, Resolution.Resolved answer, DateTimeOffset now, string from) => new(
        ResolutionKey.Of(reference, null).Reference,
        answer.Digest,
        answer.MediaType,
        [.. (answer.Manifest?.Platforms(answer.Digest) ?? []).OrderBy(p => p.Platform, StringComparer.Ordinal)],
        new(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), now.Offset),
        from);

    /// <summary>True when the digest is what the reference meant, on all platforms or on one.</summary>
    public bool Means(Digest digest) => digest == Digest || Platforms.Any(p => p.Digest == digest);

    /// <summary>Answers as the registry would have.</summary>
    public Resolution Answer(string? platform)
    {
        if (platform is null)
        {
            return new Resolution.Resolved(Digest, MediaType, Verified: false);
        }

        List<IndexEntry> entries = [.. Platforms.Select(p => new IndexEntry(p.Digest.ToString(), MediaTypes.OciManifest, Platform.TryParse(p.Platform, out var offered) ? offered : null, [], 0))];
        return PlatformChoice.FromList(entries, platform, Reference);
    }
}
