using Cleat.Admission.Cluster;
using Cleat.Admission.Ledgers;
using Cleat.Admission.Registries;

namespace Cleat.Admission.Pins;

/// <summary>The whole way from an image to its digest: who asks, what its revision got before, what the registry says.</summary>
internal sealed partial class Pinner(Askers askers, Ledger ledger, TagSource tags, Events? events, TimeProvider clock, ILogger log) : IPinner
{
    /// <inheritdoc/>
    public async Task<PinAnswer> PinAsync(PinQuestion question, CancellationToken cancellation)
    {
        using CancellationTokenSource end = new(question.Limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellation);
        PinAnswer answer;
        try
        {
            answer = LedgerKey.Of(question) is { } key
                ? await ledger.PinAsync(key, question, () => ResolveAsync(question, CancellationToken.None), both.Token)
                : await ResolveAsync(question, both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            answer = PinAnswer.Failed(PinCause.Timeout, $"there was no answer within {Text.Duration.Words(question.Limit)}");
        }
#pragma warning disable CA1031 // not swallowed: it is logged, and the pod is admitted with a warning, as after every failure
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Fault(log, e.GetType().Name, e);
            answer = PinAnswer.Failed(PinCause.Internal, "of a fault of Cleat, which its log has");
        }

        if (answer.Digest is null && events is not null && !question.From.IsDryRun && (await askers.OfAsync(question.From, CancellationToken.None)).IsVouchedFor)
        {
            events.Tell(question, answer);
        }

        return answer;
    }

    private async Task<PinAnswer> ResolveAsync(PinQuestion question, CancellationToken cancellation) =>
        await tags.AskAsync(question.Reference, await askers.OfAsync(question.From, cancellation), cancellation);

    [LoggerMessage(Level = LogLevel.Error, Message = "A fault of Cleat in pinning: {Kind}")]
    private static partial void Fault(ILogger log, string kind, Exception fault);
}
