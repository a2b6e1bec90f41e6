using System.Text.RegularExpressions;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Uses;
using Match = System.Text.RegularExpressions.Match;

namespace Cleat.Formats.Aws;

/// <summary>
/// Files that give a stack its parameters (AWS CloudFormation User Guide, "create-stack"; CodePipeline, "template configuration file"; AWS SAM, "samconfig.toml"), for a template beside them or one
/// folder above that declares all of them.
/// </summary>
internal static partial class StackParameters
{
    private const string Key = "ParameterKey";
    private const string Value = "ParameterValue";
    private const string Overrides = "*.*.parameters.parameter_overrides";

    public static IReadOnlyList<Format> All { get; } =
    [
        new("cloudformation", "CloudFormation parameters", "*.json")
        {
            Signs = new() { IsList = true, Words = [Key] },
            Recognises = static tree => tree.ItemAt(0, 0) is var first and >= 0 && tree.Child(first, Key) >= 0,
            Paths = new("[]." + Value),
            Take = static place => Take(place, NamesOf(place.Tree), place.Match.Node, place.Tree.Text(place.Match.Holder, Key)),
            Where = $"[].{Value} of what the template beside names an image by",
        },
        new("cloudformation", "CodePipeline's configuration of a template", "*.json")
        {
            Requires = ["Parameters"],
            Recognises = static tree => tree.Child(0, "Resources") < 0 && tree.Child(0, "$schema") < 0,
            Paths = new("Parameters.*"),
            Take = static place => Take(place, KeysOf(place.Tree), place.Match.Node, place.Match.Steps.Key),
            Where = "Parameters.* of what the template beside names an image by",
        },
        new("cloudformation", "SAM CLI's configuration", "samconfig.toml")
        {
            Paths = new(Overrides, Overrides + "[]"),
            Take = TakeOverrides,
            Where = $"{Overrides} of what the template beside names an image by",
        },
    ];

    private static void Take(Place place, IReadOnlyCollection<string> all, int value, string? name)
    {
        if (name is not null)
        {
            foreach (var template in StackTemplate.For(all, place.Beside))
            {
                template.Take(place, value, name);
            }
        }
    }

    private static List<string> NamesOf(Tree tree)
    {
        List<string> names = [];
        foreach (var item in tree.Items(0))
        {
            if (tree.Text(item, Key) is { } name)
            {
                names.Add(name);
            }
        }

        return names;
    }

    private static List<string> KeysOf(Tree tree)
    {
        List<string> names = [];
        foreach (var (key, _) in tree.Entries(tree.Child(0, "Parameters")))
        {
            names.Add(tree[key].Value);
        }

        return names;
    }

    // "Image=team/app:1.0 Stage=prod", or a list of such
    private static void TakeOverrides(Place place)
    {
        var (tree, node) = (place.Tree, place.Node);
        if (node.Kind != NodeKind.Scalar || tree.Source.Slice(node.Span) != node.Value)
        {
            return;
        }

        // of others than those of the template the program takes no notice
        foreach (Match given in Override().Matches(node.Value))
        {
            var (name, value) = (given.Groups[1].Value, given.Groups[2]);
            foreach (var (_, before) in StackTemplate.For([name], place.Beside).SelectMany(t => t.Images).Where(i => i.Name == name))
            {
                TextSpan span = new(node.Span.Start + value.Index, value.Length);
                place.Sink.AddOnce(ScalarUse.Judged(place.Format.Name, place.Match.Steps, before + value.Value, span, new PinSite.Text(span, before), null) with { Text = value.Value });
            }
        }
    }

    [GeneratedRegex(@"(?<![^\s])(\w+)=([^\s""'\\]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Override();
}
