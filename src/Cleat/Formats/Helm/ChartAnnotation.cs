using Cleat.Formats.Embedded;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Helm;

/// <summary>
/// The images a chart says it uses, for catalogues and mirrors (artifacthub.io/docs, "Helm annotations": <c>artifacthub.io/images</c>; Bitnami's
/// <c>images</c>): YAML that stands as text in the YAML of Chart.yaml.
/// </summary>
internal static class ChartAnnotation
{
    private static readonly PathSet Images = new("[].image");

    public static void Take(Place place) => EmbeddedYaml.Read(place, "the list of images", (tree, found) =>
    {
        foreach (var match in TreeWalk.Find(tree, Images, out _))
        {
            ScalarUse.Add(tree, match, place.Format, found);
        }
    });
}
