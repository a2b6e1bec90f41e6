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

    /// <summary>Other values of the same release, which these are laid over; the last one wins.</summary>
    public IReadOnlyList<ValuesLayer> Below { get; init; } = [];

    /// <summary>Other values of the same release, which are laid over these; the last one wins.</summary>
    public IReadOnlyList<ValuesLayer> Above { get; init; } = [];

    public Tree Tree => values;

    /// <summary>The node of the values; -1 when there are none.</summary>
    public int Root { get; } = values.Find(prefix);

    /// <summary>True for the chart's own values.yaml, which stands over no other.</summary>
    public bool IsOwn { get; } = values.Source.Path.EndsWith("/values.yaml", StringComparison.Ordinal) || values.Source.Path == "values.yaml";


    /// <summary>A registry that takes the place of every image's own (Bitnami's <c>global.imageRegistry</c>); null when none does.</summary>
    public string? GlobalRegistry => globalRegistry.Value;

    /// <summary>A path in the document as a path in the values.</summary>
    public Steps PathOf(Steps path) => path.StartsWith(prefix.Span) ? path.Skip(prefix.Count) : path;

    /// <summary>True when values above these say something of the image in a map, so that it is judged there.</summary>
    public bool IsOverridden(Steps path, params ReadOnlySpan<string> keys)
    {
        foreach (var layer in Above)
        {
            foreach (var key in keys)
            {
                if (layer.Text(path, key) is not null)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>What the values below these, or the chart's own values.yaml, say where these values say nothing.</summary>
    public string? Default(Steps path, string key) =>
        Below.Select(l => l.Text(path, key)).LastOrDefault(t => t is not null) is { } given ? given
        : !IsOwn && chart.Defaults is { } defaults && defaults.Find(path) is var map and >= 0 && defaults.Text(map, key) is { Length: > 0 } text ? text : null;
}
