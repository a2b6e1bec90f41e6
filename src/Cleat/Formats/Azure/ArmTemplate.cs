using Cleat.Findings;
using Cleat.Formats.Hcl;
using Cleat.Trees;

namespace Cleat.Formats.Azure;

/// <summary>
/// Azure Resource Manager templates (learn.microsoft.com/azure/azure-resource-manager/templates/syntax), nested ones too. A parameter with a
/// default and a variable are judged where their literal stands; other <c>[expressions]</c> are worked out at the deployment.
/// </summary>
internal static class ArmTemplate
{
    private const string App = "{type=Microsoft.App/containerApps|Microsoft.App/jobs}.properties.template";
    private const string Group = "{type=Microsoft.ContainerInstance/containerGroups|Microsoft.ContainerInstance/containerGroupProfiles}.properties";
    private const string Site = "{type=Microsoft.Web/sites|Microsoft.Web/sites/slots}.properties.siteConfig.linuxFxVersion = DOCKER|";

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
            "**.containerImageNames[]"),
        Take = place => Take(place, place.Match.Node, place.Match.Path, 0),
    };

    private static void Take(Place place, int node, string path, int depth)
    {
        var (tree, match, format, sink, _) = place;
        if (tree[node].Kind != NodeKind.Scalar || tree.IsNull(node))
        {
            return;
        }

        var value = tree[node].Value;
        if (value is not ['[', not '[', .., ']'])
        {
            if (value.Length > match.Prefix.Length && value.StartsWith(match.Prefix, StringComparison.Ordinal) && !sink.Uses.Exists(u => u.Span.End == tree[node].Span.End))
            {
                ScalarUse.Add(tree, node, format.Name, path, match.Prefix.Length, sink);
            }

            return;
        }

        var found = depth < 8 && Names(value) is { } names ? [.. Values.Of(tree, 0, names)] : (List<(int Node, string Path)>)[];
        foreach (var (end, its) in found)
        {
            Take(place, end, its, depth + 1);
        }

        if (match.Prefix.Length == 0 && !found.Exists(f => tree[f.Node].Kind == NodeKind.Scalar && !tree.IsNull(f.Node)))
        {
            sink.Add(new()
            {
                Format = format.Name,
                Path = path,
                Text = value,
                Span = tree[node].Span,
                Verdict = Verdict.Dynamic,
                Problem = $"{value} is not known before the deployment",
                Site = new PinSite.Nowhere($"{value} is not known before the deployment: pin what it is given, or give the parameter a default"),
            });
        }
    }

    // [parameters('x')], [variables('x').y]
    private static IReadOnlyList<string>? Names(string expression)
    {
        var isParameter = expression.StartsWith("[parameters('", StringComparison.Ordinal);
        var start = expression.IndexOf("('", StringComparison.Ordinal) + 2;
        var end = expression.IndexOf("')", StringComparison.Ordinal);
        if (end < start || !(isParameter || expression.StartsWith("[variables('", StringComparison.Ordinal)))
        {
            return null;
        }

        var rest = expression[(end + 2)..^1];
        IReadOnlyList<string>? below = rest.Length == 0 ? [] : rest[0] == '.' ? Traversal.Read(rest[1..]) : null;
        return below is null ? null
            : isParameter ? ["parameters", expression[start..end], "defaultValue", .. below]
            : ["variables", expression[start..end], .. below];
    }
}
