using Cleat.Running.Plans;

namespace Cleat.Running.Kubernetes;

/// <summary>
/// Whether the pods of one workload agree on what a reference is. Two nodes of different architectures rightly run different digests of one
/// index, and one runtime may tell the index's digest where another tells the platform's: what could be either is called unknown.
/// </summary>
/// <param name="IsMixed">One reference runs as several images.</param>
/// <param name="Unknown">Why that cannot be told, or null.</param>
internal sealed record DigestComparison(bool IsMixed, string? Unknown)
{
    private static readonly DigestComparison Same = new(false, null);

    /// <param name="now">What the tag means at its registry, when it was asked.</param>
    public static DigestComparison Of(IReadOnlyList<PodImage> images, TagMeaning? now)
    {
        List<PodImage> told = [.. images.Where(i => i.Id.Digest is not null)];
        if (told.Select(i => i.Id.Digest).Distinct().Count() < 2)
        {
            return Same;
        }

        // under another repository's name the same image may have another digest
        List<PodImage> own = [.. told.Where(i => i.Id.Repository is null)];
        if (now is not null && own.Count == told.Count)
        {
            var meant = own.Count(i => now.Has(i.Id.Digest!.Value));
            if (meant > 0)
            {
                return new(meant < own.Count, null);
            }
        }

        if (own.Where(i => i.Platform is not null && i.Runtime is not null).GroupBy(i => (i.Platform, i.Runtime)).Any(g => g.Select(i => i.Id.Digest).Distinct().Skip(1).Any()))
        {
            return new(true, null);
        }

        var ask = now is null ? "; --registry may tell" : "";
        return new(false, own.Count < told.Count ? $"some nodes know the image under another name, where the same image may have another digest: whether all run one image is unknown{ask}"
            : images.Any(i => i.Platform is null) ? $"several digests run, on nodes whose platform is not known: whether they are parts of one image is unknown{ask}"
            : images.Select(i => i.Platform).Distinct().Skip(1).Any() ? $"each architecture runs a digest of its own, which is right when they are parts of one image: unknown{ask}"
            : $"each container runtime tells a digest of its own; one may be the index's, the other the platform's: unknown{ask}");
    }
}
