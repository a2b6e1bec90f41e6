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

        NoticePlaces places = new(source);
        var syntax = TreeReading.Syntax(source);
        foreach (var part in TreeReading.Parts(source, syntax))
        {
            foreach (var tree in TreeReading.Read(source, part, syntax, out _))
            {
                Dictionary<int, List<(Notice? Place, SuppressionWord Word)>> known = [];
                for (var map = 0; map < tree.Count; map++)
                {
                    if (tree[map].Kind == NodeKind.Map && tree.Child(map, "metadata") is var metadata and >= 0 && tree.Child(metadata, "annotations") is var annotations and >= 0)
                    {
                        // many maps may have the same ones, by an alias
                        if (!known.TryGetValue(annotations, out var words))
                        {
                            known[annotations] = words = Words(tree, annotations, places);
                        }

                        found.AddRange(words.Select(w => new Suppression(tree[map].Span, w.Word.Rules, new(IgnoredBy.Annotation, w.Word.Reason)) { Place = w.Place, Wrong = w.Word.Wrong }));
                    }
                }
            }
        }
    }

    // one of Cleat's own and one of another tool's: further ones would silence the same
    private static List<(Notice? Place, SuppressionWord Word)> Words(Tree tree, int annotations, NoticePlaces places)
    {
        List<(Notice? Place, SuppressionWord Word)> words = [];
        foreach (var (key, written) in tree.Entries(annotations))
        {
            var value = tree.Target(written);
            if (value >= 0 && tree[value].Kind == NodeKind.Scalar && SuppressionWord.OfAnnotation(tree[key].Value, tree.IsNull(value) ? "" : tree[value].Value) is { } word
                && !words.Exists(w => (w.Word.Own, w.Word.Wrong) == (word.Own, word.Wrong)))
            {
                words.Add((word.Own ? places.At(tree[key].Span, Rule.UnusedIgnore, "") : null, word));
            }
        }

        return words;
    }
}
