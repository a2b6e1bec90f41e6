using Cleat.Text;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Kustomize;

/// <summary>
/// What Argo CD hands to <c>kustomize edit set image</c> (Application, <c>spec.source.kustomize.images</c>): <c>name=newname:tag</c>, <c>name:tag</c>,
/// each with a digest behind it or in the tag's place. kustomize reads tag and digest together since its pull request 5234 (5.6, tried).
/// </summary>
internal static class ImageArgument
{
    public static void Take(Place place)
    {
        var (tree, match, format, sink, _) = place;
        if (place.Node.Kind != NodeKind.Scalar || tree.IsNull(match.Node))
        {
            return;
        }

        var (text, span) = (place.Node.Value, place.Node.Span);
        var equals = text.IndexOf('=', StringComparison.Ordinal) + 1;
        var image = text[equals..];
        if (image.Contains('*', StringComparison.Ordinal))
        {
            sink.Add(ScalarUse.Local(format.Name, match.Steps, text, span, "") with
            {
                Verdict = Verdict.Dynamic,
                Problem = "'*' keeps what the kustomization says",
                Site = new PinSite.Nowhere("'*' keeps what the kustomization says: pin it there, or write the whole reference"),
            });
        }
        else if (ImageEntry.Split(image) is not { Tag: null, Digest: null } || Policy.Judge(image).Verdict == Verdict.Dynamic)
        {
            ScalarUse.Add(tree, match.Node, format.Name, match.Steps, equals, sink);
        }
        else
        {
            var what = equals > 0 ? "it sets neither tag nor digest: the tag or digest of the base runs" : "kustomize takes no bare name here: write name:tag, or name=newname";
            // the name that it gives is what it reads, with its span: a digest may have stood behind it
            var named = tree.Source.Slice(span) == text ? new TextSpan(span.Start + equals, span.Length - equals) : span;
            sink.Add(ScalarUse.Local(format.Name, match.Steps, image, named, what) with { Verdict = equals > 0 ? Verdict.NotAnImage : Verdict.Malformed });
        }
    }
}
