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
            Open = HelmValues.Open,
            Where = "whatever the chart's templates render as an image; keys that end in image: a reference, or a map with repository, tag and digest",
        },
        new("helm-values", "Helm values for a chart that is elsewhere, or that a Terraform release reads", "*values*.yaml", "*values*.yml", "values/*.yaml", "values/*.yml")
        {
            Signs = new() { NeverKubernetes = true },
            Claims = (path, beside) => AreValues(path) || ReleaseValues.Names(path, beside),
            Paths = HelmValues.Paths,
            TakesMaps = true,
            Open = HelmValues.Open,
            Where = "as in the values of a chart",
        },
        new("helm-chart", "Helm chart", ChartFile)
        {
            Paths = new("annotations.'artifacthub.io/images'", "annotations.images"),
            Take = ChartAnnotation.Take,
            Where = "the image of each entry in annotations that hold a list as text",
        },
        new("helm-template", "Helm template", "templates/**/*.yaml", "templates/**/*.yml", "templates/**/*.tpl", "templates/**/*.txt")
        {
            Claims = IsTemplate,
            Signs = new() { Words = HelmTemplate.Keys },
            Read = HelmTemplate.Read,
            Where = "as in Kubernetes manifests; what actions put together is dynamic and judged in the values",
        },
    ];

    // values.yaml, values-prod.yaml, prod-values.yaml: such files lie beside what installs a chart of somebody else's
    private static bool AreValues(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path.AsSpan());
        return name.StartsWith("values", StringComparison.Ordinal) || name.EndsWith("values", StringComparison.Ordinal);
    }

    // helm.sh/docs/topics/charts: everything below templates/ beside a Chart.yaml is a template
    private static bool IsTemplate(string path, Surroundings beside)
    {
        if (beside.Above(ChartFile) is not { Length: > 0 } up)
        {
            return false;
        }

        var folder = path.AsSpan();
        for (var level = 0; level < up.Length / 3; level++)
        {
            folder = folder[..int.Max(folder.LastIndexOf('/'), 0)];
        }

        return folder[(folder.LastIndexOf('/') + 1)..] is "templates";
    }
}
