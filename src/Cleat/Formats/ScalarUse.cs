using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats;

/// <summary>A reference that is the whole of a scalar: the common case of every tree format.</summary>
internal static class ScalarUse
{
    /// <summary>Judges what a path leads to; nothing is added where nothing is named.</summary>
    public static void Add(Tree tree, Match match, Format format, UseSink sink)
    {
        ref readonly var node = ref tree[match.Node];
        if (node.Kind == NodeKind.Map && tree.Source.Span[node.Span.Start..].StartsWith("{{"u8))
        {
            // an unquoted template expression looks like a flow map to YAML
            var rest = tree.Source.Span[node.Span.Start..];
            var end = rest.IndexOf((byte)'\n') is var n && n < 0 ? rest.Length : n;
            var span = new TextSpan(node.Span.Start, rest[..end].TrimEnd(" \t\r"u8).Length);
            sink.Add(Judged(format.Name, match.Steps, tree.Source.Slice(span), span, new PinSite.Nowhere("the template's values name the image"), null));
            return;
        }

        var prefix = match.Prefix;
        if (node.Kind == NodeKind.Scalar && !tree.IsNull(match.Node) && node.Value.Length > prefix.Length && node.Value.StartsWith(prefix, StringComparison.Ordinal))
        {
            Add(tree, match.Node, format.Name, match.Steps, prefix.Length, sink);
        }
    }

    /// <summary>Judges a scalar from a character on: what stands in front of it is not part of the reference.</summary>
    public static void Add(Tree tree, int index, string format, Steps path, int skip, UseSink sink)
    {
        ref readonly var node = ref tree[index];
        var (span, text) = (node.Span, node.Value[skip..]);
        PinSite site = tree.Syntax is TreeSyntax.Json or TreeSyntax.Toml && node.IsPlain
            ? new PinSite.Nowhere("it is a number, a date or a word, not text: write it in quotes first")
            : Text(tree, span, text, sink);
        if (skip > 0)
        {
            var raw = tree.Source.Slice(span);
            if (raw.StartsWith(node.Value[..skip], StringComparison.Ordinal))
            {
                // prefixes are ASCII: characters are bytes
                span = TextSpan.FromBounds(span.Start + skip, span.End);
                site = Text(tree, span, text, sink);
            }
            else
            {
                site = new PinSite.Nowhere("it is written with escapes: write it plainly first");
            }
        }

        sink.Add(Judged(format, path, text, span, site, null));
    }

    // where nothing is to be written one stands for all: a file may have millions. Beside a digest a comment may say the tag
    private static PinSite.Text Text(Tree tree, TextSpan span, string text, UseSink sink) => sink.WantsSites || text.Contains('@', StringComparison.Ordinal) ? new PinSite.Text(span, LineComment: Comment(tree)) : PinSite.Text.Somewhere;

    /// <summary>A use with the verdict of its text.</summary>
    public static ImageUse Judged(string format, Steps path, string text, TextSpan span, PinSite site, string? platform)
    {
        var judgement = Policy.Judge(text);
        var setter = judgement.Verdict == Verdict.Pinned && site is PinSite.Field { TagSetter: { } by } ? by : null;
        return new ImageUse
        {
            Format = format,
            Steps = path,
            // the same text may stand in a file a million times
            Text = judgement.Reference?.Original ?? text,
            Span = span,
            Verdict = judgement.Verdict,
            Reference = judgement.Reference,
            Problem = setter is null ? judgement.Problem : $"{setter} writes the tag, and nobody moves the digest: what it selects next will not run",
            Rule = setter is null ? null : Rule.TagDigestMismatch,
            Site = site,
            Platform = platform,
        };
    }

    /// <summary>A use that names no image: what is built here, an alias, another unit.</summary>
    /// <param name="what">What it is instead.</param>
    public static ImageUse Local(string format, Steps path, string text, TextSpan span, string what) => new()
    {
        Format = format,
        Steps = path,
        Text = text,
        Span = span,
        Verdict = Verdict.NotAnImage,
        Problem = what,
        Site = new PinSite.Nowhere(what),
    };

    /// <summary>What starts a comment at the end of a line in this syntax, or null.</summary>
    public static string? Comment(Tree tree) => tree.Syntax switch
    {
        TreeSyntax.Yaml or TreeSyntax.Toml or TreeSyntax.Hcl => "#",
        TreeSyntax.Bicep => "//",
        _ => null,
    };
}
