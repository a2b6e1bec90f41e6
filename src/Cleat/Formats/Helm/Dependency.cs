using Cleat.Formats.Helm.Templates;
using Cleat.Trees;

namespace Cleat.Formats.Helm;

/// <summary>A chart in a chart (helm.sh/docs, "Subcharts and Global Values").</summary>
/// <param name="Key">Where its values stand in those of the chart it is in: its alias, or its name.</param>
internal sealed record Dependency(string Key, Chart Chart, string? Condition, IReadOnlyList<string> Tags)
{
    /// <summary>The charts in <c>charts/</c>; one that the chart does not list is always on.</summary>
    /// <param name="about">Chart.yaml.</param>
    /// <param name="requirements">requirements.yaml of charts of the first version.</param>
    public static IReadOnlyList<Dependency> Of(Tree? about, Tree? requirements, Surroundings folder)
    {
        List<(string Name, string? Alias, string? Condition, List<string> Tags)> listed = [];
        foreach (var tree in (Tree?[])[about, requirements])
        {
            if (tree is null)
            {
                continue;
            }

            foreach (var item in tree.Items(tree.Child(0, "dependencies")))
            {
                List<string> tags = [];
                foreach (var tag in tree.Items(tree.Child(item, "tags")))
                {
                    tags.Add(tree[tag].Value);
                }

                listed.Add((tree.Text(item, "name") ?? "", tree.Text(item, "alias"), tree.Text(item, "condition"), tags));
            }
        }

        List<Dependency> found = [];
        foreach (var name in folder.Folders("charts"))
        {
            if (name[0] is '_' or '.')
            {
                continue;
            }

            var chart = Chart.In(folder.In($"charts/{name}"));
            var its = listed.Where(d => d.Name == chart.Name).ToList();
            found.AddRange(its.Count == 0 ? [new(chart.Name, chart, null, [])] : its.Select(d => new Dependency(d.Alias ?? d.Name, chart, d.Condition, d.Tags)));
        }

        return found;
    }

    /// <summary>Whether it is part of the release.</summary>
    /// <param name="values">Of the chart it is in.</param>
    /// <param name="own">Its own defaults, which a condition may read too.</param>
    public bool IsOn(Value.Map values, Value.Map own)
    {
        foreach (var path in Condition?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        {
            var keys = path.Split('.');
            if ((Find(values, keys) ?? (keys[0] == Key ? Find(own, keys[1..]) : null)) is { } isOn)
            {
                return isOn;
            }
        }

        var tags = Tags.Select(t => Find(values, ["tags", t])).OfType<bool>().ToList();
        return tags.Count == 0 || tags.Contains(true);
    }

    private static bool? Find(Value value, string[] keys)
    {
        foreach (var key in keys)
        {
            value = value is Value.Map map ? map.Get(key) : Value.Nil;
        }

        return (value as Value.Plain)?.Data as bool?;
    }
}
