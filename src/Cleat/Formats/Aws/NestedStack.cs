using System.Text.RegularExpressions;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Aws;

/// <summary>
/// A stack of another template in the tree (AWS::CloudFormation::Stack, AWS::Serverless::Application): its arguments are judged where they are given, when the template makes images of them.
/// </summary>
internal sealed partial class NestedStack
{
    // a parameter's name, and what stands in front of it in an image
    private readonly List<(string Name, string Before)> images = [];

    private NestedStack(SourceText source)
    {
        UseSink found = new();
        var syntax = TreeReading.Syntax(source);
        foreach (var tree in TreeReading.Parts(source, syntax).SelectMany(part => TreeReading.Read(source, part, syntax, out _)).Where(t => t.Count > 0 && CloudFormation.Format.Accepts(t)))
        {
            FileReading.ReadTree(tree, CloudFormation.Format, found, Surroundings.None);
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

    /// <summary>Judges the arguments of the stack whose map of them a place is.</summary>
    public static void Take(Place place, string template)
    {
        var tree = place.Tree;
        var url = tree.Text(place.Match.Holder, template);
        if (url is null || url.Contains("://", StringComparison.Ordinal) || url.Contains('$', StringComparison.Ordinal) || url.StartsWith('/')
            || place.Beside.Parsed(url, static source => new NestedStack(source)) is not { } stack)
        {
            return;
        }

        foreach (var (name, before) in stack.images.Distinct())
        {
            if (tree.Child(place.Match.Node, name) is var given and >= 0 && tree[given] is { Kind: NodeKind.Scalar, Tag: null, Value: { Length: > 0 } value } && !tree.IsNull(given))
            {
                PinSite site = tree.Source.Slice(tree[given].Span) == value ? new PinSite.Text(tree[given].Span, before, LineComment: ScalarUse.Comment(tree)) : new PinSite.Nowhere("it is written with escapes: write it plainly first");
                place.Sink.AddOnce(ScalarUse.Judged(place.Format.Name, place.Match.Steps.Add(name), before + value, tree[given].Span, site, null) with { Text = value });
            }
        }
    }

    [GeneratedRegex(@"^(?<before>[^$]*)\$\{(?<name>\w+)\}$", RegexOptions.CultureInvariant)]
    private static partial Regex Given();
}
