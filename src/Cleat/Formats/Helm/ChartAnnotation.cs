using System.Text;
using Cleat.Text;
using Cleat.Trees;

namespace Cleat.Formats.Helm;

/// <summary>
/// The images a chart says it uses, for catalogues and mirrors (artifacthub.io/docs, "Helm annotations": <c>artifacthub.io/images</c>; Bitnami's
/// <c>images</c>): YAML that stands as text in the YAML of Chart.yaml.
/// </summary>
internal static class ChartAnnotation
{
    private static readonly PathSet Images = new("[].image");

    public static void Take(Place place)
    {
        if (place.Node.Kind != NodeKind.Scalar || place.Tree.IsNull(place.Match.Node))
        {
            return;
        }

        var text = Encoding.UTF8.GetBytes(place.Node.Value);
        if (EmbeddedText.Align(text, place.Tree.Source.Span, place.Node.Span) is not { } map)
        {
            place.Sink.Problem(place.Node.Span.Start, "the list of images is folded or escaped, so its places cannot be found: write it as a literal block (|)");
            return;
        }

        SourceText inner = new("images.yaml", text);
        foreach (var part in YamlDocuments.Split(text, 0))
        {
            foreach (var tree in YamlTrees.Read(inner, part, out var problem))
            {
                foreach (var match in TreeWalk.Find(tree, Images, out _).Where(m => tree[m.Node].Kind == NodeKind.Scalar && !tree.IsNull(m.Node)))
                {
                    ref readonly var node = ref tree[match.Node];
                    var span = TextSpan.FromBounds(map[node.Span.Start], map[node.Span.End]);
                    PinSite site = place.Tree.Source.Slice(span) == node.Value ? new PinSite.Text(span) : new PinSite.Nowhere("it is written with escapes: write it plainly first");
                    place.Sink.Add(ScalarUse.Judged(place.Format.Name, place.Match.Path + match.Path, node.Value, span, site, null));
                }

                if (problem is not null)
                {
                    place.Sink.Problem(map[problem.Offset], problem.Message);
                }
            }
        }
    }
}
