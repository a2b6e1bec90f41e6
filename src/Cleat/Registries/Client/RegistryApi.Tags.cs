using Cleat.References;
using Cleat.Text;

namespace Cleat.Registries.Client;

internal sealed partial class RegistryApi
{
    /// <summary>The tags of a reference's repository. The registry itself is asked: what a mirror lists is what somebody pulled through it.</summary>
    /// <returns><see cref="Resolution.Listed"/>, or why there is no list.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<Resolution> TagsAsync(ImageReference reference, CancellationToken cancellation)
    {
        var route = options.Mirrors.Route(reference, byTag: true);
        if (Problem is not null || route.Blocked is not null)
        {
            return new Resolution.Refused(Problem ?? route.Blocked!);
        }

        using var limit = new CancellationTokenSource(options.TotalTime, options.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await AskEndpointAsync(route.Origin, reference, (question, stop) => question.TagsAsync(stop), new(options.Clock, options.TotalTime), both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Resolution.Unreachable($"{reference.Registry} stalled: no list of tags of {reference.Repository} within the total time limit of {Duration.Words(options.TotalTime)}");
        }
    }
}
