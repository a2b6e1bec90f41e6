using Cleat.References;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Hcl;

/// <summary>
/// Arguments of modules whose files are not in the tree, and outputs of those that are: only their names tell that they are images, and so a text counts
/// only when it has a registry's or a tag's shape as well (<c>ubuntu-22.04</c> is a virtual machine's image).
/// </summary>
internal static class ModuleArguments
{
    private static readonly string[] Names = ["image", "image_uri", "container_image", "image_identifier", "containerImage"];

    /// <summary>The arguments of a call that may be images.</summary>
    /// <param name="node">The map of arguments, at <paramref name="path"/>.</param>
    public static IEnumerable<ValueText> Of(Tree tree, int node, Steps path)
    {
        foreach (var (child, step) in Values.Of(tree, node, Traversal.Any))
        {
            var at = path.Add(step);
            if (tree[child].Kind != NodeKind.Scalar)
            {
                foreach (var text in Of(tree, child, at))
                {
                    yield return text;
                }
            }
            else if (step.Key is { } key && Array.IndexOf(Names, key) >= 0 && !tree.IsNull(child) && tree[child].Value.Length > 0)
            {
                yield return ValueText.Of(tree, child, at);
            }
        }
    }

    /// <summary>True when a text is a reference with a tag or a digest.</summary>
    public static bool IsReference(ValueText text) =>
        !text.IsExpression && text.Value is var value && !value.Contains("://", StringComparison.Ordinal) && !value.StartsWith("arn:", StringComparison.Ordinal)
        && (text.Parts() is { Count: > 0 } || (ImageReference.TryParse(value, out var reference, out _) && (reference.Tag is not null || reference.Digest is not null)))
        && value.LastIndexOf(':') > value.LastIndexOf('/');

    /// <summary>True for an argument whose name says that it is a container image, not a virtual machine's.</summary>
    public static bool IsContainerImage(ValueText argument) => argument.Path.Key is "container_image" or "image_uri" or "containerImage" || argument.Path.Span.Contains("container_definitions");

    /// <summary>True when the value of an output is the text of an image.</summary>
    public static bool IsImageOutput(Tree tree, string name, int value) =>
        (Array.IndexOf(Names, name) >= 0 || name.EndsWith("_image", StringComparison.Ordinal)) && tree[value].Kind == NodeKind.Scalar
        && ValueText.Of(tree, value, Steps.Root) is var text && text.Parts() is { Count: 0 } && IsReference(text);
}
