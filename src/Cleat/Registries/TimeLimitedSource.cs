using Cleat.References;
using Cleat.Text;

namespace Cleat.Registries;

/// <summary>
/// Gives all questions of a run together so much time: a registry that answers each within its own limit, and never well, ends a run all the same.
/// The time begins with the first question; when it is over, what is asked and what is still under way is <see cref="Resolution.Unreachable"/>.
/// </summary>
internal sealed class TimeLimitedSource(IDigestSource source, TimeSpan limit, TimeProvider? clock = null) : IDigestSource, IDisposable
{
    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private readonly Lock gate = new();
    private CancellationTokenSource? over;

    /// <inheritdoc/>
    public bool HasManifests => source.HasManifests;

    /// <inheritdoc/>
    public Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation) =>
        InTimeAsync(reference, stop => source.ResolveAsync(reference, platform, stop), cancellation);

    /// <inheritdoc/>
    public Task<Resolution> ReadAsync(ImageReference reference, bool config, CancellationToken cancellation) =>
        InTimeAsync(reference, stop => source.ReadAsync(reference, config, stop), cancellation);

    public void Dispose() => over?.Dispose();

    private async Task<Resolution> InTimeAsync(ImageReference reference, Func<CancellationToken, Task<Resolution>> ask, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(Begun(), cancellation);
        try
        {
            either.Token.ThrowIfCancellationRequested();
            return await ask(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Resolution.Unreachable($"the total time limit of {Duration.Words(limit)} ran out before {reference.Registry} answered for {reference}");
        }
    }

    private CancellationToken Begun()
    {
        lock (gate)
        {
            return (over ??= new(limit, clock)).Token;
        }
    }
}
