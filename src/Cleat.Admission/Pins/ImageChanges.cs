using Cleat.Admission.Reviews;
using Cleat.References;

namespace Cleat.Admission.Pins;

/// <summary>Which images of an object this request brings.</summary>
/// <param name="New">Each image that is not what it was, with the digest that stood there before under the same name and tag, or null.</param>
/// <param name="Skip">Why the object is left alone as a whole, a word for metrics; null when it is not.</param>
internal readonly record struct ImageChanges(IReadOnlyList<(ImagePlace Place, string? Before)> New, string? Skip)
{
    /// <summary>The images of an object whoever's it is said to be.</summary>
    public static ImageChanges OfAll(Review review) => new(Changed(review), null);

    public static ImageChanges Of(Review review)
    {
        if (review.Operation is not ("CREATE" or "UPDATE"))
        {
            return new([], "operation");
        }

        // status, binding, resize: images do not change there
        if (review.SubResource is not ("" or "ephemeralcontainers"))
        {
            return new([], "subresource");
        }

        if (PodImages.SpecPath(review.Kind) is null)
        {
            return new([], "kind");
        }

        if (review.IsMirror)
        {
            return new([], "mirror");
        }

        // a Deployment makes another ReplicaSet when its own is not as it made it, again and again; so do others
        if (review.Kind is not ("Pod" or "EphemeralContainers") && review.Controller is not null)
        {
            return new([], "owned");
        }

        // its template cannot be changed any more
        if (review.Kind == "Job" && review.IsUpdate)
        {
            return new([], "immutable");
        }

        return new(Changed(review), null);
    }

    /// <summary>Every image of the object that the old object has not at the same place under the same name; of a subresource, those it can change.</summary>
    private static List<(ImagePlace Place, string? Before)> Changed(Review review)
    {
        var places = PodImages.Of(review.Kind, review.Object);
        var before = review.IsUpdate ? PodImages.Of(review.Kind, review.OldObject) : [];
        List<(ImagePlace Place, string? Before)> changed = new(places.Count);
        foreach (var place in places)
        {
            if (review is { Kind: "Pod", SubResource: "ephemeralcontainers" } && place.List != PodImages.Ephemeral)
            {
                continue;
            }

            var old = before.Find(b => b.List == place.List && b.Name == place.Name).Text;
            if (old != place.Text)
            {
                changed.Add((place, old is null ? null : Kept(place.Text, old)));
            }
        }

        return changed;
    }

    // who applies the tag again means what it was pinned to: nothing changed for him
    private static string? Kept(string text, string old) =>
        ImageReference.TryParse(text, out var now, out _) && now.Digest is null && ImageReference.TryParse(old, out var then, out _) && then.Digest is { } digest
        && now.Registry == then.Registry && now.Repository == then.Repository && then.Tag is { } tag && now.EffectiveTag == tag
            ? digest.ToString()
            : null;
}
