using Cleat.References;
using Cleat.Trees;

namespace Cleat.Formats.Builds;

/// <summary>The names that what is built gets, each with its tag: <c>latest</c> when none is written.</summary>
internal sealed class BuiltNames
{
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>Takes the name that a scalar says; what is no reference names nothing.</summary>
    public void Add(Tree tree, int node)
    {
        if (tree[node].Kind == NodeKind.Scalar && ImageReference.TryParse(tree[node].Value, out var image, out _))
        {
            names.Add(Tagged(image));
        }
    }

    /// <summary>True for an image of just this name and tag; one with a digest is pulled, whatever is built here.</summary>
    public bool Contains(ImageReference image) => image.Digest is null && names.Contains(Tagged(image));

    private static string Tagged(ImageReference image) => $"{image.Registry}/{image.Repository}:{image.EffectiveTag}";
}
