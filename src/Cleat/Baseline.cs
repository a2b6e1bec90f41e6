using System.Text.Json;
using Cleat.Files;
using Cleat.Findings;
using Cleat.Text;
using Cleat.Trees.Json;
using Cleat.Uses;

namespace Cleat;

/// <summary>Findings that were there when Cleat came: they are ignored until they change. Line numbers are no part of it.</summary>
public sealed class Baseline
{
    private readonly List<BaselineEntry> entries;
    private readonly SourceText? source;
    private readonly string folder;

    private Baseline(List<BaselineEntry> entries, SourceText? source, string file)
    {
        this.entries = entries;
        this.source = source;
        folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? "/";
    }

    /// <summary>How many findings it holds.</summary>
    public int Count => entries.Sum(e => e.Count);

    /// <summary>A baseline of everything that is open, or was so far kept open by another baseline.</summary>
    /// <param name="file">Where it is to lie: the files of findings are named from its folder, so that it does not matter where Cleat is run.</param>
    public static Baseline Of(Report report, string file)
    {
        Baseline empty = new([], null, file);
        return new(
            [
                .. report.Findings.Where(f => f.IsOpen || f.Ignored?.By == IgnoredBy.Baseline)
                    .GroupBy(empty.Entry)
                    .Select(g => g.Key with { Count = g.Count() })
                    .OrderBy(e => e.File, StringComparer.Ordinal).ThenBy(e => e.Path, StringComparer.Ordinal)
                    .ThenBy(e => e.Rule, StringComparer.Ordinal).ThenBy(e => e.Text, StringComparer.Ordinal),
            ],
            null,
            file);
    }

    /// <exception cref="CleatException">It cannot be read, or is no baseline: where, and what is wrong.</exception>
    public static Baseline Read(string file)
    {
        var read = SettingsFile.Read(file);
        if (!read.Succeeded)
        {
            throw new CleatException(read.Failure == ReadFailure.Vanished ? $"no such file: {file}" : $"{file}: {read.Message}");
        }

        SourceText source = new(file, read.Bytes);
        return new(Entries(source, out var problem) ?? throw new CleatException($"{file}:{source.Position(problem!.Offset)}: {problem.Message}"), source, file);
    }

    private static List<BaselineEntry>? Entries(SourceText source, out ReadProblem? problem)
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

        return entries;
    }

    /// <summary>Writes it as JSON.</summary>
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

    /// <summary>The findings with what stands in the baseline ignored, and a notice for each entry that matches nothing any more.</summary>
    /// <param name="covers">False for a file that this run did not look at: nothing is said about its entries.</param>
    internal (IReadOnlyList<Finding> Findings, IReadOnlyList<Notice> Stale) Apply(IReadOnlyList<Finding> findings, Func<string, bool> covers)
    {
        var left = entries.GroupBy(e => e).ToDictionary(g => g.Key, g => g.Sum(e => e.Count));
        List<Finding> known = new(findings.Count);
        foreach (var finding in findings)
        {
            var entry = finding.IsOpen ? Entry(finding) : null;
            if (entry is null || !left.TryGetValue(entry, out var count) || count == 0)
            {
                known.Add(finding);
                continue;
            }

            left[entry] = count - 1;
            known.Add(finding with { Ignored = new(IgnoredBy.Baseline, null) });
        }

        NoticePlaces? places = source is null ? null : new(source);
        return (known, places is null ? [] : [.. entries.Distinct().Where(e => left[e] > 0 && covers(Path.GetFullPath(e.File, folder))).Select(e => Stale(places, e, left[e]))]);
    }

    private BaselineEntry Entry(Finding finding) =>
        BaselineEntry.Of(finding, Path.GetRelativePath(folder, Path.GetFullPath(finding.File)));

    private static Notice Stale(NoticePlaces places, BaselineEntry entry, int count)
    {
        var all = count == entry.Count ? "" : $" ({count} of {entry.Count})";
        return places.At(new(entry.At, 1), Rule.UnusedIgnore, $"{entry.Rule} of '{entry.Text}' in {entry.File} is there no more{all}: write the baseline anew with --write-baseline");
    }
}
