using Cleat.Findings;
using Cleat.Text;
using Cleat.Trees;

namespace Cleat.Formats;

/// <summary>A reference that is the whole of a scalar: the common case of every tree format.</summary>
internal static class ScalarUse
{
    /// <summary>Judges what stands at a place; nothing is added where nothing is named.</summary>
    public static void Add(Tree tree, int index, string format, string path, UseSink sink)
    {
        ref readonly var node = ref tree[index];
        if (node.Kind == NodeKind.Map && tree.Source.Span[node.Span.Start..].StartsWith("{{"u8))
        {
            // an unquoted template expression looks like a flow map to YAML
            var rest = tree.Source.Span[node.Span.Start..];
            var end = rest.IndexOf((byte)'\n') is var n && n < 0 ? rest.Length : n;
            var span = new TextSpan(node.Span.Start, rest[..end].TrimEnd(" \t\r"u8).Length);
            sink.Add(Judged(format, path, tree.Source.Slice(span), span, new PinSite.Nowhere("the template's values name the image"), null));
            return;
        }

        if (node.Kind == NodeKind.Scalar && !tree.IsNull(index) && node.Value.Length > 0)
        {
            sink.Add(Judged(format, path, node.Value, node.Span, new PinSite.Text(node.Span, LineComment: Comment(tree)), null));
        }
    }

    /// <summary>A use with the verdict of its text.</summary>
    public static ImageUse Judged(string format, string path, string text, TextSpan span, PinSite site, string? platform)
    {
        var judgement = Policy.Judge(text);
        return new ImageUse
        {
            Format = format,
            Path = path,
            Text = text,
            Span = span,
            Verdict = judgement.Verdict,
            Reference = judgement.Reference,
            Problem = judgement.Problem,
            Site = site,
            Platform = platform,
        };
    }

    /// <summary>What starts a comment at the end of a line in this syntax, or null.</summary>
    public static string? Comment(Tree tree) => tree.Syntax == TreeSyntax.Yaml ? "#" : null;
}
