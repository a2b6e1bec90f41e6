using System.Text.Json;
using Cleat.Text;
using Cleat.Trees.Json;
using Cleat.Uses;

namespace Cleat.Findings;

/// <summary>Findings that were there when Cleat came: they are ignored until they change. Line numbers are no part of it.</summary>
internal sealed class Baseline
{
    private readonly List<BaselineEntry> entries;
    private readonly SourceText? source;

    private Baseline(List<BaselineEntry> entries, SourceText? source)
    {
        this.entries = entries;
        this.source = source;
    }

    public int Count => entries.Sum(e => e.Count);

    /// <summary>A baseline of everything that is open, or was so far kept open by another baseline.</summary>
    /// <param name="name">The name of a finding's file in the baseline.</param>
    public static Baseline Of(IEnumerable<Finding> findings, Func<string, string> name) => new(
        [
            .. findings.Where(f => f.IsOpen || f.Ignored?.By == IgnoredBy.Baseline)
                .GroupBy(f => BaselineEntry.Of(f, name))
                .Select(g => g.Key with { Count = g.Count() })
                .OrderBy(e => e.File, StringComparer.Ordinal).ThenBy(e => e.Path, StringComparer.Ordinal)
                .ThenBy(e => e.Rule, StringComparer.Ordinal).ThenBy(e => e.Text, StringComparer.Ordinal),
        ],
        null);

    /// <param name="problem">What is wrong and where; null when nothing is.</param>
    public static Baseline? Read(SourceText source, out ReadProblem? problem)
    {
        var trees = JsonTrees.Read(source, out problem);
        if (problem is not null || trees is not [var tree] || tree.Text(0, "schema") is not "1" || tree.Child(0, "entries") is not (var list and >= 0))
        {
            problem ??= new(0, "is no baseline of this version: write it anew with --write-baseline");
            return null;
        }

        List<BaselineEntry> entries = [];
        for (var item = tree[list].First; item >= 0; item = tree[item].Next)
        {
            if (tree.Text(item, "file") is { } file && tree.Text(item, "rule") is { } rule && tree.Text(item, "text") is { } text && tree.Text(item, "format") is { } format
                && tree.Text(item, "path") is { } path && int.TryParse(tree.Text(item, "count"), out var count) && count > 0)
            {
                entries.Add(new(file, rule, text, format, path) { Count = count, At = tree[item].Span.Start });
            }
            else
            {
                problem = new(tree[item].Span.Start, "an entry needs 'file', 'rule', 'text', 'format', 'path' and 'count'");
                return null;
            }
        }

        return new(entries, source);
    }

    public void Write(Stream output)
    {
        using (Utf8JsonWriter json = new(output, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", 1);
            json.WriteStartArray("entries");
            foreach (var entry in entries)
            {
                json.WriteStartObject();
                json.WriteString("file", entry.File);
                json.WriteString("rule", entry.Rule);
                json.WriteString("text", entry.Text);
                json.WriteString("format", entry.Format);
                json.WriteString("path", entry.Path);
                json.WriteNumber("count", entry.Count);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>The report with what stands in the baseline ignored, and a notice for each entry that matches nothing any more.</summary>
    /// <param name="wasRead">False for a file that this run did not look at: nothing is said about its entries.</param>
    public Report Apply(Report report, Func<string, string> name, Func<string, bool> wasRead)
    {
        var left = entries.GroupBy(e => e).ToDictionary(g => g.Key, g => g.Sum(e => e.Count));
        var findings = report.Findings.Select(finding =>
        {
            if (!finding.IsOpen || !left.TryGetValue(BaselineEntry.Of(finding, name), out var count) || count == 0)
            {
                return finding;
            }

            left[BaselineEntry.Of(finding, name)] = count - 1;
            return finding with { Ignored = new(IgnoredBy.Baseline, null) };
        }).ToList();
        NoticePlaces? places = source is null ? null : new(source);
        var stale = places is null ? [] : entries.Distinct().Where(e => left[e] > 0 && wasRead(e.File)).Select(e => Stale(places, e, left[e]));
        return report with { Findings = findings, Notices = [.. report.Notices, .. stale] };
    }

    private static Notice Stale(NoticePlaces places, BaselineEntry entry, int count)
    {
        var all = count == entry.Count ? "" : $" ({count} of {entry.Count})";
        return places.At(new(entry.At, 1), Rule.UnusedIgnore, $"{entry.Rule} of '{entry.Text}' in {entry.File} is there no more{all}: write the baseline anew with --write-baseline");
    }
}

/// <summary>A finding as a baseline knows it: everything but its line. Two are equal when they mean the same.</summary>
/// <param name="File">Relative to the baseline's folder.</param>
internal sealed record BaselineEntry(string File, string Rule, string Text, string Format, string Path)
{
    public int Count { get; init; } = 1;

    /// <summary>Where it stands in the baseline.</summary>
    public int At { get; init; }

    public static BaselineEntry Of(Finding finding, Func<string, string> name) =>
        new(name(finding.File), finding.Rule!.Name, Whole(finding.Use.Text), finding.Use.Format, Whole(finding.Use.Path));

    // half a surrogate pair, which JSON cannot carry, is U+FFFD
    private static string Whole(string text) => text.Any(char.IsSurrogate) ? string.Concat(text.EnumerateRunes()) : text;


    public bool Equals(BaselineEntry? other) =>
        other is not null && (File, Rule, Text, Format, Path) == (other.File, other.Rule, other.Text, other.Format, other.Path);

    public override int GetHashCode() => HashCode.Combine(File, Rule, Text, Format, Path);
}
