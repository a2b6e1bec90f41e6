using System.Text.RegularExpressions;
using Cleat.Formats.Hcl;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Braces;
using Cleat.Trees.Json;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Formats.Terraform;

/// <summary>ECS containers as JSON with Terraform's expressions in it, which <c>templatefile</c> and <c>data.template_file</c> fill in.</summary>
internal static partial class TaskTemplate
{
    private static readonly PathSet Paths = new("[].image", "containerDefinitions[].image", "image");

    public static Format Format { get; } = new("terraform", "Terraform template of ECS containers", "*.json.tpl", "*.json.tmpl", "*.tftpl")
    {
        Read = Read,
        Signs = new() { Words = ["\"image\""] },
        Where = string.Join(", ", Paths.Paths) + " in templates that are JSON",
    };

    /// <summary>The variables of a template that are whole images in it.</summary>
    public static IReadOnlyList<string> ImageVariables(SourceText source)
    {
        if (!IsJson(source))
        {
            return [.. YamlImage().Matches(source.Slice(new(0, source.Bytes.Length))).Select(m => m.Groups[1].Value).Distinct()];
        }

        var masked = Masked(source);
        return [.. Matches(masked, out _).Select(m => Whole().Match(source.Slice(m.Tree[m.Node].Span))).Where(m => m.Success).Select(m => m.Groups[1].Value).Distinct()];
    }

    private static bool IsJson(SourceText source) => source.Span.TrimStart("\uFEFF \t\r\n"u8) is [(byte)'[' or (byte)'{', ..];

    private static void Read(Reading reading)
    {
        if (!IsJson(reading.Source))
        {
            // a text of another kind
            return;
        }

        var masked = Masked(reading.Source);
        var places = Matches(masked, out var problem);
        if (problem is not null && reading.Source.Span.IndexOf("\"image\""u8) is var image and >= 0)
        {
            // directives, or expressions for parts of the structure
            TextSpan span = new(image, "\"image\"".Length);
            reading.Sink.Add(DynamicUse.Of(reading.Format.Name, Steps.Root, "\"image\"", span, "the template is no JSON before it is filled in, so that its images are not known"));
        }

        foreach (var (tree, node, path, _) in places)
        {
            if (tree[node].Kind == NodeKind.Scalar && !tree.IsNull(node) && tree[node].Value.Length > 0)
            {
                var use = ScalarUse.Judged(reading.Format.Name, path, tree[node].Value, tree[node].Span, new PinSite.Text(tree[node].Span), null);
                reading.Sink.Add(masked.Touches(tree[node].Span) && use.Verdict == Verdict.Dynamic
                    ? LiteralFinder.Unknown(new(tree, tree[node].Span, "", path), reading.Format.Name, "its variables are given by the call of templatefile that reads this file")
                        with { Text = reading.Source.Slice(tree[node].Span) }
                    : use);
            }
        }
    }

    private static List<Located> Matches(TemplateText masked, out ReadProblem? problem) =>
        [.. JsonTrees.Read(masked.Source, out problem).SelectMany(tree => TreeWalk.Find(tree, Paths, out _).Select(m => new Located(tree, m.Node, m.Steps)))];

    // an expression outside of a string stands for a number or the like, a directive for nothing
    private static TemplateText Masked(SourceText source)
    {
        var bytes = source.Bytes.ToArray();
        List<TextSpan> inStrings = [];
        var (at, isString) = (0, false);
        foreach (var part in HclTrees.Parts(source.Span, new(0, bytes.Length)) ?? [])
        {
            for (; at < part.Start; at++)
            {
                isString = bytes[at] != '\n' && (bytes[at] == '"' && (at == 0 || bytes[at - 1] != '\\') ? !isString : isString);
            }

            at = part.End;
            if (isString)
            {
                inStrings.Add(part);
            }
            else
            {
                bytes.AsSpan(part.Start, part.Length).Fill((byte)(bytes[part.Start] == '$' ? '1' : ' '));
            }
        }

        return new(new SourceText(source.Path, bytes), new(0, bytes.Length), inStrings);
    }

    [GeneratedRegex(@"^[ -]*image:[ ]*[""']?\$\{\s*(\w+)\s*\}[""']?[ ]*\r?$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex YamlImage();

    [GeneratedRegex(@"^\$\{\s*(\w+)\s*\}$", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();
}
