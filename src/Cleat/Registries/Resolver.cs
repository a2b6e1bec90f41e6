namespace Cleat.Registries;

/// <summary>Asks a source each distinct question once, several at a time, within a total time limit.</summary>
internal sealed class Resolver(IDigestSource source, TimeSpan totalLimit)
{
    // the client limits requests to one host; this bounds what is under way in all
    private const int AtATime = 32;

    public async Task<IReadOnlyDictionary<ResolveKey, Resolution>> ResolveAllAsync(
        IReadOnlyCollection<ResolveKey> keys, IProgress<ResolveCount>? progress, CancellationToken cancellation)
    {
        List<ResolveKey> distinct = [.. keys.Distinct()];
        var results = new Resolution[distinct.Count];
        var done = 0;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(totalLimit);
        await Parallel.ForAsync(0, distinct.Count, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation }, async (i, _) =>
        {
            results[i] = await OneAsync(distinct[i], limit.Token, cancellation);
            progress?.Report(new(Interlocked.Increment(ref done), distinct.Count));
        });
        return distinct.Zip(results).ToDictionary(p => p.First, p => p.Second);
    }

    private async Task<Resolution> OneAsync(ResolveKey key, CancellationToken limit, CancellationToken cancellation)
    {
        try
        {
            limit.ThrowIfCancellationRequested();
            return await source.ResolveAsync(key.Reference, key.Platform, limit);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Resolution.Unreachable($"the time limit of {totalLimit.TotalSeconds:0} s for the whole run ran out; raise --timeout");
        }
    }
}
