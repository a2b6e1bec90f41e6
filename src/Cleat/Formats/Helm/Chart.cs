using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Trees;

namespace Cleat.Formats.Helm;

/// <summary>What values need to know of the chart they are for.</summary>
/// <param name="values">The values that are read.</param>
/// <param name="prefix">Where the values stand in their document: its root, or <c>spec.values</c>.</param>
internal sealed class Chart(Surroundings beside, Tree values, Steps prefix)
{
    private readonly Lazy<ChartTemplates> templates = new(() => new(beside, ""));
    private readonly Lazy<Tree?> defaults = new(() => values.Source.Path.EndsWith("/values.yaml", StringComparison.Ordinal) || values.Source.Path == "values.yaml" ? null : First(beside, "values.yaml"));

    public ChartTemplates Templates => templates.Value;

    /// <summary>The tag of an image that names none; null when the chart says none.</summary>
    public string? AppVersion => field ??= First(beside, "Chart.yaml")?.Text(0, "appVersion") is { Length: > 0 } version ? version : null;

    /// <summary>A registry that takes the place of every image's own (Bitnami's <c>global.imageRegistry</c>); null when none does.</summary>
    public string? GlobalRegistry => values.Find(prefix.Add("global")) is var global and >= 0 && values.Text(global, "imageRegistry") is { Length: > 0 } registry ? registry : null;

    /// <summary>A path in the document as a path in the values.</summary>
    public Steps PathOf(Steps path) => path.StartsWith(prefix.Span) ? path.Skip(prefix.Count) : path;

    /// <summary>What the chart's own values.yaml says where these values say nothing.</summary>
    public string? Elsewhere(Steps path, string key) =>
        defaults.Value is { } tree && tree.Find(path) is var map and >= 0 && tree.Text(map, key) is { Length: > 0 } text ? text : null;

    private static Tree? First(Surroundings beside, string path) =>
        beside.Read(path) is { } source && TreeReading.Read(source, new TextSpan(0, source.Bytes.Length), TreeSyntax.Yaml, out _) is [{ Count: > 0 } tree, ..] ? tree : null;
}
