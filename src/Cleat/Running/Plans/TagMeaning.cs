using Cleat.Findings;
using Cleat.References;
using Cleat.Registries;

namespace Cleat.Running.Plans;

/// <summary>What a tag means at its registry now.</summary>
/// <param name="Now">The digest of the index, or of the only manifest; of one platform where that was asked for.</param>
/// <param name="Platforms">The digests of the platforms that it runs on, where another digest than <paramref name="Now"/> runs.</param>
internal sealed record TagMeaning(Digest Now, IReadOnlyDictionary<string, Digest> Platforms)
{
    public bool Has(Digest digest) => digest == Now || Platforms.Values.Contains(digest);

    /// <summary>The note that what runs is not what the tag means.</summary>
    public static string Moved(Digest now) => $"the tag means {now} at the registry now: it was moved since this was started";
}

/// <summary>A reference that runs, and the digests that run for it where their platform is known.</summary>
internal sealed record AskedTag(ImageReference Reference, IReadOnlyList<(Digest Digest, string Platform)> Running);

/// <summary>What the tags mean that a registry was asked about.</summary>
internal sealed class TagMeanings
{
    private readonly Dictionary<string, TagMeaning> meanings = new(StringComparer.Ordinal);

    private TagMeanings()
    {
    }

    /// <summary>What could not be learnt.</summary>
    public IReadOnlyList<JobError> Errors { get; private init; } = [];

    /// <summary>Null when it was not asked, or not answered.</summary>
    public TagMeaning? Of(ImageReference? reference) => reference is null ? null : meanings.GetValueOrDefault(Key(reference));

    /// <summary>Asks about each tag once; about its platforms only where another digest than the tag's runs. Nothing is asked without registries.</summary>
    public static async Task<TagMeanings> AskAsync(LookOptions options, IReadOnlyList<AskedTag> running, string? platform, CancellationToken cancellation)
    {
        if (options.Registry?.Resolver is not { } registries)
        {
            return options.To == PinTo.Registry ? throw new ArgumentException("to pin to what the registry says, a registry must be given", nameof(options)) : new();
        }

        List<AskedTag> tagged = [.. running.Where(r => r.Reference.Digest is null || r.Reference.Tag is not null)];
        var now = await registries.ResolveAllAsync(tagged.Select(t => (t.Reference, platform)), options.Progress, cancellation);
        TagMeanings found = new()
        {
            Errors =
            [
                .. now.Where(r => r.Value is not Resolution.Resolved).OrderBy(r => r.Key.Reference, StringComparer.Ordinal)
                    .Select(r => new JobError(null, null, "resolve", $"{r.Key.Reference}: {r.Value.Describe()}")),
            ],
        };
        List<(ImageReference, string?)> platforms = [];
        foreach (var tag in tagged)
        {
            if (now.GetValueOrDefault(ResolutionKey.Of(tag.Reference, platform)) is Resolution.Resolved { Digest: var digest })
            {
                found.meanings[Key(tag.Reference)] = new(digest, new Dictionary<string, Digest>());
                platforms.AddRange(tag.Running.Where(r => r.Digest != digest).Select(r => (tag.Reference, (string?)r.Platform)));
            }
        }

        foreach (var group in (await registries.ResolveAllAsync(platforms, null, cancellation)).Where(e => e.Value is Resolution.Resolved).GroupBy(e => e.Key.Reference))
        {
            found.meanings[group.Key] = found.meanings[group.Key] with { Platforms = group.ToDictionary(e => e.Key.Platform!, e => ((Resolution.Resolved)e.Value).Digest) };
        }

        return found;
    }

    private static string Key(ImageReference reference) => ResolutionKey.Of(reference, null).Reference;
}
