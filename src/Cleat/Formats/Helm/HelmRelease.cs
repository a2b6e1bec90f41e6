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
internal sealed class HelmRelease(Reading reading, Tree own, HclUses uses, Module module, LiteralFinder finder)
{
    public const string Where = "resource.helm_release.*.values, resource.helm_release.*.set";

    private const int Deepest = 4;

    // no release has so many documents; each is laid over so many others at most
    private const int MostLayers = 50;

    private readonly FileCalls calls = new(module, reading.Beside);

    /// <summary>Judges what a block of a file of the module says when it is a release, as far as it stands in the file that is read.</summary>
    public void Take(Tree file, int block, Steps path)
    {
        if (!path.StartsWith("resource", "helm_release") && !path.StartsWith("data", "helm_template"))
        {
            return;
        }

        var chart = Folder(file.Text(block, "chart")) is { } folder ? new FolderBeside(reading.Beside, module.Folder + folder) : Surroundings.None;
        List<Layer> layers = [];
        foreach (var (values, its) in Values.Of(file, block, ["values"]))
        {
            Gather(layers, file, values, path.Add(its), 0);
        }

        layers.Add(new(file, HelmSets.Read(file, block), 0, path.Add("set")));
        for (var i = 0; i < layers.Count; i++)
        {
            if (layers[i].Call is not { } call)
            {
                Judge(layers, i, chart);
            }
            else if (call.Tree.Source == own.Source && !layers[i].IsJudged)
            {
                JudgeAt(call, layers, i, chart);
            }
        }
    }

    private void Gather(List<Layer> layers, Tree file, int node, Steps path, int depth)
    {
        if (file[node].Kind == NodeKind.Sequence)
        {
            var index = 0;
            foreach (var item in file.Items(node))
            {
                Gather(layers, file, item, path.Add(index++), depth);
            }
        }
        else if (file[node].Kind == NodeKind.Map)
        {
            layers.Add(new(file, file, node, path));
        }
        else if (ValueText.Of(file, node, path) is var written && written.Whole() is null)
        {
            Text(layers, written);
        }
        else if (written.Names() is not null && depth < Deepest)
        {
            foreach (var (tree, named, its, _) in module.Names.Of(written))
            {
                Gather(layers, tree, named, its, depth + 1);
            }
        }
        else if (calls.Filled(written, finder) is { } read)
        {
            layers.AddRange(YamlTrees.Read(read, new(0, read.Bytes.Length), out _).Where(t => t.Count > 0)
                .Select(t => new Layer(file, t, 0, path) { Call = written, IsJudged = Path.GetExtension(read.Path) is ".yaml" or ".yml" }));
        }
    }

    // YAML, read where it stands, with other text of the same length in the place of expressions
    private void Text(List<Layer> layers, ValueText text)
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
        layers.AddRange(YamlTrees.Read(masked.Source, text.Span, out var problem).Select(tree => new Layer(text.Tree, tree, 0, text.Path) { Masked = masked }));
        if (problem is not null && text.Tree == own && !reading.Sink.Problems.Exists(p => p.Offset == problem.Offset))
        {
            reading.Sink.Problem(problem.Offset, $"{text.Path}: {problem.Message}");
        }
    }

    private static ChartValues Opened(List<Layer> layers, int index, Surroundings beside) =>
        new(Chart.In(beside), layers[index].Tree, Steps.Root)
        {
            Below = [.. layers.Take(index).TakeLast(MostLayers).Select(l => l.Values)],
            Above = [.. layers.Skip(index + 1).Take(MostLayers).Select(l => l.Values)],
        };

    private void Judge(List<Layer> layers, int index, Surroundings beside)
    {
        var (file, values, root, path) = layers[index];
        var masked = layers[index].Masked;
        UseSink found = new();
        var opened = Opened(layers, index, beside);
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

    // values of another file, which nobody judges there
    private void JudgeAt(ValueText call, List<Layer> layers, int index, Surroundings beside)
    {
        UseSink found = new() { WantsSites = false };
        var opened = Opened(layers, index, beside);
        foreach (var match in TreeWalk.Find(opened.Tree, HelmValues.Paths, out _))
        {
            HelmValues.Take(new Place(opened.Tree, match, reading.Format, found, beside), opened);
        }

        foreach (var use in found.Uses)
        {
            PinSite.Nowhere there = new($"it stands in {Path.GetFileName(opened.Tree.Source.Path)}, at {use.Steps}, or is put in there: write the digest there");
            reading.Sink.AddOnce(use with { Steps = call.Path.Add(use.Steps), Span = call.Span, Site = there });
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

    /// <summary>Some of a release's values, and where they stand.</summary>
    /// <param name="File">The file of the module with them, or with what reads them.</param>
    /// <param name="Root">Their node in their own tree.</param>
    /// <param name="Path">Where they stand in the file.</param>
    private sealed record Layer(Tree File, Tree Tree, int Root, Steps Path)
    {
        /// <summary>The text that they are read from, expressions masked; null for a structure.</summary>
        public TemplateText? Masked { get; init; }

        /// <summary>The expression that reads them from a file of their own.</summary>
        public ValueText? Call { get; init; }

        /// <summary>That file is judged by itself.</summary>
        public bool IsJudged { get; init; }

        public ValuesLayer Values => new(Tree, Root);
    }
}
