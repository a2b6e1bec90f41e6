using Cleat.Configuration;
using Cleat.References;
using Cleat.Uses;

namespace Cleat.Run;

/// <summary>Which images a change is about.</summary>
internal sealed class ChosenImages
{
    private readonly ExemptionIndex only;
    private readonly ExemptionIndex skip;

    private ChosenImages(ExemptionIndex only, ExemptionIndex skip)
    {
        this.only = only;
        this.skip = skip;
    }

    /// <param name="only">These and what lies below; none for all.</param>
    /// <param name="skip">Not these, nor what lies below.</param>
    /// <exception cref="CleatException">One of them names no image.</exception>
    public static ChosenImages Of(IReadOnlyList<string> only, IReadOnlyList<string> skip) => new(Index(only), Index(skip));

    public bool Want(ImageUse use) => (only.IsEmpty || only.Holds(use)) && !skip.Holds(use);

    private static ExemptionIndex Index(IReadOnlyList<string> names) => new(names.Select((name, place) =>
        ImageReference.TryParse(name, out var image, out _) && image.Digest is null ? (place, new Exemption(name, null, null, null, null, default))
        : throw new CleatException($"'{name}' names no image: write a registry, a repository or both, perhaps with a tag")));
}
