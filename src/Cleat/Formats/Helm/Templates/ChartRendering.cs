namespace Cleat.Formats.Helm.Templates;

/// <summary>Renders a chart and the charts in it with values (helm.sh/docs, "Subcharts and Global Values").</summary>
internal sealed class ChartRendering
{
    private const int Deepest = 4;

    private readonly Definitions definitions = new();
    private readonly Dictionary<Chart, List<TemplateFile>> files = [];
    private readonly ImageSigns signs;
    private readonly Chart chart;

    /// <param name="keys">Of the values that it is rendered with.</param>
    public ChartRendering(Chart chart, ImageKeys keys)
    {
        this.chart = chart;
        signs = new(keys, definitions);
        definitions.Add(LibraryCharts.Bitnami);
        Define(chart, 0);
        Images = new(definitions, ["mage", "ontainer", ".tag", "igest", ".repository"]);
    }

    /// <summary>Which files have to do with images.</summary>
    public Mentions Images { get; }

    /// <summary>Which files hold a word.</summary>
    public Mentions Of(params string[] words) => new(definitions, words);

    /// <summary>Every file that renders to objects.</summary>
    /// <param name="values">Those that are given, over the chart's own.</param>
    /// <param name="isOwn">They are the chart's own.</param>
    /// <param name="wants">Which files are to be rendered.</param>
    /// <param name="onlyImages">Of the text only what may name images.</param>
    public List<Rendered> Render(Value.Map values, bool isOwn, Func<TemplateFile, bool> wants, bool onlyImages = false)
    {
        List<Rendered> all = [];
        Render(chart, !isOwn && chart.Defaults is { } own ? Over(ValuesTree.Of(own, 0, isJudged: false), values) : values, chart.Name, all, wants, onlyImages, 0);
        return all;
    }

    /// <summary>Values over others: a null takes a value away.</summary>
    public static Value.Map Over(Value.Map below, Value.Map above) =>
        new(() => Merged(below, above), below.HasImage || above.HasImage) { Node = above.Node >= 0 ? above.Node : below.Node };

    private static Dictionary<string, Value> Merged(Value.Map below, Value.Map above)
    {
        Dictionary<string, Value> entries = new(below.Entries, StringComparer.Ordinal);
        foreach (var (key, value) in above.Entries)
        {
            if (value is Value.Plain { Data: null } && entries.ContainsKey(key))
            {
                entries.Remove(key);
            }
            else
            {
                entries[key] = value is Value.Map upper && entries.GetValueOrDefault(key) is Value.Map lower ? Over(lower, upper) : value;
            }
        }

        return entries;
    }

    // deeper ones first: of two definitions with one name the parent's counts
    private void Define(Chart of, int depth)
    {
        foreach (var inner in depth < Deepest ? of.Inner : [])
        {
            Define(inner.Chart, depth + 1);
        }

        // one that is there twice, under two names, is read once
        if (!files.TryGetValue(of, out var its))
        {
            files.Add(of, its = [.. of.TemplateFiles.Select(f => new TemplateFile(f.Name, f.Source, signs))]);
        }

        foreach (var file in its)
        {
            definitions.Add(file);
        }
    }

    private void Render(Chart of, Value.Map values, string name, List<Rendered> all, Func<TemplateFile, bool> wants, bool onlyImages, int depth, bool isOff = false)
    {
        foreach (var inner in depth < Deepest ? of.Inner : [])
        {
            var own = inner.Chart.Defaults is { } tree ? ValuesTree.Of(tree, 0, isJudged: false) : new Value.Map([]);
            var isOn = inner.IsOn(values, own);
            own = values.Get(inner.Key) is Value.Map given ? Over(own, given) : own;
            if (values.Get("global") is Value.Map global)
            {
                own.Entries["global"] = own.Get("global") is Value.Map its ? Over(its, global) : global;
            }

            if (!inner.Chart.IsLibrary)
            {
                Render(inner.Chart, own, inner.Key, all, wants, onlyImages, depth + 1, isOff || !isOn);
            }
        }

        if (of.TemplateFiles.Count == 0)
        {
            return;
        }

        Value.Map Root(TemplateFile file) => new(new(StringComparer.Ordinal)
        {
            ["Values"] = values,
            ["Chart"] = of.Metadata(name),
            ["Release"] = Release,
            ["Capabilities"] = new Value.Opaque(".Capabilities"),
            ["Files"] = new Value.Opaque(".Files"),
            ["Subcharts"] = new Value.Opaque(".Subcharts"),
            ["Template"] = new Value.Map(new(StringComparer.Ordinal) { ["Name"] = Value.Of($"{name}/{file.Name}"), ["BasePath"] = Value.Of($"{name}/templates") }),
        });

        foreach (var file in files[of])
        {
            if (file.Name.LastIndexOf('/') is var slash && file.Name[slash + 1] != '_' && !file.Name.EndsWith(".txt", StringComparison.Ordinal) && !file.Name.EndsWith(".tpl", StringComparison.Ordinal) && wants(file))
            {
                all.Add(Evaluator.Render(file, Root(file), definitions, onlyImages) with { IsOff = isOff });
            }
        }
    }

    // what who installs the chart says
    private static Value.Map Release => new(new(StringComparer.Ordinal)
    {
        ["Name"] = new Value.Opaque(".Release.Name"),
        ["Namespace"] = new Value.Opaque(".Release.Namespace"),
        ["Service"] = Value.Of("Helm"),
        ["Revision"] = new Value.Opaque(".Release.Revision"),
        ["IsInstall"] = Value.Of(true),
        ["IsUpgrade"] = Value.Of(false),
    });
}
