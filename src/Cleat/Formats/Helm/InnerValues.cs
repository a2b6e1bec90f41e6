using Cleat.Trees.Paths;

namespace Cleat.Formats.Helm;

/// <summary>The values of a chart inside another document. Who reads that fetches the chart: nothing is known of it here.</summary>
/// <param name="path">Where the values stand.</param>
/// <param name="end">The last steps to them, by which they are found in the steps to an image.</param>
internal sealed class InnerValues(string path, Step[] end)
{
    /// <summary>helm-controller, HelmRelease v2 API; argo-cd.readthedocs.io, "Helm"; kubectl.docs.kubernetes.io, HelmChart.</summary>
    private static readonly InnerValues[] All =
    [
        new("spec.values", ["spec", "values"]),
        new("**.helm.valuesObject", ["helm", "valuesObject"]),
        new("helmCharts[].valuesInline", ["valuesInline"]),
    ];

    private readonly Step[] end = end;
    private readonly string[] paths = [.. Paths(path)];

    /// <summary>The paths to images in values that stand at a path. A tag by itself names none where no template says what it is for.</summary>
    public static IEnumerable<string> Paths(string path) => HelmValues.Paths.Paths.Where(inner => !inner.EndsWith("ag", StringComparison.Ordinal)).Select(inner => $"{path}.{inner}");

    /// <summary>Judges what stands at a place; false when that is in no values.</summary>
    public static bool Take(Place place)
    {
        if (Array.Find(All, v => Array.Exists(v.paths, p => place.Match.Pattern.EndsWith(p, StringComparison.Ordinal))) is not { } values)
        {
            return false;
        }

        var steps = place.Match.Steps;
        var start = steps.Span.IndexOf(values.end);
        HelmValues.Take(place, new ChartValues(Chart.Elsewhere, place.Tree, steps.Take(start + values.end.Length)));
        return true;
    }
}
