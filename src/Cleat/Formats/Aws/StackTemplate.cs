using System.Text.RegularExpressions;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Aws;

/// <summary>A template as those see it who give it parameters: which it declares, and which of them it makes images of.</summary>
internal sealed partial class StackTemplate
{
    private readonly HashSet<string> declared = new(StringComparer.Ordinal);
    private readonly HashSet<(string Name, string Before)> images = [];

    private StackTemplate(SourceText source)
    {
        if (source.Span.IndexOf("Parameters"u8) < 0 || source.Span.IndexOf("AWS::"u8) < 0)
        {
            return;
        }

        UseSink found = new();
        var syntax = TreeReading.Syntax(source);
        foreach (var tree in TreeReading.Parts(source, syntax).SelectMany(part => TreeReading.Read(source, part, syntax, out _)).Where(t => t.Count > 0 && CloudFormation.Format.Accepts(t)))
        {
            FileReading.ReadTree(tree, CloudFormation.Format, found, Surroundings.None);
            if (tree.Child(0, "Parameters") is var parameters and >= 0)
            {
                foreach (var (key, _) in tree.Entries(parameters))
                {
                    declared.Add(tree[key].Value);
                }
            }
        }

        foreach (var use in found.Uses)
        {
            if (use.Verdict == Verdict.Dynamic && Given().Match(use.Text) is { Success: true } given)
            {
                images.Add((given.Groups["name"].Value, given.Groups["before"].Value));
            }
            else if (use.Steps is { Count: 3 } steps && steps[0].Key == "Parameters" && steps[2].Key == "Default" && use.Reference?.Original is { } whole && whole.EndsWith(use.Text, StringComparison.Ordinal))
            {
                images.Add((steps[1].Key!, whole[..^use.Text.Length]));
            }
        }
    }

    /// <summary>The parameters that end an image, and what stands in front of them in it.</summary>
    public IReadOnlyCollection<(string Name, string Before)> Images => images;

    /// <summary>A template by its path; null when it is not there.</summary>
    public static StackTemplate? Of(string path, Surroundings beside) => beside.Parsed(path, static source => new StackTemplate(source));

    /// <summary>The templates that a file of parameters may be for: those in its folder, or else in the one above, that declare all of them.</summary>
    public static IEnumerable<StackTemplate> For(IReadOnlyCollection<string> parameters, Surroundings beside)
    {
        foreach (var folder in (string[])["", "../"])
        {
            List<StackTemplate> found = [.. beside.Files(folder).Where(IsTemplateName).Select(name => Of(folder + name, beside)).OfType<StackTemplate>().Where(t => parameters.Count > 0 && t.declared.IsSupersetOf(parameters))];
            if (found.Count > 0)
            {
                return found;
            }
        }

        return [];
    }

    /// <summary>Judges what a parameter is given.</summary>
    public void Take(Place place, int value, string name)
    {
        var tree = place.Tree;
        foreach (var (_, before) in images.Where(i => i.Name == name))
        {
            if (value >= 0 && tree[value] is { Kind: NodeKind.Scalar, Tag: null, Value: { Length: > 0 } text } && !tree.IsNull(value))
            {
                PinSite site = tree.Source.Slice(tree[value].Span) == text ? new PinSite.Text(tree[value].Span, before, LineComment: ScalarUse.Comment(tree)) : new PinSite.Nowhere("it is written with escapes: write it plainly first");
                place.Sink.AddOnce(ScalarUse.Judged(place.Format.Name, place.Match.Steps, before + text, tree[value].Span, site, null) with { Text = text });
            }
        }
    }

    private static bool IsTemplateName(string name) => Path.GetExtension(name) is ".yaml" or ".yml" or ".json" or ".template";

    [GeneratedRegex(@"^(?<before>[^$]*)\$\{(?<name>\w+)\}$", RegexOptions.CultureInvariant)]
    private static partial Regex Given();
}
