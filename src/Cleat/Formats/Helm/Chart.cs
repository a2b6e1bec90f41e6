using Cleat.Text;
using Cleat.Trees;

namespace Cleat.Formats.Helm;

/// <summary>A chart's folder, opened once a run: what values need to know of the chart they are for.</summary>
internal sealed class Chart
{
    private readonly Lazy<ChartTemplates> templates;
    private readonly Lazy<Tree?> defaults;
    private readonly Lazy<string?> appVersion;

    private Chart(Surroundings folder)
    {
        templates = new(() => new(folder));
        defaults = new(() => First(folder, "values.yaml"));
        appVersion = new(() => First(folder, "Chart.yaml")?.Text(0, "appVersion") is { Length: > 0 } version ? version : null);
    }

    /// <summary>A chart that somebody else has: it is fetched, and nothing is known of it here.</summary>
    public static Chart Elsewhere { get; } = new(Surroundings.None);

    /// <summary>The chart in a folder.</summary>
    public static Chart In(Surroundings folder) => folder.Opened("", static around => new Chart(around));

    public ChartTemplates Templates => templates.Value;

    /// <summary>The chart's own values.yaml; null when it has none.</summary>
    public Tree? Defaults => defaults.Value;

    /// <summary>The tag of an image that names none; null when the chart says none.</summary>
    public string? AppVersion => appVersion.Value;

    private static Tree? First(Surroundings folder, string path) =>
        folder.Read(path) is { } source && TreeReading.Read(source, new TextSpan(0, source.Bytes.Length), TreeSyntax.Yaml, out _) is [{ Count: > 0 } tree, ..] ? tree : null;
}
