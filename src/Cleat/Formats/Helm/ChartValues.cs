using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Helm;

/// <summary>One document of values and the chart that they are for.</summary>
/// <param name="prefix">Where the values stand in their document: its root, or <c>spec.values</c>.</param>
internal sealed class ChartValues(Chart chart, Tree values, Steps prefix)
{
    private readonly Lazy<string?> globalRegistry = new(() =>
        values.Find(prefix.Add("global")) is var global and >= 0 && values.Child(global, "imageRegistry") is var registry and >= 0 && !values.IsNull(registry)
            && values.Text(global, "imageRegistry") is { Length: > 0 } text ? text : null);

    public Chart Chart => chart;

    public Tree Tree => values;

    /// <summary>The node of the values; -1 when there are none.</summary>
    public int Root { get; } = values.Find(prefix);

    /// <summary>True for the chart's own values.yaml, which stands over no other.</summary>
    public bool IsOwn { get; } = values.Source.Path.EndsWith("/values.yaml", StringComparison.Ordinal) || values.Source.Path == "values.yaml";


    /// <summary>A registry that takes the place of every image's own (Bitnami's <c>global.imageRegistry</c>); null when none does.</summary>
    public string? GlobalRegistry => globalRegistry.Value;

    /// <summary>A path in the document as a path in the values.</summary>
    public Steps PathOf(Steps path) => path.StartsWith(prefix.Span) ? path.Skip(prefix.Count) : path;

    /// <summary>What the chart's own values.yaml says where these values say nothing.</summary>
    public string? Default(Steps path, string key) =>
        !IsOwn && chart.Defaults is { } defaults && defaults.Find(path) is var map and >= 0 && defaults.Text(map, key) is { Length: > 0 } text ? text : null;
}
