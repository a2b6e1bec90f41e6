using Cleat.References;
using Cleat.Text;

namespace Cleat.Registries;

/// <summary>
/// Gives all questions of a run together so much time: a registry that answers each one slowly, but within its own limit, ends a run all the same.
/// The time begins with the first question; when it is over, what is asked and what is still under way is <see cref="Resolution.Unreachable"/>.
/// </summary>
internal sealed class TimeLimitedSource(IDigestSource source, TimeSpan limit, TimeProvider? clock = null) : IDigestSource
{
    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private readonly Lock gate = new();
    private long? began;

    /// <inheritdoc/>
    public bool HasManifests => source.HasManifests;

    /// <inheritdoc/>
    public Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation) =>
        InTimeAsync(reference, stop => source.ResolveAsync(reference, platform, stop), cancellation);

    /// <inheritdoc/>
    public Task<Resolution> ReadAsync(ImageReference reference, bool config, CancellationToken cancellation) =>
        InTimeAsync(reference, stop => source.ReadAsync(reference, config, stop), cancellation);

    private async Task<Resolution> InTimeAsync(ImageReference reference, Func<CancellationToken, Task<Resolution>> ask, CancellationToken cancellation)
    {
        var left = Left();
        if (left <= TimeSpan.Zero)
        {
            return Over(reference);
        }

        using CancellationTokenSource over = new(left, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellation);
        try
        {
            return await ask(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Over(reference);
        }
    }

    private TimeSpan Left()
    {
        lock (gate)
        {
            began ??= clock.GetTimestamp();
            return limit - clock.GetElapsedTime(began.Value);
        }
    }

    private Resolution.Unreachable Over(ImageReference reference) => new($"the total time limit of {Duration.Words(limit)} ran out before {reference.Registry} answered for {reference}");
}
