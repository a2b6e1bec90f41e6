using Cleat.Formats.Kubernetes;
using System.Buffers;
using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Trees.Yaml;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Helm;

/// <summary>
/// A Helm template (helm.sh/docs, "Chart Template Guide"), read with its actions masked: an image that is written out is judged, one that is
/// made of actions is named with the values it reads. What is no YAML even then is read line by line.
/// </summary>
internal static class HelmTemplate
{
    /// <summary>What every key that names an image ends with, as it is written.</summary>
    public static readonly IReadOnlyList<string> Keys = ["mage:", "mage\":", "mage':", "mage :", "reference:"];

    private static readonly byte[][] KeyBytes = [.. Keys.Select(System.Text.Encoding.UTF8.GetBytes)];

    private static readonly Steps Image = Steps.Of("image");

    private static readonly PathSet Fragment = new("**.image", "**.volumes[].image.reference");

    public static void Read(Reading reading)
    {
        var length = reading.Source.Span.Length;
        var masked = ArrayPool<byte>.Shared.Rent(length);
        TemplateMask.Of(reading.Source.Span, masked.AsSpan(0, length));
        Read(reading, masked.AsMemory(0, length));
        ArrayPool<byte>.Shared.Return(masked);
    }

    private static void Read(Reading reading, ReadOnlyMemory<byte> text)
    {
        // named templates: now and then YAML as a whole, and not worth a second reader where they are not
        var isNamed = reading.Source.Path.EndsWith(".tpl", StringComparison.Ordinal);
        var masked = new SourceText(isNamed ? "x.yaml" : reading.Source.Path, text);
        foreach (var part in TreeReading.Parts(masked, TreeSyntax.Yaml))
        {
            if (!Array.Exists(KeyBytes, key => masked.Span.Slice(part.Start, part.Length).IndexOf(key) >= 0))
            {
                continue;
            }

            ReadProblem? problem = null;
            var trees = isNamed ? YamlTrees.ReadPlain(masked, part) : YamlTrees.Read(masked, part, out problem);
            if (trees is null || problem is not null || trees.Exists(t => t.Count > 0 && t[0].Kind == NodeKind.Scalar))
            {
                ReadLines(reading, masked, part);
                continue;
            }

            foreach (var tree in trees)
            {
                Document(reading, tree);
                tree.Recycle();
            }
        }
    }

    private static void Document(Reading reading, Tree tree)
    {
        if (IsSuite(tree))
        {
            return;
        }

        UseSink found = new();
        if (tree.Count > 0 && KubernetesFormat.Format.Accepts(tree))
        {
            FileReading.ReadTree(tree, KubernetesFormat.Format, found, Surroundings.None);
        }
        else
        {
            // a part that another template puts into an object
            foreach (var match in TreeWalk.Find(tree, Fragment, out _).Where(m => tree[m.Node].Kind == NodeKind.Scalar))
            {
                ScalarUse.Add(tree, match, reading.Format, found);
            }
        }

        foreach (var use in found.Uses)
        {
            reading.Sink.Add(Unmasked(reading, use));
        }

        found.Problems.ForEach(p => reading.Sink.Problem(p.Offset, p.Message));
    }

    // a suite of the plugin helm-unittest: what it compares with runs nowhere
    private static bool IsSuite(Tree tree) =>
        tree.Count > 0 && tree.Child(0, "tests") >= 0 && (tree.Child(0, "suite") >= 0 || tree.Child(0, "templates") >= 0 || tree.Child(0, "template") >= 0);

    private static ImageUse Unmasked(Reading reading, ImageUse use) =>
        reading.Source.Slice(use.Span) is var text && text.Contains("{{", StringComparison.Ordinal)
            ? Dynamic(reading, use.Steps, text, use.Span)
            : use with { Format = reading.Format.Name };

    private static ImageUse Dynamic(Reading reading, Steps path, string text, TextSpan span)
    {
        var judged = ScalarUse.Judged(reading.Format.Name, path, text, span, new PinSite.Text(span), null);
        if (judged.Verdict == Verdict.Pinned)
        {
            return judged;
        }

        var values = Values(text);
        var why = values.Count > 0 ? $"it reads {string.Join(", ", values)}: judged where values.yaml sets it" : "a named template puts it together from the chart's values";
        return judged with { Problem = judged.Verdict == Verdict.Dynamic ? why : judged.Problem, Site = new PinSite.Nowhere("the chart's values name the image: pin it in values.yaml") };
    }

    /// <summary>The values that an expression reads: <c>.Values.image.tag</c>.</summary>
    private static List<string> Values(string text)
    {
        List<string> values = [];
        for (var at = 0; (at = text.IndexOf(".Values.", at, StringComparison.Ordinal)) >= 0;)
        {
            var end = at + 1;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '_'))
            {
                end++;
            }

            var value = text[at..end].TrimEnd('.');
            if (!values.Contains(value))
            {
                values.Add(value);
            }

            at = end;
        }

        return values;
    }

    /// <summary><c>image: value</c> on a line of its own: what is left when ifs and loops cut through the YAML.</summary>
    internal static void ReadLines(Reading reading, SourceText masked, TextSpan part)
    {
        var text = masked.Span;
        for (var at = part.Start; at < part.End;)
        {
            var stop = text[at..part.End].IndexOf((byte)'\n') is var n && n < 0 ? part.End : at + n;
            var start = at;
            while (start < stop && text[start] is (byte)' ' or (byte)'-')
            {
                start++;
            }

            var quotes = start < stop && text[start] is (byte)'"' or (byte)'\'' ? 1 : 0;
            if (text[(start + quotes)..stop].StartsWith("image"u8) && Value(text, start + quotes + 5, stop) is { Length: > 0 } span)
            {
                var written = reading.Source.Slice(span);
                reading.Sink.Add(written.Contains("{{", StringComparison.Ordinal)
                    ? Dynamic(reading, Image, written, span)
                    : ScalarUse.Judged(reading.Format.Name, Image, written, span, new PinSite.Text(span, LineComment: "#"), null));
            }

            at = stop + 1;
        }
    }

    // the bytes of a plain or quoted scalar that ends on its line
    private static TextSpan? Value(ReadOnlySpan<byte> text, int at, int stop)
    {
        at += at < stop && text[at] is (byte)'"' or (byte)'\'' ? 1 : 0;
        if (at >= stop || text[at] != ':' || (at + 1 < stop && text[at + 1] is not ((byte)' ' or (byte)'\t')))
        {
            return null;
        }

        at++;
        while (at < stop && text[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        if (at >= stop || text[at] is (byte)'#' or (byte)'{' or (byte)'[' or (byte)'&' or (byte)'*' or (byte)'|' or (byte)'>' or (byte)'!' or (byte)'\r')
        {
            return null;
        }

        if (text[at] is (byte)'"' or (byte)'\'')
        {
            var close = text[(at + 1)..stop].IndexOf(text[at]);
            return close <= 0 ? null : new(at + 1, close);
        }

        var end = text[at..stop].IndexOf(" #"u8) is var comment && comment < 0 ? stop : at + comment;
        while (end > at && text[end - 1] is (byte)' ' or (byte)'\t' or (byte)'\r')
        {
            end--;
        }

        return TextSpan.FromBounds(at, end);
    }
}
