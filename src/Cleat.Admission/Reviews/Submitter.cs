namespace Cleat.Admission.Reviews;

/// <summary>The owner that an object says it has.</summary>
internal sealed record OwnerReference(string ApiVersion, string Kind, string Name, string Uid);

/// <summary>
/// What is kept of a review while its images are asked for. A question goes on for the next who asks it when its own review is long answered, and the review's bytes are then another's:
/// nothing here refers to them.
/// </summary>
/// <param name="Revision">The label by which the owner tells its revisions apart, and its value; null for owners with one revision only.</param>
/// <param name="Selector">A label and its value that all pods of the revision have; null when none is known.</param>
/// <param name="PullSecrets">Names.</param>
internal sealed record Submitter(
    string Namespace, string Kind, string Name, bool IsUpdate, bool IsDryRun, OwnerReference? Owner, (string Label, string Hash)? Revision, (string Label, string Value)? Selector, IReadOnlyList<string> PullSecrets, string ServiceAccount)
{
    private static readonly string[] RevisionLabels = ["pod-template-hash", "controller-revision-hash"];

    // of jobs, which have one revision
    private static readonly string[] JobLabels = ["batch.kubernetes.io/controller-uid", "controller-uid"];

    /// <summary>True for a new pod, which is what owners make.</summary>
    public bool IsNewPod => Kind == "Pod" && !IsUpdate;

    public static Submitter Of(Review review)
    {
        var spec = PodImages.Spec(review.Kind, review.Object) ?? default;
        var owner = review.Controller is { } o && Json.Text(o, "uid") is { Length: > 0 } uid
            ? new OwnerReference(Json.Text(o, "apiVersion") ?? "", Json.Text(o, "kind") ?? "", Json.Text(o, "name") ?? "", uid)
            : null;
        var revision = First(review, RevisionLabels);
        return new(
            review.Namespace, review.Kind, review.Name, review.IsUpdate, review.IsDryRun, owner, revision, revision ?? First(review, JobLabels), Json.Names(spec, "imagePullSecrets"), Json.Text(spec, "serviceAccountName") ?? "");
    }

    private static (string Label, string Value)? First(Review review, string[] labels)
    {
        foreach (var label in labels)
        {
            if (review.Label(label) is { Length: > 0 } value)
            {
                return (label, value);
            }
        }

        return null;
    }
}
