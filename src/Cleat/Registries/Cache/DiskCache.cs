using Cleat.References;

namespace Cleat.Registries.Cache;

/// <summary>
/// Remembers on disk what tags meant, for a while: a source asked before, by this run or another, is not asked again within the
/// lifetime. What comes fresh is always kept, so that one who reads the cache never sees older than one who did not.
/// </summary>
/// <param name="lifetime">How old an answer may be; zero to ask always.</param>
/// <param name="scope">Who asks and how, for each host: answers are not shared between them.</param>
/// <param name="hashed">True when only answers whose bytes were hashed are good enough.</param>
internal sealed class DiskCache(IDigestSource source, CacheFolder folder, TimeSpan lifetime, Func<string, string> scope, bool hashed = false, TimeProvider? clock = null) : IDigestSource
{
    private readonly TimeProvider clock = clock ?? TimeProvider.System;

    /// <inheritdoc/>
    public async Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation)
    {
        string[] key = [reference.Registry, reference.Repository, reference.EffectiveTag, platform ?? "", scope(reference.Registry)];
        var now = clock.GetUtcNow();
        if (lifetime > TimeSpan.Zero && folder.Read(key) is { } kept && kept.At <= now && now - kept.At < lifetime && (kept.Answer.Verified || !hashed))
        {
            return kept.Answer;
        }

        var answer = await source.ResolveAsync(reference, platform, cancellation);
        if (answer is Resolution.Resolved fresh)
        {
            folder.Write(key, fresh, clock.GetUtcNow());
        }

        return answer;
    }

    /// <inheritdoc/>
    public bool HasManifests => source.HasManifests;

    /// <inheritdoc/>
    public Task<Resolution> ReadAsync(ImageReference reference, bool config, CancellationToken cancellation) => source.ReadAsync(reference, config, cancellation);
}
