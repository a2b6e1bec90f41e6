using Cleat.References;
using Cleat.Text;

namespace Cleat.Registries.Client;

internal sealed partial class RegistryApi
{
    /// <inheritdoc/>
    public bool HasManifests => true;

    /// <inheritdoc/>
    public async Task<Resolution> ReadAsync(ImageReference reference, bool config, CancellationToken cancellation)
    {
        if (Problem is { } problem)
        {
            return new Resolution.Refused(problem);
        }

        using var limit = new CancellationTokenSource(options.TotalTime, options.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await AskAsync(reference, byTag: reference.Digest is null, (question, stop) => question.ReadAsync(config, stop), new(options.Clock, options.TotalTime), both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Resolution.Unreachable($"{reference.Registry} stalled: no answer for {reference} within the total time limit of {Duration.Words(options.TotalTime)}");
        }
    }
}
