using Cleat.Admission.Hosting;
using Cleat.Admission.Reviews;
using Cleat.References;

namespace Cleat.Admission.Pins;

/// <summary>What <c>/validate</c> answers: images that this request brings must have a digest. It asks nobody and trusts no annotation.</summary>
internal sealed class Validation(IReadOnlyList<ImageExemption> exempt, Metrics metrics, bool refuses)
{
    public ReviewAnswer Answer(Review review)
    {
        ReviewAnswer answer = new();
        var changes = ImageChanges.Of(review);

        // a kubelet shows what it runs already; anybody else's pod with that annotation is a pod as any other
        if (changes.Skip == "mirror" && !review.IsOfNode)
        {
            changes = ImageChanges.OfAll(review);
        }

        foreach (var (place, _) in changes.New)
        {
            var isReference = ImageReference.TryParse(place.Text, out var reference, out var error);
            if (isReference && (reference!.Digest is not null || exempt.Any(e => e.Exempts(place.Name, reference))))
            {
                continue;
            }

            metrics.Violation(refuses);
            var said = isReference
                ? $"cleat: {place}: {place.Text} is selected by a tag, not by its digest: write name:tag@sha256:… (cleat pin)"
                : $"cleat: {place}: '{place.Text}' is no image reference: {error!.Message}";
            if (!refuses)
            {
                answer.Warnings.Add(said);
            }
            else
            {
                answer.Refusal ??= Text.PrintableText.Of(said.Length > 500 ? said[..500] : said);
            }
        }

        return answer;
    }
}
