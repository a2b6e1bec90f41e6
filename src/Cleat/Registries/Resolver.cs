using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Cleat.References;
using Cleat.Text;

namespace Cleat.Registries;

/// <summary>What is asked once: a reference in one spelling without its digest, and a platform.</summary>
internal readonly record struct ResolutionKey(string Reference, string? Platform)
{
    public static ResolutionKey Of(ImageReference reference, string? platform) => new($"{reference.Registry}/{reference.Repository}:{reference.EffectiveTag}", platform);
}

/// <summary>How a <see cref="Resolver"/> asks. Every default is visible here.</summary>
internal sealed record ResolverOptions
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>References under way at one registry at one time.</summary>
    public int PerHost { get; init; } = 8;

    /// <summary>References under way at all registries together.</summary>
    public int Overall { get; init; } = 32;

    /// <summary>For one call of <see cref="Resolver.ResolveAllAsync"/>.</summary>
    public TimeSpan TotalTime { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>Asks a source about many references: each distinct one once, however often it stands and whoever asks for it again.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore holds nothing to let go of unless its wait handle is asked for.")]
internal sealed class Resolver(IDigestSource source, ResolverOptions? options = null) : IDigestSource
{
    private readonly ResolverOptions options = options ?? new();
    private readonly ConcurrentDictionary<ResolutionKey, Lazy<Task<Resolution>>> pending = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> hosts = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim overall = new((options ?? new()).Overall);

    /// <inheritdoc/>
    public async Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation)
    {
        var key = ResolutionKey.Of(reference, platform);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var asked = pending.GetOrAdd(key, _ => new(() => AskSourceAsync(reference, platform, cancellation)));
            try
            {
                return await asked.Value.WaitAsync(cancellation);
            }
            catch (OperationCanceledException) when (asked.Value.IsCanceled)
            {
                // who asked first gave up: whoever still wants the answer asks again
                pending.TryRemove(new(key, asked));
            }
        }
    }

    /// <summary>Asks about all of them at once.</summary>
    /// <param name="progress">Hears how many distinct references are answered, and how many there are; from many threads, not always in order.</param>
    /// <returns>An answer for each; <see cref="Resolution.Unreachable"/> for those that the total time had no room for.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<IReadOnlyDictionary<ResolutionKey, Resolution>> ResolveAllAsync(
        IEnumerable<(ImageReference Reference, string? Platform)> references, IProgress<(int Done, int Total)>? progress, CancellationToken cancellation)
    {
        var distinct = references.GroupBy(r => ResolutionKey.Of(r.Reference, r.Platform)).Select(g => (g.Key, g.First().Reference)).ToList();
        using var limit = new CancellationTokenSource(options.TotalTime, options.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var answers = new ConcurrentDictionary<ResolutionKey, Resolution>();
        var done = 0;
        progress?.Report((0, distinct.Count));
        await Task.WhenAll(distinct.Select(async item =>
        {
            var answer = await InTimeAsync(item.Reference, item.Key.Platform, both.Token, cancellation);
            answers[item.Key] = answer;
            progress?.Report((Interlocked.Increment(ref done), distinct.Count));
        }));
        return answers;
    }

    private async Task<Resolution> InTimeAsync(ImageReference reference, string? platform, CancellationToken limited, CancellationToken cancellation)
    {
        try
        {
            return await ResolveAsync(reference, platform, limited);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Resolution.Unreachable($"the total time limit of {Duration.Words(options.TotalTime)} ran out before {reference.Registry} answered for {reference.WithoutDigest}");
        }
    }

    // the host's own limit comes first, so that a slow host does not use up the common one
    private async Task<Resolution> AskSourceAsync(ImageReference reference, string? platform, CancellationToken cancellation)
    {
        var host = hosts.GetOrAdd(reference.Registry, _ => new(options.PerHost));
        await host.WaitAsync(cancellation);
        try
        {
            await overall.WaitAsync(cancellation);
            try
            {
                return await source.ResolveAsync(reference, platform, cancellation);
            }
            finally
            {
                overall.Release();
            }
        }
        finally
        {
            host.Release();
        }
    }
}
