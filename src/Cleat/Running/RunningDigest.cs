using Cleat.References;

namespace Cleat.Running;

/// <summary>One image that an object really runs.</summary>
/// <param name="Digest">As a registry knows it; null when that is not known.</param>
/// <param name="Why">Why the digest is not known, in a few words: <c>built here</c>; else null.</param>
/// <param name="Count">How many containers run it.</param>
/// <param name="Nodes">Where they run, each named once, in order.</param>
/// <param name="Platform"><c>os/arch[/variant]</c>; null when it is not known.</param>
public sealed record RunningDigest(Digest? Digest, string? Why, int Count, IReadOnlyList<string> Nodes, string? Platform)
{
    /// <summary>
    /// True when two known digests run on one platform: one reference then means two images. Digests of different platforms
    /// may well be parts of one index, and what is not known is no evidence.
    /// </summary>
    /// <remarks>A digest without a platform is compared with those without one only.</remarks>
    public static bool IsMixed(IEnumerable<RunningDigest> running) =>
        running.Where(r => r.Digest is not null).GroupBy(r => r.Platform).Any(g => g.Select(r => r.Digest).Distinct().Skip(1).Any());
}
