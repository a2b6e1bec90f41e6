using Cleat.Text;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Findings;

/// <summary>
/// Ignores in the annotations of Kubernetes objects. They hold for the map whose <c>metadata</c> they stand in: the
/// object, an item of a list, or the pod template alone.
/// </summary>
internal static class SuppressionAnnotations
{
    public static void Find(SourceText source, List<Suppression> found)
    {
        if (source.Span.IndexOf("cleat.dev/"u8) < 0 && source.Span.IndexOf("checkov.io/"u8) < 0)
        {
            return;
        }

        var syntax = TreeReading.Syntax(source);
        foreach (var part in TreeReading.Parts(source, syntax))
        {
            foreach (var tree in TreeReading.Read(source, part, syntax, out _))
            {
                for (var map = 0; map < tree.Count; map++)
                {
                    if (tree[map].Kind == NodeKind.Map && tree.Child(map, "metadata") is var metadata and >= 0 && tree.Child(metadata, "annotations") is var annotations and >= 0)
                    {
                        Take(tree, map, annotations, found);
                    }
                }
            }
        }
    }

    private static void Take(Tree tree, int map, int annotations, List<Suppression> found)
    {
        if (tree[annotations].Kind != NodeKind.Map)
        {
            return;
        }

        for (var key = tree[annotations].First; key >= 0; key = tree[tree[key].Next].Next)
        {
            var value = tree.Target(tree[key].Next);
            if (value >= 0 && tree[value].Kind == NodeKind.Scalar && SuppressionWord.OfAnnotation(tree[key].Value, tree.IsNull(value) ? "" : tree[value].Value) is { } word)
            {
                found.Add(new(tree[key].Span, tree[map].Span, word.Rules, new(IgnoredBy.Annotation, word.Reason), word.Own));
            }
        }
    }
}
