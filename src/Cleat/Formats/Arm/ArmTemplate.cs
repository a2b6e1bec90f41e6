using Cleat.Formats.Hcl;
using Cleat.Text;
using Cleat.Trees.Json;
using Cleat.Trees.Paths;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Arm;

/// <summary>
/// Azure Resource Manager templates (learn.microsoft.com/azure/azure-resource-manager/templates/syntax), nested ones too. A parameter with a
/// default and a variable are judged where their literal stands; what an <c>[expression]</c> puts together from them is judged where it stands.
/// </summary>
internal static class ArmTemplate
{
    private const string App = "{type=Microsoft.App/containerApps|Microsoft.App/jobs}.properties.template";
    private const string Group = "{type=Microsoft.ContainerInstance/containerGroups|Microsoft.ContainerInstance/containerGroupProfiles}.properties";
    private const string Site = "{type=Microsoft.Web/sites|Microsoft.Web/sites/slots}.properties.siteConfig.*FxVersion = DOCKER|";
    private const string SiteConfig = "{type=Microsoft.Web/sites/config|Microsoft.Web/sites/slots/config}.properties.*FxVersion = DOCKER|";
    private const string SideContainer = "{type=Microsoft.Web/sites/sitecontainers|Microsoft.Web/sites/slots/sitecontainers}.properties.image";

    private const string Linked = "{type=Microsoft.Resources/deployments}.properties.parameters";

    public static Format Format { get; } = new("arm", "ARM template", "*.json")
    {
        Requires = ["$schema", "resources"],
        Recognises = tree => tree.Text(0, "$schema")?.Contains("eploymentTemplate.json", StringComparison.Ordinal) == true,
        Paths = new(
            $"**.resources[]{App}.*ontainers[].image",
            $"**.resources.*{App}.*ontainers[].image",
            $"**.resources[]{Group}.*ontainers[].properties.image",
            $"**.resources.*{Group}.*ontainers[].properties.image",
            $"**.resources[]{Site}",
            $"**.resources.*{Site}",
            $"**.resources[]{SiteConfig}",
            $"**.resources.*{SiteConfig}",
            $"**.resources[]{SideContainer}",
            $"**.resources.*{SideContainer}",
            $"**.resources[]{App}.copy[]{{name=containers|initContainers}}.input.image",
            $"**.resources[]{Group}.copy[]{{name=containers|initContainers}}.input.properties.image",
            "**.containerImageNames[]",
            $"**.resources[]{Linked}",
            $"**.resources.*{Linked}"),
        TakesMaps = true,
        Take = static place => (place.Match.Pattern.EndsWith(Linked, StringComparison.Ordinal) ? (Action<Place>)TakeLinked : Take)(place),
    };

    /// <summary>The parameters that a template takes images from, by the names of what lies under them.</summary>
    internal static List<IReadOnlyList<string>> ImageParameters(SourceText source)
    {
        List<IReadOnlyList<string>> found = [];
        foreach (var tree in JsonTrees.Read(source, out _).Where(Format.Accepts))
        {
            List<IReadOnlyList<string>> followed = [];
            LiteralFinder finder = new((_, names) => Name(tree, names), followed);
            foreach (var match in TreeWalk.Find(tree, Format.Paths!, out _).Where(m => IsText(tree, m.Node)))
            {
                finder.Find(Of(ValueText.Of(tree, match.Node, match.Steps)));
            }

            found.AddRange(followed.Where(n => n is ["parameters", _, ..]).Select(n => (string[])[.. n.Skip(1)]));
        }

        return [.. found.DistinctBy(n => string.Join('.', n))];
    }

    // the parameters of a template in the tree that a deployment names by its path (learn.microsoft.com, "Using linked and nested templates")
    private static void TakeLinked(Place place)
    {
        var tree = place.Tree;
        if (tree.Child(place.Match.Holder, "templateLink") is var link and >= 0 && tree.Text(link, "relativePath") is { } path && !path.StartsWith('/') && !path.Contains('[', StringComparison.Ordinal)
            && place.Beside.Parsed(path, ArmFile.Read) is { } called)
        {
            foreach (var names in called.ImageParameters)
            {
                foreach (var (node, its) in Values.Of(tree, place.Match.Node, [names[0], "value", .. names.Skip(1)]))
                {
                    Values.Texts(tree, node, place.Match.Steps.Add(its)).ToList().ForEach(text => Take(place, text, ""));
                }
            }
        }
    }

    private static void Take(Place place)
    {
        var (tree, match, format, sink, _) = place;
        if (!IsText(tree, match.Node))
        {
            if (match.Prefix.Length == 0)
            {
                place.Judge();
            }

            return;
        }

        Take(place, ValueText.Of(tree, match.Node, match.Steps), match.Prefix);
    }

    private static void Take(Place place, ValueText text, string prefix)
    {
        var (tree, _, format, sink, _) = place;
        var start = Of(text);
        LiteralFinder finder = new((_, names) => Name(tree, names));
        var ends = finder.Find(start);
        foreach (var end in ends)
        {
            var reference = end.Behind(prefix) ?? end;
            foreach (var use in finder.Uses(reference, format.Name, without: reference == end ? prefix : ""))
            {
                sink.AddOnce(AsWritten(reference, use));
            }
        }

        if (prefix.Length == 0 && ends.Count == 0)
        {
            sink.Add(AsWritten(start, LiteralFinder.Dynamic(start, format.Name)));
        }
    }

    // an expression is shown with its brackets
    private static ImageUse AsWritten(ValueText from, ImageUse use)
    {
        if (!from.IsExpression)
        {
            return use;
        }

        var (file, span) = (from.Tree.Source, from.Span);
        span = file.Span[span.Start - 1] == '[' && file.Span[span.End] == ']' ? TextSpan.FromBounds(span.Start - 1, span.End + 1) : span;
        var text = file.Slice(span);
        return use.Verdict != Verdict.Dynamic || use.Text != "${" + file.Slice(from.Span) + "}"
            ? use with { Text = text, Span = span }
            : use with
            {
                Text = text,
                Span = span,
                Problem = $"{text} is not known before the deployment",
                Site = new PinSite.Nowhere($"{text} is not known before the deployment: pin what it is given, or give the parameter a default"),
            };
    }

    private static IEnumerable<ValueText> Name(Tree tree, IReadOnlyList<string> names)
    {
        IReadOnlyList<string> keys = names switch
        {
            ["parameters", var name, ..] => ["parameters", name, "defaultValue", .. names.Skip(2)],
            ["variables", _, ..] => names,
            _ => [],
        };
        return keys.Count == 0 ? [] : Values.Of(tree, 0, keys).SelectMany(v => Values.Texts(tree, v.Node, v.Path)).Where(w => tree.Source.Span[w.Span.Start - 1] == '"').Select(Of);
    }

    private static bool IsText(Tree tree, int node) => tree[node] is { Kind: NodeKind.Scalar, IsPlain: false };

    // "[…]" is an expression, "[[…" a text that starts with a bracket; one with escapes cannot be read where it stands
    private static ValueText Of(ValueText text) => text.Value is not ['[', not '[', .., ']'] ? text
        : text.Tree.Source.Slice(text.Span) == text.Value ? text with { Span = new(text.Span.Start + 1, text.Span.Length - 2), IsExpression = true }
        : text with { IsExpression = true, IsAround = true };
}

/// <summary>A template as its parameter files see it.</summary>
internal sealed record ArmFile(IReadOnlyList<IReadOnlyList<string>> ImageParameters)
{
    public static ArmFile Read(SourceText source) => new(ArmTemplate.ImageParameters(source));
}
