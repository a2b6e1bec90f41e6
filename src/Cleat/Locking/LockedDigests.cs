using System.Collections.Concurrent;
using Cleat.References;
using Cleat.Registries;

namespace Cleat.Locking;

/// <summary>Digests as a lock has them; what it does not have is asked elsewhere, and kept to be added to it.</summary>
/// <param name="source">Where the rest is asked; null for the lock alone.</param>
/// <param name="from">What the lock says of where a new entry is from.</param>
/// <param name="renew">True to ask for everything anew.</param>
internal sealed class LockedDigests(LockFile locked, IDigestSource? source, string from = "registry", bool renew = false, TimeProvider? clock = null) : IDigestSource
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Resolution>>> asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LockEntry> added = new(StringComparer.Ordinal);

    /// <summary>The lock with what was learnt since.</summary>
    public LockFile Grown => locked.With(added.Values);

    /// <summary>The same, without what was learnt of some references.</summary>
    public LockFile GrownWithout(IReadOnlySet<string> references) => locked.With(added.Values.Where(e => !references.Contains(e.Reference)));

    /// <inheritdoc/>
    public async Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var key = ResolutionKey.Of(reference, null).Reference;
        if (!renew && locked[key] is { } entry)
        {
            return entry.Answer(platform);
        }

        if (source is null)
        {
            return new Resolution.NotFound($"{locked.Path} has no {key}: run once without --offline to add it");
        }

        // one platform after another of the same tag: the tag is asked once
        var answer = await asked.GetOrAdd(key, _ => new(() => LearnAsync(reference, key, cancellation))).Value.WaitAsync(cancellation);
        return answer is not Resolution.Resolved ? answer
            : platform is null ? answer
            : added[key].Platforms.Count > 0 ? added[key].Answer(platform)
            : await source.ResolveAsync(reference, platform, cancellation);
    }

    /// <inheritdoc/>
    public bool HasManifests => source?.HasManifests == true;

    /// <inheritdoc/>
    public Task<Resolution> ReadAsync(ImageReference reference, bool config, CancellationToken cancellation) => source is null
        ? Task.FromResult<Resolution>(new Resolution.Refused($"{reference}: a lock says digests only, it has no manifests"))
        : source.ReadAsync(reference, config, cancellation);

    private async Task<Resolution> LearnAsync(ImageReference reference, string key, CancellationToken cancellation)
    {
        _ = ImageReference.TryParse(key, out var tagged, out _);
        var answer = source!.HasManifests ? await source.ReadAsync(tagged!, config: true, cancellation) : await source.ResolveAsync(reference, null, cancellation);
        if (answer is Resolution.Resolved found)
        {
            added[key] = LockEntry.Of(reference, found, (clock ?? TimeProvider.System).GetUtcNow(), from);
        }

        return answer;
    }
}
