using Cleat.Admission.Hosting;
using Cleat.Admission.Pins;

namespace Cleat.Admission.Ledgers;

/// <summary>
/// One revision, one digest: set once, never moved. What this process knows; else what the replicas share; else what living pods of the revision have; else what the
/// registry says, and the first to set it wins.
/// </summary>
/// <param name="shared">What replicas share; null for none.</param>
/// <param name="living">What living pods have; null without a cluster.</param>
internal sealed class Ledger(ISharedLedger? shared, ILivingPods? living, Metrics metrics, int most = 100_000)
{
    private readonly BoundedMap<LedgerKey, string> known = new(most);
    private readonly SharedFlights<LedgerKey, PinAnswer> flights = new();

    /// <param name="resolve">Asks the registry.</param>
    /// <exception cref="OperationCanceledException">This caller gave up.</exception>
    public ValueTask<PinAnswer> PinAsync(LedgerKey key, PinQuestion question, Func<Task<PinAnswer>> resolve, CancellationToken cancellation)
    {
        if (known.TryGet(key, out var digest))
        {
            metrics.Ledger("memory");
            return new(PinAnswer.Of(digest, PinSource.Ledger));
        }

        // a dry run writes nothing, so that nobody may fly with it who wants to
        return new(question.From.IsDryRun
            ? FindAsync(key, question, resolve).WaitAsync(cancellation)
            : flights.JoinAsync(key, () => FindAsync(key, question, resolve), cancellation));
    }

    private async Task<PinAnswer> FindAsync(LedgerKey key, PinQuestion question, Func<Task<PinAnswer>> resolve)
    {
        var keeps = !question.From.IsDryRun;

        // a flight may have landed since this one was asked for
        if (known.TryGet(key, out var landed))
        {
            return PinAnswer.Of(landed, PinSource.Ledger);
        }

        if (shared is not null && await shared.GetAsync(key) is { } agreed)
        {
            metrics.Ledger("redis");
            return Found(agreed);
        }

        if (living is not null && await living.FindAsync(question) is { } running)
        {
            metrics.Ledger("pods");
            return Found(keeps && shared is not null ? await shared.SetOnceAsync(key, running) : running);
        }

        metrics.Ledger("new");
        var answer = await resolve();
        if (answer.Digest is not { } digest || !keeps)
        {
            return answer;
        }

        var won = shared is null ? digest : await shared.SetOnceAsync(key, digest);
        won = known.GetOrSet(key, won);
        return won == digest ? answer : PinAnswer.Of(won, PinSource.Ledger);

        PinAnswer Found(string digest) => PinAnswer.Of(keeps ? known.GetOrSet(key, digest) : digest, PinSource.Ledger);
    }
}

/// <summary>What several replicas agree on. Its failures are as if it knew nothing: a review never fails for them.</summary>
internal interface ISharedLedger
{
    Task<string?> GetAsync(LedgerKey key);

    /// <summary>Sets what is not set yet.</summary>
    /// <returns>What is set now; what was given where nobody can say.</returns>
    Task<string> SetOnceAsync(LedgerKey key, string digest);
}

/// <summary>What the pods of a revision that are there already have.</summary>
internal interface ILivingPods
{
    /// <returns>The digest that the oldest pod of the same revision has for the same container and reference; null when none has, or it cannot be seen.</returns>
    Task<string?> FindAsync(PinQuestion question);
}
