using Cleat.Formats.Hcl;
using Cleat.Formats.Terraform;
using Cleat.Trees.Braces;
using Cleat.Trees.Paths;
using Cleat.Trees.Yaml;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Helm;

/// <summary>
/// Releases of the Helm provider (registry.terraform.io/providers/hashicorp/helm, <c>helm_release</c> and <c>helm_template</c>): their <c>values</c>, YAML in
/// text or a structure, and the parts of an image in <c>set</c>, are judged as a chart's values are.
/// </summary>
internal sealed class HelmRelease(Reading reading, Tree own, HclUses uses, Module module)
{
    public const string Where = "resource.helm_release.*.values, resource.helm_release.*.set";

    private const int Deepest = 4;

    /// <summary>Judges what a block of a file of the module says when it is a release, as far as it stands in the file that is read.</summary>
    public void Take(Tree file, int block, Steps path)
    {
        if (!path.StartsWith("resource", "helm_release") && !path.StartsWith("data", "helm_template"))
        {
            return;
        }

        var chart = Folder(file.Text(block, "chart")) is { } folder ? new FolderBeside(reading.Beside, module.Folder + folder) : Surroundings.None;
        foreach (var (values, its) in Values.Of(file, block, ["values"]))
        {
            Take(file, values, path.Add(its), chart, 0);
        }

        Judge(file, HelmSets.Read(file, block), 0, path.Add("set"), chart);
    }

    private void Take(Tree file, int node, Steps path, Surroundings chart, int depth)
    {
        if (file[node].Kind == NodeKind.Sequence)
        {
            var index = 0;
            foreach (var item in file.Items(node))
            {
                Take(file, item, path.Add(index++), chart, depth);
            }
        }
        else if (file[node].Kind == NodeKind.Map)
        {
            Judge(file, file, node, path, chart);
        }
        else if (ValueText.Of(file, node, path) is var written && written.Whole() is null)
        {
            Text(written, chart);
        }
        else if (written.Names() is not null && depth < Deepest)
        {
            foreach (var (tree, named, its, _) in module.Names.Of(written))
            {
                Take(tree, named, its, chart, depth + 1);
            }
        }
    }

    // YAML, read where it stands, with other text of the same length in the place of expressions
    private void Text(ValueText text, Surroundings chart)
    {
        var source = text.Tree.Source;
        if (text.Value.Length > 0 && source.Span[text.Span.Start - 1] == '"' && text.Value != source.Slice(text.Span))
        {
            if (text.Tree == own && text.Value.Contains("mage", StringComparison.Ordinal))
            {
                reading.Sink.Problem(text.Span.Start, $"{text.Path} holds escapes that cannot be followed: write it as a heredoc or with yamlencode");
            }

            return;
        }

        TemplateText masked = new(source, text.Span, text.Parts() ?? []);
        var trees = YamlTrees.Read(masked.Source, text.Span, out var problem);
        foreach (var tree in trees)
        {
            Judge(text.Tree, tree, 0, text.Path, chart, masked);
        }

        if (problem is not null && text.Tree == own && !reading.Sink.Problems.Exists(p => p.Offset == problem.Offset))
        {
            reading.Sink.Problem(problem.Offset, $"{text.Path}: {problem.Message}");
        }
    }

    private void Judge(Tree file, Tree values, int root, Steps path, Surroundings beside, TemplateText? masked = null)
    {
        UseSink found = new();
        ChartValues opened = new(Chart.In(beside), values, Steps.Root);
        foreach (var match in TreeWalk.Find(values, HelmValues.Paths, out _, root))
        {
            ref readonly var node = ref values[match.Node];
            if (node.Kind == NodeKind.Scalar && values.Child(match.Holder, "tag") < 0 && (masked is null ? node.Tag is not null : masked.Touches(node.Span)))
            {
                if (!match.Pattern.EndsWith(".images.*", StringComparison.Ordinal))
                {
                    uses.Take(new ValueText(file, node.Span, node.Value, path.Add(match.Steps), node.Tag == HclTrees.Expression, IsInner: masked is not null));
                }
            }
            else if (file == own)
            {
                HelmValues.Take(new Place(values, match, reading.Format, found, beside), opened);
            }
        }

        foreach (var use in found.Uses)
        {
            // several releases may name one text
            reading.Sink.AddOnce((masked?.Unmasked(use) ?? use with { Site = InHcl(use.Site) }) with { Steps = path.Add(use.Steps) });
        }
    }

    // a field of its own is written otherwise than in YAML
    private PinSite InHcl(PinSite site) => site switch
    {
        PinSite.InsertField { Before: "" } field when own.Source.Span[field.At.Start - 1] == '"' => site,
        PinSite.InsertField => new PinSite.Nowhere("the chart's templates read digest: write it in a field of its own beside the tag"),
        PinSite.Field field => field with { Whole = field.Value },
        _ => site,
    };

    // a chart in the tree of files; others are fetched
    private static string? Folder(string? chart)
    {
        const string here = "${path.module}/";
        var path = chart?.StartsWith(here, StringComparison.Ordinal) == true ? "./" + chart[here.Length..] : chart;
        return path is not null && (path.StartsWith("./", StringComparison.Ordinal) || path.StartsWith("../", StringComparison.Ordinal)) ? path.TrimEnd('/') + "/" : null;
    }
}
