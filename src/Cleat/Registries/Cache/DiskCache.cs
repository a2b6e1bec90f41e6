using Cleat.References;
using Cleat.Text;

namespace Cleat.Registries.Cache;

/// <summary>
/// Keeps on disk what tags meant. The source is asked every time, unless the user gave a lifetime, within which a kept answer does; and where it may,
/// the cache answers in place of a source that gives no answer. What comes out of the cache says so and how old it is
/// (<see cref="Resolution.Resolved.Note"/>); what comes fresh is always kept.
/// </summary>
/// <param name="lifetime">How old an answer may be that is given without asking; zero to ask always.</param>
/// <param name="scope">What decides over the answers of a registry (<see cref="CacheScope"/>): answers are not shared between scopes.</param>
/// <param name="hashed">True when only answers whose bytes were hashed are good enough.</param>
/// <param name="standsIn">True to answer when the source is unreachable or asks to come back later.</param>
internal sealed class DiskCache(IDigestSource source, CacheFolder folder, TimeSpan lifetime, Func<string, string> scope, bool hashed = false, bool standsIn = false, TimeProvider? clock = null) : IDigestSource
{
    private readonly TimeProvider clock = clock ?? TimeProvider.System;

    /// <inheritdoc/>
    public async Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation)
    {
        string[] key = [reference.Registry, reference.Repository, reference.EffectiveTag, platform ?? "", scope(reference.Registry)];
        string? distrusted = null;
        if (lifetime > TimeSpan.Zero && Read(key, lifetime, out distrusted) is { } young)
        {
            return FromCache(young, reference, "");
        }

        var answer = await source.ResolveAsync(reference, platform, cancellation);
        if (answer is Resolution.Resolved fresh)
        {
            folder.Write(key, fresh, clock.GetUtcNow());
            return fresh.WithNote(distrusted);
        }

        return standsIn && answer is Resolution.Unreachable or Resolution.RateLimited && Read(key, CacheFolder.Kept, out distrusted) is { } old
            ? FromCache(old, reference, $", because its registry gave no answer ({answer.Describe()})")
            : answer.WithNote(distrusted);
    }

    /// <inheritdoc/>
    public bool HasManifests => source.HasManifests;

    /// <inheritdoc/>
    public Task<Resolution> ReadAsync(ImageReference reference, bool config, CancellationToken cancellation) => source.ReadAsync(reference, config, cancellation);

    private CachedAnswer? Read(string[] key, TimeSpan longest, out string? distrusted)
    {
        var now = clock.GetUtcNow();
        return folder.Read(key, out distrusted) is { } kept && kept.At <= now && now - kept.At < longest && (kept.Answer.Verified || !hashed) ? kept : null;
    }

    private Resolution FromCache(CachedAnswer kept, ImageReference reference, string why) =>
        kept.Answer.WithNote($"{ResolutionKey.Of(reference, null).Reference} is from the cache, {Duration.Words(clock.GetUtcNow() - kept.At)} old{why}");
}
