using System.Collections.Concurrent;
using Cleat.Findings;
using Cleat.Locking;
using Cleat.References;
using Cleat.Registries.Client;
using Cleat.Registries;
using Cleat.Rewriting;
using Cleat.Uses;

namespace Cleat.Run;

/// <summary>One pin as a registry is asked about it: each distinct one once.</summary>
/// <param name="Tagged">The reference whose tag is to mean the digest; null when no tag is known.</param>
/// <param name="Platform">The one platform that this place wants, or null.</param>
internal sealed record AskedPin(ImageReference Reference, ImageReference? Tagged, string? Platform)
{
    public static AskedPin Of(JudgedFile file, Finding finding) => new(finding.Use.Reference!, PinMove.Tagged(file.Source, finding.Use), finding.Use.Platform);

    public Digest Digest => Reference.Digest!.Value;

    public string Key => $"{Reference.Registry}/{Reference.Repository}:{Tagged?.Tag}@{Digest} {Platform}";
}

/// <summary>What is known of a pin.</summary>
/// <param name="Rule">The rule it breaks, or null.</param>
/// <param name="Says">What was seen.</param>
/// <param name="Error">What could not be learnt, or null.</param>
internal sealed record PinFact(Rule? Rule = null, string? Says = null, string? Error = null);

/// <summary>Learns from registries what became of pins.</summary>
/// <param name="hash">False to leave a manifest unread whose tag still means it.</param>
internal sealed class PinFacts(Questions questions, LockFile? locked, bool hash)
{
    private readonly ConcurrentDictionary<string, PinFact> facts = new(StringComparer.Ordinal);

    public PinFact Of(AskedPin pin) => facts[pin.Key];

    public async Task GatherAsync(IReadOnlyCollection<AskedPin> pins, CancellationToken cancellation)
    {
        List<AskedPin> distinct = [.. pins.DistinctBy(p => p.Key)];
        var tags = await questions.ResolveAsync(distinct.Where(p => p.Tagged is not null).Select(p => (p.Tagged!, p.Platform)), cancellation);
        await ManifestReads.EachAsync(distinct, async (pin, stop) =>
            facts[pin.Key] = await FactAsync(pin, pin.Tagged is null ? null : tags[ResolutionKey.Of(pin.Tagged, pin.Platform)], stop), cancellation);
    }

    /// <param name="tag">What its tag means now; null when none is known.</param>
    private async Task<PinFact> FactAsync(AskedPin pin, Resolution? tag, CancellationToken cancellation)
    {
        var now = tag as Resolution.Resolved;
        var same = now?.Digest == pin.Digest;
        Resolution.Resolved? own = null;
        if (hash || !same)
        {
            switch (await questions.Digests.ReadAsync(ManifestReads.At(pin.Reference, pin.Digest), config: true, cancellation))
            {
                case Resolution.Resolved read:
                    own = read;
                    break;
                case Resolution.NotFound:
                    return new(Rule.MissingDigest, $"{pin.Reference.Registry} has no such digest{(now is null || same ? "" : $"; the tag {pin.Tagged!.Tag} means {now.Digest} now")}");
                case var failed:
                    return new(Error: failed.Describe());
            }
        }

        if (await questions.SignatureProblemAsync(pin.Reference, pin.Digest, cancellation) is { } unsigned)
        {
            return new(Rule.UnsignedImage, unsigned);
        }

        return tag switch
        {
            null or Resolution.Resolved when same || tag is null => new(),
            Resolution.Resolved => await MovedAsync(pin, now!, own!, cancellation),
            Resolution.NotFound => new(Rule.TagDigestMismatch, $"{pin.Reference.Registry} has the digest, but no tag {pin.Tagged!.Tag}"),
            _ => new(Error: tag!.Describe()),
        };
    }

    private async Task<PinFact> MovedAsync(AskedPin pin, Resolution.Resolved now, Resolution.Resolved own, CancellationToken cancellation)
    {
        var tag = pin.Tagged!.Tag;
        var single = own.Manifest is { Children: null } manifest ? manifest.Config?.Platform ?? "one platform" : null;
        if (single is not null && MediaTypes.IsIndex(now.MediaType) && pin.Platform is null)
        {
            var index = await questions.Digests.ReadAsync(ManifestReads.At(pin.Reference, now.Digest), config: false, cancellation);
            if (index is not Resolution.Resolved { Manifest.Children: { } children })
            {
                return new(Error: index.Describe());
            }

            if (children.Any(c => c.Digest == pin.Digest))
            {
                return new(Rule.SinglePlatform, $"the pin is for {single} only; the tag {tag} is for {string.Join(", ", children.Select(c => c.Platform).OfType<string>().Distinct().Take(8))}");
            }
        }

        var forOne = single is null ? "" : $" (the pin is for {single})";
        return locked?[ResolutionKey.Of(pin.Tagged, null).Reference] is { } entry && !entry.Means(pin.Digest)
            ? new(Rule.TagDigestMismatch, $"the tag {tag} meant {entry.Digest} on {entry.Resolved:yyyy-MM-dd}, as {locked.Path} says, and means {now.Digest} now")
            : new(Rule.MovedTag, $"the tag {tag} means {now.Digest} now{forOne}");
    }
}
