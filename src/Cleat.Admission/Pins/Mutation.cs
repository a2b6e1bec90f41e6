using Cleat.Admission.Hosting;
using Cleat.Admission.Reviews;
using Cleat.References;

namespace Cleat.Admission.Pins;

/// <summary>What <c>/mutate</c> answers: every image that is new gets the digest that its tag means. Nothing is ever refused here.</summary>
internal sealed class Mutation(IPinner pinner, IReadOnlyList<ImageExemption> exempt, Metrics metrics, bool mayOptOut)
{
    /// <summary>The annotation with which a pod is left alone, where nothing enforces pins.</summary>
    public const string OptOut = "cleat.dev/pin";

    private const int LongestAudit = 1000;

    /// <param name="limit">For all of it.</param>
    /// <exception cref="OperationCanceledException">The caller is gone.</exception>
    public async Task<ReviewAnswer> AnswerAsync(Review review, TimeSpan limit, CancellationToken cancellation)
    {
        ReviewAnswer answer = new();
        if (mayOptOut && review.Annotation(OptOut) == "false")
        {
            metrics.Skipped("opt-out");
            return answer;
        }

        var changes = ImageChanges.Of(review);
        if (changes.Skip is { } cause)
        {
            metrics.Skipped(cause);
            return answer;
        }

        Submitter? from = null;
        List<(ImagePlace Place, ImageReference Reference, Task<PinAnswer> Pin)> asked = [];
        foreach (var (place, before) in changes.New)
        {
            if (!ImageReference.TryParse(place.Text, out var reference, out var error))
            {
                metrics.Unpinned(PinCause.Malformed);
                answer.Warnings.Add($"cleat: {place}: '{place.Text}' is no image reference: {error.Message}");
            }
            else if (reference.Digest is not null)
            {
                metrics.Skipped("pinned");
            }
            else if (exempt.Any(e => e.Exempts(place.Name, reference)))
            {
                metrics.Skipped("exempt");
            }
            else
            {
                asked.Add((place, reference, before is null ? pinner.PinAsync(new(from ??= Submitter.Of(review), place, reference, limit), cancellation) : Task.FromResult(PinAnswer.Of(before, PinSource.Before))));
            }
        }

        List<string> pinned = [];
        foreach (var (place, reference, pin) in asked)
        {
            var got = await pin;
            if (got.Digest is { } digest)
            {
                // as `cleat pin` writes it: the tag is always there
                var text = $"{reference.Name}:{reference.EffectiveTag}@{digest}";
                answer.Replacements.Add(new(place.Pointer, text));
                pinned.Add(text);
                metrics.Pinned(got.Source);
            }
            else
            {
                metrics.Unpinned(got.Cause);
            }

            if (got.Message is { } message)
            {
                answer.Warnings.Add($"cleat: {place}: {place.Text} {(got.Digest is null ? "is not pinned: " : "")}{message}");
            }
        }

        if (pinned.Count > 0)
        {
            var all = string.Join(", ", pinned.Distinct());
            answer.Pinned = all.Length > LongestAudit ? all[..LongestAudit] + "…" : all;
        }

        return answer;
    }
}

/// <summary>What is to be pinned.</summary>
/// <param name="Limit">How long the answer may take.</param>
internal readonly record struct PinQuestion(Submitter From, ImagePlace Place, ImageReference Reference, TimeSpan Limit);

/// <summary>Who knows digests.</summary>
internal interface IPinner
{
    /// <returns>The answer. Failures are answers, too.</returns>
    /// <exception cref="OperationCanceledException">The caller is gone.</exception>
    Task<PinAnswer> PinAsync(PinQuestion question, CancellationToken cancellation);
}
