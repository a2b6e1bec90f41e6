using System.Text;
using Cleat.Text;
using Cleat.Trees.Yaml;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Embedded;

/// <summary>YAML or JSON that stands as text in a scalar of another document: what is found in it is judged and pinned where it stands in the file.</summary>
internal static class EmbeddedYaml
{
    private const string Split = "the digest is a field of its own here, in text inside a document: write it by hand";

    /// <summary>Reads the text at a place.</summary>
    /// <param name="what">What the text is, for people: <c>the list of images</c>.</param>
    /// <param name="find">Finds uses in one document of it; their paths go on behind the place's own.</param>
    public static void Read(Place place, string what, Action<Tree, UseSink> find)
    {
        if (place.Node.Kind != NodeKind.Scalar || place.Tree.IsNull(place.Match.Node))
        {
            return;
        }

        var text = Encoding.UTF8.GetBytes(place.Node.Value);
        if (EmbeddedText.Align(text, place.Tree.Source.Span, place.Node.Span) is not { } map)
        {
            place.Sink.Problem(place.Node.Span.Start, $"{what} is written with escapes, so its places cannot be found: write it as a literal block (|)");
            return;
        }

        SourceText inner = new("text.yaml", text);
        foreach (var part in YamlDocuments.Split(text, 0))
        {
            UseSink found = new();
            YamlTrees.Read(inner, part, out var problem).ForEach(tree => find(tree, found));
            foreach (var use in found.Uses)
            {
                place.Sink.Add(use with
                {
                    Format = place.Format.Name,
                    Steps = place.Match.Steps.Add(use.Steps),
                    Span = Moved(use.Span, map),
                    Site = Moved(use, inner, place.Tree.Source, map),
                });
            }

            foreach (var wrong in problem is null ? found.Problems : [.. found.Problems, problem])
            {
                place.Sink.Problem(map[wrong.Offset], wrong.Message);
            }
        }
    }

    private static PinSite Moved(ImageUse use, SourceText inner, SourceText file, OffsetMap map) => use.Site switch
    {
        PinSite.Text text when Moved(text.Span, map) is var span && file.Slice(span) == inner.Slice(text.Span) => text with { Span = span, LineComment = null, WithoutTag = null },
        PinSite.Text => new PinSite.Nowhere("it is written with escapes: write it plainly first"),
        PinSite.Nowhere => use.Site,
        _ => new PinSite.Nowhere(Split),
    };

    // what stands behind the last byte may be the CR that the text lost
    private static TextSpan Moved(TextSpan span, OffsetMap map) =>
        span.Length == 0 ? new(map[span.Start], 0) : TextSpan.FromBounds(map[span.Start], map[span.End - 1] + 1);
}
