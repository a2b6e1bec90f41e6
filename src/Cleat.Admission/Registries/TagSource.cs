using System.Security.Cryptography;
using Cleat.Admission.Hosting;
using Cleat.Admission.Pins;
using Cleat.Admission.SignIn;
using Cleat.References;
using Cleat.Text;

namespace Cleat.Admission.Registries;

/// <summary>How long answers are kept.</summary>
/// <param name="Fresh">An answer this young is given without asking.</param>
/// <param name="Stale">An answer this young stands in when the registry gives none.</param>
/// <param name="Failure">A failure this young is given without asking.</param>
internal sealed record KeptAnswers(TimeSpan Fresh, TimeSpan Stale, TimeSpan Failure);

/// <summary>
/// What tags mean, asked of registries: many who ask the same get one answer, and answers are kept by reference and by as whom was asked, so that nobody hears what others' credentials were told.
/// </summary>
/// <param name="known">Asked for who is vouched for.</param>
/// <param name="nobody">Asked for everybody else.</param>
/// <param name="node">What this pod's node or identity may read.</param>
/// <param name="limit">For one question, all credentials included.</param>
internal sealed class TagSource(RegistryClient known, RegistryClient nobody, IReadOnlyList<ICredentialSource> node, HostGates gates, KeptAnswers kept, TimeSpan limit, Metrics metrics, TimeProvider clock)
{
    private static readonly byte[] FingerprintKey = RandomNumberGenerator.GetBytes(32);

    private readonly BoundedMap<(string Reference, UInt128 Scope), Held> held = new(20_000);
    private readonly SharedFlights<(string Reference, UInt128 Scope), PinAnswer> flights = new();

    // for all reviews that nothing vouches for together, and hosts that the cluster's own do not name
    private readonly HostGate strangers = new(5, clock);
    private readonly BoundedMap<string, bool> hostsOfCluster = new(2000);

    public int Count => held.Count;

    /// <exception cref="OperationCanceledException">This caller gave up.</exception>
    public async Task<PinAnswer> AskAsync(ImageReference reference, Asker asker, CancellationToken cancellation)
    {
        List<StoredEntry> secrets = [.. asker.PullSecrets.Where(e => e.IsFor(reference)).DistinctBy(e => e.Credential)];
        var key = ($"{reference.Registry}/{reference.Repository}:{reference.EffectiveTag}", Scope(asker, secrets));
        var earliest = asker.IsNewRevision ? clock.GetUtcNow() : asker.RevisionCreated ?? DateTimeOffset.MinValue;
        if (asker.IsVouchedFor)
        {
            hostsOfCluster.GetOrSet(reference.Registry, true);
        }

        for (var tries = 0; ; tries++)
        {
            if (Recent(key, earliest) is { } recent)
            {
                return recent;
            }

            var answer = await flights.JoinAsync(key, () => FetchAsync(key, reference, asker, secrets, earliest), cancellation);

            // a flight that was under way already may have asked before the revision came to be
            if (answer.Source != PinSource.Registry || answer.Digest is null || answer.At >= earliest.UtcTicks || tries > 0)
            {
                return answer;
            }
        }
    }

    /// <summary>An answer that is young enough; null when there is none.</summary>
    private PinAnswer? Recent((string, UInt128) key, DateTimeOffset earliest)
    {
        if (!held.TryGet(key, out var have))
        {
            return null;
        }

        var age = clock.GetElapsedTime(have.At);
        return have.Answer.Digest is null
            ? age < kept.Failure ? Stale(have, have.Answer) : null
            : age < kept.Fresh && have.Asked >= earliest ? have.Answer : null;
    }

    private async Task<PinAnswer> FetchAsync((string, UInt128) key, ImageReference reference, Asker asker, List<StoredEntry> secrets, DateTimeOffset earliest)
    {
        var gate = gates.Of(reference.Registry);
        // a flight may have landed since this one was asked for
        if (Recent(key, earliest) is { } landed)
        {
            return landed;
        }

        if ((asker.IsVouchedFor || hostsOfCluster.TryGet(reference.Registry, out _) ? null : strangers.Enter()) is { } stranger)
        {
            return stranger;
        }

        held.TryGet(key, out var before);
        if (gate.Enter() is { } closed)
        {
            return Stale(before, closed);
        }

        var asked = clock.GetUtcNow();
        var began = clock.GetTimestamp();
        var answer = await AnswerAsync(reference, asker, secrets);
        metrics.Time("cleat_resolve_duration_seconds", clock.GetElapsedTime(began));
        metrics.Count("cleat_resolve_requests_total", $"result=\"{(answer.Digest is null ? answer.Cause.ToString().ToLowerInvariant() : "resolved")}\"");
        gate.Leave(answer.Digest is null && answer.Cause is PinCause.Unreachable or PinCause.Timeout or PinCause.RateLimited ? answer.Message : null);
        if (answer.Digest is not null)
        {
            answer = answer with { At = asked.UtcTicks };
            held.Set(key, new(answer, clock.GetTimestamp(), asked, null));
            return answer;
        }

        // what is there no more, or may be seen no more, is not stale
        var isGone = answer.Cause is PinCause.NotFound or PinCause.Denied;
        Held now = new(answer, clock.GetTimestamp(), asked, isGone ? null : before?.Good);
        held.Set(key, now);
        return Stale(now, answer);
    }

    private async Task<PinAnswer> AnswerAsync(ImageReference reference, Asker asker, List<StoredEntry> secrets)
    {
        using CancellationTokenSource end = new(limit, clock);
        try
        {
            if (!asker.IsVouchedFor)
            {
                return Of(await nobody.AskAsync(reference, null, end.Token), reference, []);
            }

            List<string> tried = [];
            foreach (var entry in secrets)
            {
                tried.Add(entry.From);
                if (await known.AskAsync(reference, entry.Credential, end.Token) is { Failure: not ResolveFailure.Denied } settled)
                {
                    return Of(settled, reference, tried);
                }
            }

            foreach (var source in node)
            {
                foreach (var entry in await source.FindAsync(reference, end.Token))
                {
                    tried.Add(entry.From);
                    if (await known.AskAsync(reference, entry.Credential, end.Token) is { Failure: not ResolveFailure.Denied } settled)
                    {
                        return Of(settled, reference, tried);
                    }
                }
            }

            return Of(await known.AskAsync(reference, null, end.Token), reference, tried);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return PinAnswer.Failed(PinCause.Timeout, $"{reference.Registry} gave no answer within {Duration.Words(limit)}");
        }
    }

    private static PinAnswer Of(ResolvedTag tag, ImageReference reference, List<string> tried) => tag.Failure switch
    {
        null => PinAnswer.Of(tag.Digest!.Value.ToString(), PinSource.Registry),
        ResolveFailure.NotFound => PinAnswer.Failed(PinCause.NotFound, $"{reference.Registry} does not have it (404)"),
        ResolveFailure.Denied => PinAnswer.Failed(PinCause.Denied, $"{reference.Registry} denies access, tried {(tried.Count == 0 ? "without credentials" : string.Join(", ", tried.Distinct()) + ", and without credentials")}"),
        ResolveFailure.RateLimited => PinAnswer.Failed(PinCause.RateLimited, First(tag.Problem!)),
        ResolveFailure.Unreachable => PinAnswer.Failed(PinCause.Unreachable, First(tag.Problem!)),
        _ => PinAnswer.Failed(PinCause.Refused, First(tag.Problem!)),
    };

    // the kind in front is the metric's, what follows is advice for a command line
    private static string First(string problem)
    {
        var text = problem.IndexOf(": ", StringComparison.Ordinal) is >= 0 and var colon ? problem[(colon + 2)..] : problem;
        return text.Split(';')[0];
    }

    private PinAnswer Stale(Held? before, PinAnswer failure)
    {
        if (before?.Good is not { } good || clock.GetElapsedTime(good.At) is var age && age > kept.Stale)
        {
            return failure;
        }

        return PinAnswer.Of(good.Digest, PinSource.Stale, $"is pinned to what it meant {Duration.Words(age)} ago: {failure.Message}");
    }

    private static UInt128 Scope(Asker asker, List<StoredEntry> secrets)
    {
        if (!asker.IsVouchedFor)
        {
            return 0;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var entry in secrets)
        {
            hash.AppendData(entry.Credential.Fingerprint(FingerprintKey));
        }

        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash.GetHashAndReset());
    }

    /// <param name="Answer">What was answered last.</param>
    /// <param name="At">When, on the monotonic clock.</param>
    /// <param name="Asked">When, on the wall's.</param>
    /// <param name="Earlier">The last digest, where the last answer is none.</param>
    private sealed record Held(PinAnswer Answer, long At, DateTimeOffset Asked, (string Digest, long At)? Earlier)
    {
        public (string Digest, long At)? Good => Answer.Digest is { } digest ? (digest, At) : Earlier;
    }
}
