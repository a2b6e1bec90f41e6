using Cleat.Formats.Hcl;
using Cleat.Trees.Paths;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Aws;

/// <summary>
/// CloudFormation and SAM templates (AWS CloudFormation template reference). <c>!Ref</c> and <c>!Sub</c> of a parameter with a default are judged
/// at the default, both branches of <c>!If</c> where they stand; other functions are worked out when the stack is made.
/// </summary>
internal static class CloudFormation
{
    public static Format Format { get; } = new("cloudformation", "CloudFormation, SAM", "*.yaml", "*.yml", "*.json", "*.template")
    {
        Requires = ["Resources"],
        Recognises = tree => Values.Of(tree, 0, ["Resources", Traversal.Any, "Type"]).Any(t => tree[t.Node].Value.StartsWith("AWS::", StringComparison.Ordinal)),
        Paths = new(
            "Resources.*{Type=AWS::ECS::TaskDefinition}.Properties.ContainerDefinitions[].Image",
            "Resources.*{Type=AWS::Batch::JobDefinition}.Properties.ContainerProperties.Image",
            "Resources.*{Type=AWS::Batch::JobDefinition}.Properties.NodeProperties.NodeRangeProperties[].Container.Image",
            "Resources.*{Type=AWS::Batch::JobDefinition}.Properties.EcsProperties.TaskProperties[].Containers[].Image",
            "Resources.*{Type=AWS::Batch::JobDefinition}.Properties.EksProperties.PodProperties.*[].Image",
            "Resources.*{Type=AWS::AppRunner::Service}.Properties.SourceConfiguration.ImageRepository.ImageIdentifier",
            "Resources.*{Type=AWS::Lightsail::Container}.Properties.ContainerServiceDeployment.Containers[].Image",
            "Resources.*{Type=AWS::SageMaker::Model}.Properties.PrimaryContainer.Image",
            "Resources.*{Type=AWS::SageMaker::Model}.Properties.Containers[].Image",
            "Resources.*{Type=AWS::CodeBuild::Project}.Properties.Environment.Image",
            "Resources.*{Type=AWS::Lambda::Function}.Properties.Code.ImageUri",
            "Resources.*{Type=AWS::Serverless::Function}.Properties.ImageUri",
            "Globals.Function.ImageUri"),
        Take = place => Take(place, place.Match.Node, place.Match.Steps, 0),
    };

    private static void Take(Place place, int node, Steps path, int depth)
    {
        var tree = place.Tree;
        node = tree.Target(node);
        if (node < 0 || tree.IsNull(node) || depth > 20)
        {
            return;
        }

        var (function, argument) = Function(tree, node);
        switch (function)
        {
            case null when tree[node].Kind != NodeKind.Scalar:
                break;
            case null when tree[node].Value.StartsWith("aws/codebuild/", StringComparison.Ordinal):
                place.Sink.Add(ScalarUse.Local(place.Format.Name, path, tree[node].Value, tree[node].Span, "CodeBuild's own image: AWS selects it"));
                break;
            case null:
                ScalarUse.Add(tree, node, place.Format.Name, path, 0, place.Sink);
                break;
            case "Ref" when tree[argument] is { Kind: NodeKind.Scalar, Value: var name }:
                if (name != "AWS::NoValue")
                {
                    Find(place, new(tree, tree[argument].Span, name, path, IsExpression: true), -1);
                }

                break;
            case "Sub" when tree[argument].Kind == NodeKind.Scalar:
                Find(place, ValueText.Of(tree, argument, path), -1);
                break;
            case "Sub" when Items(tree, argument) is [var text, var map] && tree[text].Kind == NodeKind.Scalar:
                Find(place, ValueText.Of(tree, text, path), map);
                break;
            case "If" when Items(tree, argument) is [_, var yes, var no]:
                Take(place, yes, path.Add(1), depth + 1);
                Take(place, no, path.Add(2), depth + 1);
                break;
            default:
                place.Sink.Add(Unknown(place, node, path, function));
                break;
        }
    }

    private static void Find(Place place, ValueText written, int map)
    {
        LiteralFinder finder = new((_, names) => Name(place.Tree, names, map));
        var ends = finder.Find(written);
        foreach (var end in ends)
        {
            // several tasks may name one parameter
            place.Sink.AddOnce(finder.Use(end, place.Format.Name));
        }

        if (ends.Count == 0)
        {
            place.Sink.Add(LiteralFinder.Dynamic(written, place.Format.Name));
        }
    }

    // a variable of the !Sub itself, or a parameter's default; what Systems Manager holds is not in the file
    private static IEnumerable<ValueText> Name(Tree tree, IReadOnlyList<string> names, int map)
    {
        var own = map >= 0 && names.Count == 1 ? tree.Child(map, names[0]) : -1;
        if (own >= 0)
        {
            return tree[own] is { Kind: NodeKind.Scalar, Tag: null } ? [ValueText.Of(tree, own, Steps.Of(names[0]))] : [];
        }

        var isStored = tree.Child(tree.Child(0, "Parameters"), names[0]) is var parameter and >= 0 && tree.Text(parameter, "Type")?.StartsWith("AWS::SSM::", StringComparison.Ordinal) == true;
        return isStored || names.Count > 1
            ? []
            : Values.Of(tree, 0, ["Parameters", names[0], "Default"]).SelectMany(v => Values.Texts(tree, v.Node, v.Path));
    }

    private static ImageUse Unknown(Place place, int node, Steps path, string function)
    {
        var span = place.Tree[node].Span;
        var line = place.Tree.Source.Span.Slice(span.Start, span.Length).IndexOfAny((byte)'\n', (byte)'\r');
        var what = $"{(function == "Ref" ? "" : "Fn::")}{function} is worked out when the stack is made";
        return new()
        {
            Format = place.Format.Name,
            Steps = path,
            Text = $"!{function}",
            Span = line < 0 ? span : new(span.Start, line),
            Verdict = Verdict.Dynamic,
            Problem = what,
            Site = new PinSite.Nowhere(what + ": pin what it is given, or use !Sub with a parameter that has a default"),
        };
    }

    // `!Sub x` or `Fn::Sub: x`
    private static (string? Name, int Argument) Function(Tree tree, int node)
    {
        if (tree[node].Tag is ['!', .. var tag])
        {
            return (tag, node);
        }

        (int Key, int Value)? only = null;
        foreach (var entry in tree.Entries(node))
        {
            if (only is not null)
            {
                return (null, node);
            }

            only = entry;
        }

        return only is not { } call ? (null, node)
            : tree[call.Key].Value == "Ref" ? ("Ref", tree.Target(call.Value))
            : tree[call.Key].Value.StartsWith("Fn::", StringComparison.Ordinal) ? (tree[call.Key].Value[4..], tree.Target(call.Value))
            : (null, node);
    }

    private static List<int> Items(Tree tree, int list)
    {
        List<int> items = [];
        foreach (var item in tree.Items(list))
        {
            items.Add(tree.Target(item));
        }

        return items.Contains(-1) ? [] : items;
    }
}
