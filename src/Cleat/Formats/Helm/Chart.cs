using Cleat.Formats.Helm.Templates;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Helm;

/// <summary>A chart's folder, opened once a run: what values need to know of the chart they are for.</summary>
internal sealed class Chart
{
    private const int Deepest = 6;

    private readonly Surroundings folder;
    private readonly Lazy<ChartTemplates> templates;
    private readonly Lazy<Tree?> defaults;
    private readonly Lazy<Tree?> about;

    // of charts of the first version
    private readonly Lazy<Tree?> requirements;

    // of a thousand charts the templates would be most of the memory, and few charts are rendered a second time
    private readonly WeakReference<IReadOnlyList<(string Name, SourceText Source)>?> files = new(null);
    private readonly Lazy<IReadOnlyList<Dependency>> inner;
    private readonly Lazy<ImageKeys> innerKeys;
    private readonly Lazy<ImageKeys> keys;
    private readonly Lazy<ValuesSchema?> schema;

    private Chart(Surroundings folder)
    {
        this.folder = folder;
        templates = new(() => new(folder));
        defaults = new(() => First("values.yaml"));
        about = new(() => First("Chart.yaml"));
        requirements = new(() => First("requirements.yaml"));
        inner = new(() => Dependency.Of(about.Value, requirements.Value, folder));
        innerKeys = new(() => AddInner(new(), 0));
        keys = new(() => new(innerKeys.Value, defaults.Value));
        schema = new(() => folder.Read("values.schema.json") is { } source && TreeReading.Read(source, new TextSpan(0, source.Bytes.Length), TreeSyntax.Json, out _) is [{ Count: > 0 } tree, ..] ? new(tree) : null);
    }

    /// <summary>A chart that somebody else has: it is fetched, and nothing is known of it here.</summary>
    public static Chart Elsewhere { get; } = new(Surroundings.None);

    /// <summary>The chart in a folder.</summary>
    public static Chart In(Surroundings folder) => folder.Opened("", static around => new Chart(around));

    public ChartTemplates Templates => templates.Value;

    /// <summary>The chart's own values.yaml; null when it has none.</summary>
    public Tree? Defaults => defaults.Value;

    /// <summary>The tag of an image that names none, where its values stand; null when the chart says none.</summary>
    /// <param name="path">In the values: those of a chart in this one take that chart's own version.</param>
    public string? AppVersionAt(Steps path) =>
        path.Count == 0 || path[0].Key is not { } key ? AppVersion
        : Inner.FirstOrDefault(d => d.Key == key) is { } inner ? inner.Chart.AppVersionAt(path.Skip(1))
        : IsElsewhere(path) ? null : AppVersion;

    /// <summary>True for a place in the values of a chart that this one depends on, and that is not here.</summary>
    public bool IsElsewhere(Steps path)
    {
        if (path.Count == 0 || path[0].Key is not { } key || Inner.Any(d => d.Key == key))
        {
            return false;
        }

        return ((Tree?[])[about.Value, requirements.Value]).OfType<Tree>()
            .Any(tree => tree.Targets(tree.Child(0, "dependencies")).Exists(item => (tree.Text(item, "alias") ?? tree.Text(item, "name")) == key));
    }

    private string? AppVersion => about.Value?.Text(0, "appVersion") is { Length: > 0 } version ? version : null;

    public string Name => about.Value?.Text(0, "name") ?? "";

    public bool IsLibrary => about.Value?.Text(0, "type") == "library";

    /// <summary>Its files of templates, by their names from its folder.</summary>
    public IReadOnlyList<(string Name, SourceText Source)> TemplateFiles
    {
        get
        {
            if (!files.TryGetTarget(out var found))
            {
                files.SetTarget(found = Gather("templates", 0));
            }

            return found;
        }
    }

    /// <summary>The charts in it.</summary>
    public IReadOnlyList<Dependency> Inner => inner.Value;

    /// <summary>The keys of images in the values of the charts in it, and in its own with them.</summary>
    public ImageKeys InnerKeys => innerKeys.Value;

    public ImageKeys Keys => keys.Value;

    /// <summary>Its templates, parsed: several times as large as they are, and therefore not kept with the chart. Null for a chart without templates here.</summary>
    /// <param name="keys">Of the values that it is to be rendered with.</param>
    public ChartRendering? Open(ImageKeys keys) => TemplateFiles is { Count: > 0 } || Inner.Count > 0 ? new(this, keys) : null;

    public ValuesSchema? Schema => schema.Value;

    /// <summary><c>.Chart</c> in its templates.</summary>
    public Value.Map Metadata(string name) => new(new(StringComparer.Ordinal)
    {
        ["Name"] = Value.Of(name),
        ["Version"] = Text("version"),
        ["AppVersion"] = Text("appVersion"),
        ["Type"] = Text("type"),
        ["Description"] = Text("description"),
        ["Annotations"] = about.Value is { } tree && tree.Child(0, "annotations") is var node and >= 0 ? ValuesTree.Of(tree, node, isJudged: false) : new Value.Map([]),
    });

    private ImageKeys AddInner(ImageKeys found, int depth)
    {
        foreach (var chart in depth < Deepest ? Inner.Select(i => i.Chart) : [])
        {
            found.Add(chart.Defaults);
            chart.AddInner(found, depth + 1);
        }

        return found;
    }

    private Value Text(string key) => Value.Of(about.Value?.Text(0, key) ?? "");

    private Tree? First(string path) =>
        folder.Read(path) is { } source && TreeReading.Read(source, new TextSpan(0, source.Bytes.Length), TreeSyntax.Yaml, out _) is [{ Count: > 0 } tree, ..] ? tree : null;

    private List<(string Name, SourceText Source)> Gather(string path, int depth)
    {
        List<(string, SourceText)> found = [];
        foreach (var name in folder.Files(path))
        {
            if (Path.GetExtension(name) is ".yaml" or ".yml" or ".tpl" && folder.Read($"{path}/{name}", keeps: false) is { } source)
            {
                found.Add(($"{path}/{name}", source));
            }
        }

        foreach (var below in depth < Deepest ? folder.Folders(path) : [])
        {
            found.AddRange(Gather($"{path}/{below}", depth + 1));
        }

        return found;
    }
}
