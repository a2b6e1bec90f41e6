using Cleat.Formats.Bicep;
using Cleat.Formats.Hcl;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Formats.Arm;

/// <summary>
/// Parameter files (learn.microsoft.com/azure/azure-resource-manager/templates/parameter-files) of a template or a Bicep file in the same folder:
/// <c>x.parameters.json</c> and <c>x.parameters.prod.json</c> are for <c>x.json</c> or <c>x.bicep</c>, <c>parameters.json</c> for <c>template.json</c>.
/// </summary>
internal static class ArmParameters
{
    private const string Parameters = "parameters";
    private const string Mark = ".parameters";

    public static Format Format { get; } = new("arm", "ARM parameters", "*.parameters.json", "*.parameters.*.json", "parameters.json")
    {
        Requires = ["$schema", Parameters],
        Recognises = tree => tree.Text(0, "$schema")?.Contains("eploymentParameters.json", StringComparison.Ordinal) == true,
        Paths = new(Parameters),
        TakesMaps = true,
        Take = Take,
        Where = "the values of parameters that name an image in the template beside",
    };

    private static void Take(Place place)
    {
        var (tree, match, format, sink, beside) = place;
        foreach (var names in ImageParameters(Path.GetFileName(tree.Source.Path), beside))
        {
            foreach (var (node, path) in Values.Of(tree, match.Node, [names[0], "value", .. names.Skip(1)]))
            {
                foreach (var written in Values.Texts(tree, node, Steps.Of(Parameters).Add(path)))
                {
                    sink.AddOnce(ScalarUse.Judged(format.Name, written.Path, written.Value, written.Span, new PinSite.Text(written.Span), null));
                }
            }
        }
    }

    private static IReadOnlyList<IReadOnlyList<string>> ImageParameters(string name, Surroundings beside)
    {
        var mark = name.IndexOf(Mark, StringComparison.Ordinal);
        var template = mark < 0 ? "template" : name[..mark];
        return beside.Parsed(template + ".json", ArmFile.Read)?.ImageParameters ?? BicepFormat.ImageParameters(template + ".bicep", beside);
    }
}
