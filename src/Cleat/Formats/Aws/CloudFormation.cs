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
    private const string Globals = "Globals.Function.ImageUri";
    private const string Stack = "Resources.*{Type=AWS::CloudFormation::Stack}.Properties.Parameters";
    private const string Application = "Resources.*{Type=AWS::Serverless::Application}.Properties.Parameters";
    private const string Loop = "Fn::ForEach::";
    private const int Deepest = 40;

    /// <summary>By the type of a resource where in its properties images stand.</summary>
    private static readonly (string Type, string Path)[] Images =
    [
        ("AWS::ECS::TaskDefinition", "ContainerDefinitions[].Image"),
        ("AWS::Batch::JobDefinition", "ContainerProperties.Image"),
        ("AWS::Batch::JobDefinition", "NodeProperties.NodeRangeProperties[].Container.Image"),
        ("AWS::Batch::JobDefinition", "EcsProperties.TaskProperties[].Containers[].Image"),
        ("AWS::Batch::JobDefinition", "EksProperties.PodProperties.*[].Image"),
        ("AWS::AppRunner::Service", "SourceConfiguration.ImageRepository.ImageIdentifier"),
        ("AWS::Lightsail::Container", "ContainerServiceDeployment.Containers[].Image"),
        ("AWS::SageMaker::Model", "PrimaryContainer.Image"),
        ("AWS::SageMaker::Model", "Containers[].Image"),
        ("AWS::CodeBuild::Project", "Environment.Image"),
        ("AWS::Lambda::Function", "Code.ImageUri"),
        ("AWS::Serverless::Function", "ImageUri"),
    ];

    private static readonly string[] Types = [.. Images.Select(i => i.Type).Distinct()];

    public static Format Format { get; } = new("cloudformation", "CloudFormation, SAM", "*.yaml", "*.yml", "*.json", "*.template")
    {
        Requires = ["Resources"],
        Recognises = tree => Values.Of(tree, 0, ["Resources"]).Any(r => HasResource(tree, r.Node)),
        Paths = new([.. Types.SelectMany(t => (string[])[$"Resources.*{{Type={t}}}.Properties", $"Resources.*[].*{{Type={t}}}.Properties"]), Globals, Stack, Application]),
        TakesMaps = true,
        Take = Take,
        Where = string.Join(", ", Images.Select(i => $"Resources.*{{Type={i.Type}}}.Properties.{i.Path}").Append(Globals)) + "; also in Fn::If, Fn::ForEach and mappings",
    };

    /// <summary>A part of a template that <c>AWS::Include</c> puts into another: resources at the root.</summary>
    public static Format Fragment { get; } = new("cloudformation", "CloudFormation, a fragment for AWS::Include", "*.yaml", "*.yml", "*.json")
    {
        Signs = new() { NeverKubernetes = true },
        Recognises = static tree => tree.Child(0, "Resources") < 0 && AreResources(tree),
        Paths = new([.. Types.Select(t => $"*{{Type={t}}}.Properties")]),
        TakesMaps = true,
        Take = Take,
        Where = "as in the resources of a template",
    };

    private static bool AreResources(Tree tree)
    {
        var any = false;
        foreach (var (_, value) in tree.Entries(0))
        {
            if (tree.Text(value, "Type")?.StartsWith("AWS::", StringComparison.Ordinal) != true)
            {
                return false;
            }

            any = true;
        }

        return any;
    }

    private static bool HasResource(Tree tree, int resources)
    {
        foreach (var (key, value) in tree.Entries(resources))
        {
            if (tree.Text(value, "Type")?.StartsWith("AWS::", StringComparison.Ordinal) == true || tree[key].Value.StartsWith(Loop, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static void Take(Place place)
    {
        var (node, steps) = (place.Match.Node, place.Match.Steps);
        if (place.Match.Pattern is Stack or Application)
        {
            NestedStack.Take(place, place.Match.Pattern == Stack ? "TemplateURL" : "Location");
            return;
        }

        if (place.Match.Pattern == Globals)
        {
            Take(place, node, steps, 0);
            return;
        }

        foreach (var (type, path) in Images)
        {
            if (place.Match.Pattern.Contains($"{{Type={type}}}", StringComparison.Ordinal))
            {
                Walk(place, node, steps, path.Replace("[]", ".[]", StringComparison.Ordinal).Split('.'), 0);
            }
        }
    }

    // to what a path leads to, in every branch of a condition and in every loop
    private static void Walk(Place place, int node, Steps path, ReadOnlySpan<string> keys, int depth)
    {
        var tree = place.Tree;
        node = tree.Target(node);
        if (node < 0 || tree.IsNull(node) || depth > Deepest)
        {
            return;
        }

        if (keys.IsEmpty)
        {
            Take(place, node, path, 0);
            return;
        }

        var (function, argument) = CloudFormationTexts.Function(tree, node);
        if (function == "If" && CloudFormationTexts.Items(tree, argument) is [_, var yes, var no])
        {
            Walk(place, yes, path.Add(1), keys, depth + 1);
            Walk(place, no, path.Add(2), keys, depth + 1);
        }
        else if (function is not null && !function.StartsWith("ForEach::", StringComparison.Ordinal))
        {
            if (function != "Ref" || tree[argument].Value != "AWS::NoValue")
            {
                place.Sink.AddOnce(Unknown(place, node, path, function));
            }
        }
        else if (keys[0] == "[]")
        {
            var index = 0;
            foreach (var item in tree.Items(node))
            {
                Walk(place, item, path.Add(index++), keys[1..], depth + 1);
            }
        }
        else
        {
            Entries(place, node, path, keys, depth);
        }
    }

    private static void Entries(Place place, int map, Steps path, ReadOnlySpan<string> keys, int depth)
    {
        var tree = place.Tree;
        foreach (var (key, value) in tree.Entries(map))
        {
            var name = tree[key].Value;
            if (name.StartsWith(Loop, StringComparison.Ordinal))
            {
                // the third item is what is repeated
                Walk(place, tree.ItemAt(value, 2), path.Add(name).Add(2), keys, depth + 1);
            }
            else if (name == "<<" && tree.Syntax == TreeSyntax.Yaml && (keys[0] == "*" || tree.Child(map, keys[0]) < 0))
            {
                Walk(place, value, path, keys, depth + 1);
            }
            else if (name == keys[0] || keys[0] == "*")
            {
                Walk(place, value, path.Add(name), keys[1..], depth + 1);
            }
        }
    }

    private static void Take(Place place, int node, Steps path, int depth)
    {
        var tree = place.Tree;
        node = tree.Target(node);
        if (node < 0 || tree.IsNull(node) || depth > 20)
        {
            return;
        }

        var (function, argument) = CloudFormationTexts.Function(tree, node);
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
            case "Sub" when CloudFormationTexts.Items(tree, argument) is [var text, var map] && tree[text].Kind == NodeKind.Scalar:
                Find(place, ValueText.Of(tree, text, path), map);
                break;
            case "FindInMap" when CloudFormationTexts.Items(tree, argument) is [var map, var first, var second, ..] found && tree[map] is { Kind: NodeKind.Scalar, Tag: null }:
                FindInMap(place, node, path, tree[map].Value, [CloudFormationTexts.Key(tree, first), CloudFormationTexts.Key(tree, second)], found is [_, _, _, var given] ? given : -1);
                break;
            case "Join" when CloudFormationTexts.Items(tree, argument) is [var separator, var list] && CloudFormationTexts.IsLiteral(tree, separator) && CloudFormationTexts.Parts(tree, CloudFormationTexts.Items(tree, list), path.Add(1)) is { } parts:
                Joined(place, path, tree[separator].Value, CloudFormationTexts.Items(tree, list)[^1], parts);
                break;
            case "Select" when CloudFormationTexts.Items(tree, argument) is [var number, var options] && int.TryParse(tree[number].Value, out var at):
                Select(place, node, path, at, options, depth);
                break;
            case "If" when CloudFormationTexts.Items(tree, argument) is [_, var yes, var no]:
                Take(place, yes, path.Add(1), depth + 1);
                Take(place, no, path.Add(2), depth + 1);
                break;
            default:
                place.Sink.Add(Unknown(place, node, path, function));
                break;
        }
    }

    // every value of a mapping that may be meant: a key that is no literal is any
    private static void FindInMap(Place place, int node, Steps path, string map, string[] keys, int otherwise)
    {
        var tree = place.Tree;
        var found = Values.Of(tree, 0, ["Mappings", map, .. keys]).Where(v => tree[v.Node].Kind == NodeKind.Scalar).ToList();
        foreach (var (value, its) in found)
        {
            place.Sink.AddOnce(ScalarUse.Judged(place.Format.Name, its, tree[value].Value, tree[value].Span, new PinSite.Text(tree[value].Span, LineComment: ScalarUse.Comment(tree)), null));
        }

        if (otherwise >= 0 && tree.Child(otherwise, "DefaultValue") is var given and >= 0)
        {
            Take(place, given, path.Add(3).Add("DefaultValue"), 1);
        }
        else if (found.Count == 0)
        {
            place.Sink.AddOnce(Unknown(place, node, path, "FindInMap"));
        }
    }

    // an item of a list; one of a text with separators in it stands nowhere by itself
    private static void Select(Place place, int node, Steps path, int at, int options, int depth)
    {
        var tree = place.Tree;
        if (tree.ItemAt(options, at) is var selected and >= 0 && CloudFormationTexts.Function(tree, options).Name is null)
        {
            Take(place, selected, path.Add(1).Add(at), depth + 1);
        }
        else if (CloudFormationTexts.Listed(tree, options, path.Add(1)) is var (text, separator) && text.Value.Split(separator) is var parts && at < parts.Length)
        {
            PinSite.Nowhere list = new("it is one of several in a text: write the digest there by hand");
            place.Sink.AddOnce(ScalarUse.Judged(place.Format.Name, text.Path, parts[at].Trim(), text.Span, list, null));
        }
        else
        {
            place.Sink.AddOnce(Unknown(place, node, path, "Select"));
        }
    }

    // texts with one between them, as the CDK writes them; a digest goes behind the last, which may be a parameter that other places may name too
    private static void Joined(Place place, Steps path, string separator, int end, List<List<ValueText>> parts)
    {
        var tree = place.Tree;
        var ways = CloudFormationTexts.Ways(parts);
        foreach (var texts in ways)
        {
            var text = string.Join(separator, texts.Select(t => t.Value));
            var last = texts[^1];
            var isHere = CloudFormationTexts.IsLiteral(tree, end);
            var isPlain = tree.Source.Slice(last.Span) == last.Value;
            var isShared = !isHere && (last.Path.Count < 2 || last.Path[0].Key != "Parameters" || tree.Source.WordCounts.Of(last.Path[1].Key!) > 2);
            PinSite site = ways.Count > 1 ? new PinSite.Nowhere("several images come out of it: name each in one text")
                : isPlain && !isShared ? new PinSite.Text(last.Span, Prefix: text[..^last.Value.Length])
                : new PinSite.Nowhere(isPlain ? "its end may be used in other places too: name the image in one text" : "it is written with escapes: write it plainly first");
            place.Sink.AddOnce(ScalarUse.Judged(place.Format.Name, isHere ? path : last.Path, text, last.Span, site, null) with { Text = last.Value });
        }
    }

    private static void Find(Place place, ValueText written, int map)
    {
        LiteralFinder finder = new((_, names) => Name(place.Tree, names, map));
        var ends = finder.Find(written);
        foreach (var end in ends)
        {
            // several tasks may name one parameter
            foreach (var use in finder.Uses(end, place.Format.Name))
            {
                place.Sink.AddOnce(use);
            }
        }

        if (ends.Count == 0)
        {
            place.Sink.Add(LiteralFinder.Dynamic(written, place.Format.Name));
        }
    }

    // a variable of the !Sub itself, or a parameter
    private static List<ValueText> Name(Tree tree, IReadOnlyList<string> names, int map) =>
        names.Count > 1 ? []
        : (map >= 0 ? tree.Child(map, names[0]) : -1) is var own and >= 0 ? CloudFormationTexts.Of(tree, own, Steps.Of(names[0]))
        : CloudFormationTexts.Named(tree, names[0]);

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
}
