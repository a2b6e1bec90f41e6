namespace Cleat.Formats.Helm;

/// <summary>Helm: a chart's values and what else of it names images.</summary>
internal static class HelmFormats
{
    private const string ChartFile = "Chart.yaml";

    public static IReadOnlyList<Format> All { get; } =
    [
        new("helm-values", "Helm values", "values*.yaml")
        {
            Claims = (_, beside) => beside.Files("").Contains(ChartFile),
            Paths = HelmValues.Paths,
            TakesMaps = true,
            Take = HelmValues.Take,
            Where = "keys that end in image: a reference, or a map with repository, tag and digest",
        },
    ];
}
