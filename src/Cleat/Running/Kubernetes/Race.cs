using Cleat.References;

namespace Cleat.Running.Kubernetes;

/// <summary>
/// Whether the pods of one workload agree on what a reference is. Two nodes of different architectures rightly run different digests of one
/// index, and one runtime may tell the index's digest where another tells the platform's: what could be either is called unknown.
/// </summary>
/// <param name="Mixed">One reference runs as several images.</param>
/// <param name="Unknown">Why that cannot be told, or null.</param>
internal sealed record Race(bool Mixed, string? Unknown)
{
    private static readonly Race None = new(false, null);

    /// <param name="now">What the tag means at its registry, when it was asked.</param>
    public static Race Of(IReadOnlyList<SeenImage> seen, TagMeaning? now)
    {
        // under another repository's name the same image may have another digest
        var known = seen.Where(s => s.Id is { Digest: not null, Repository: null }).ToList();
        if (seen.Select(s => s.Id.Digest).OfType<Digest>().Distinct().Count() < 2)
        {
            return None;
        }

        if (now is not null && known.Count == seen.Count(s => s.Id.Digest is not null))
        {
            var here = known.Count(s => now.Has(s.Id.Digest!.Value));
            if (here > 0)
            {
                return new(here < known.Count, null);
            }
        }

        if (known.Where(s => s.Platform is not null && s.Runtime is not null).GroupBy(s => (s.Platform, s.Runtime)).Any(g => g.Select(s => s.Id.Digest).Distinct().Skip(1).Any()))
        {
            return new(true, null);
        }

        var ask = now is null ? "; --registry may tell" : "";
        return new(false, known.Count < seen.Count(s => s.Id.Digest is not null) ? $"some nodes know the image under another name, where the same image may have another digest: whether all run one image is unknown{ask}"
            : seen.Any(s => s.Platform is null) ? $"several digests run, on nodes whose platform is not known: whether they are parts of one image is unknown{ask}"
            : seen.Select(s => s.Platform).Distinct().Skip(1).Any() ? $"each architecture runs a digest of its own, which is right when they are parts of one image: unknown{ask}"
            : $"each container runtime tells a digest of its own; one may be the index's, the other the platform's: unknown{ask}");
    }
}
