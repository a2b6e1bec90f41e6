using System.Globalization;
using System.Net;
using Cleat.Findings;
using Cleat.Running;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Cli.Reports;

/// <summary>
/// A page of its own, without scripts or anything from elsewhere: a row for each workload, a column for each node, a letter
/// for each digest. A row with two letters is a race.
/// </summary>
internal static class RunningHtml
{
    /// <summary>With more nodes than this a column for each would be too wide: they are counted in their place.</summary>
    private const int MostColumns = 24;

    private const int ShownNodes = 8;

    public static void Write(Report report, Stream output, string version)
    {
        using var text = Terminal.Text(output);
        List<Finding> rows = [.. report.Findings.Where(f => f.Use.Verdict != Verdict.NotAnImage).OrderBy(Rank)];
        List<string> nodes = [.. rows.SelectMany(f => f.Running!.Running).SelectMany(r => r.Nodes).Distinct().Order(StringComparer.Ordinal)];
        var columns = nodes.Count <= MostColumns ? nodes : [];
        var contexts = string.Join(", ", rows.Select(f => f.Running!.Workload.Context).OfType<string>().Distinct());

        text.Write($"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>What runs{(contexts.Length > 0 ? $" in {Safe(contexts)}" : "")}</title>\n<style>\n{RunningStyle.Css}</style>\n</head>\n<body>\n");
        text.Write($"<h1>What runs{(contexts.Length > 0 ? $" in {Safe(contexts)}" : "")}</h1>\n<p class=\"sum\">{Safe(Summary.Line(report))}</p>\n");
        Errors(report, text);
        if (rows.Count > 0)
        {
            text.Write("<p class=\"key\">A letter is a digest of a reference, the same in every row that asks for it: <b class=\"d a\">A</b> runs most, <b class=\"d b\">B</b> <b class=\"d c\">C</b> run too, <b class=\"d u\">?</b> is not known. A red row is a race: one reference that runs as several images.</p>\n");
            text.Write("<div class=\"wide\"><table>\n<thead><tr><th>Workload<th>Asked for<th>Verdict");
            foreach (var node in columns)
            {
                text.Write($"<th class=\"n\">{Safe(node)}");
            }

            text.Write("<th>Runs</tr></thead>\n<tbody>\n");
            var letters = Letters(rows);
            foreach (var finding in rows)
            {
                Row(finding, columns, letters, text);
            }

            text.Write("</tbody>\n</table></div>\n");
        }

        text.Write($"<footer>cleat {Safe(version)}</footer>\n</body>\n</html>\n");
    }

    /// <summary>For each image of each reference its letter: 0 for the one that runs most. What is not known has none.</summary>
    private static Dictionary<(string Text, string Image), int> Letters(List<Finding> rows)
    {
        Dictionary<(string, string), int> letters = [];
        foreach (var reference in rows.SelectMany(f => f.Running!.Running, (f, one) => (f.Use.Text, One: one)).Where(r => Image(r.One) is not null).GroupBy(r => r.Text, StringComparer.Ordinal))
        {
            var next = 0;
            foreach (var image in reference.GroupBy(r => Image(r.One)!, StringComparer.Ordinal).OrderByDescending(g => g.Sum(r => r.One.Count)).ThenBy(g => g.Key, StringComparer.Ordinal))
            {
                letters[(reference.Key, image.Key)] = next++;
            }
        }

        return letters;
    }

    private static string? Image(RunningDigest one) => one.Digest?.ToString() ?? (one.Why?.StartsWith("built here", StringComparison.Ordinal) == true ? one.Why : null);

    // races first, then what is to be pinned, then the rest
    private static int Rank(Finding finding) => finding switch
    {
        { IsOpen: true, Running.Mixed: true } => 0,
        { IsOpen: true, Rule.Severity: Severity.Error } => 1,
        { IsOpen: true } => 2,
        _ => 3,
    };

    private static void Errors(Report report, TextWriter text)
    {
        if (report.Errors.Count == 0)
        {
            return;
        }

        text.Write("<section class=\"errors\"><h2>What could not be seen or done</h2>\n<ul>\n");
        foreach (var error in report.Errors)
        {
            text.Write($"<li>{Safe(error.Message)}\n");
        }

        text.Write("</ul></section>\n");
    }

    private static void Row(Finding finding, List<string> columns, Dictionary<(string Text, string Image), int> letters, TextWriter text)
    {
        var use = finding.Running!;
        var workload = use.Workload;
        var state = !finding.IsOpen ? "good" : use.Mixed ? "race" : finding.Rule!.Severity == Severity.Error ? "bad" : "mild";
        text.Write($"<tr class=\"{state}\"><th scope=\"row\"><span class=\"kind\">{Safe(workload.Kind)}</span> {(workload.Namespace is { } space ? $"{Safe(space)}/" : "")}<b>{Safe(workload.Name)}</b>{(workload.Container is { } container ? $" <span class=\"kind\">{Safe(container)}</span>" : "")}");
        text.Write($"<td><code>{Safe(use.Use.Text)}</code><td>{Safe(Word(finding))}");
        foreach (var node in columns)
        {
            text.Write("<td class=\"n\">");
            foreach (var one in use.Running.Where(r => r.Nodes.Contains(node)))
            {
                text.Write(Mark(use, one, letters));
            }
        }

        text.Write("<td>");
        foreach (var one in use.Running)
        {
            text.Write(string.Create(CultureInfo.InvariantCulture, $"<div>{Mark(use, one, letters)} <code title=\"{Safe(one.Digest?.ToString() ?? "")}\">{Safe(RunningText.Name(one))}</code> ×{one.Count}{(one.Platform is { } platform ? $" {Safe(platform)}" : "")}{(columns.Count == 0 ? $" on {Safe(Nodes(one))}" : "")}</div>"));
        }

        if (use.Running.Count == 0)
        {
            text.Write("<span class=\"kind\">nothing now</span>");
        }

        if (use.Notes.Count + use.Fix.Count > 0 && finding.IsOpen)
        {
            text.Write($"<details{(use.Mixed ? " open" : "")}><summary>{(use.Fix.Count > 0 ? "The fix" : "Notes")}</summary>");
            foreach (var note in use.Notes)
            {
                text.Write($"<p>{Safe(note)}</p>");
            }

            if (use.Fix.Count > 0)
            {
                text.Write($"<pre>{string.Join('\n', use.Fix.Select(Safe))}</pre>");
            }

            text.Write("</details>");
        }

        text.Write("</tr>\n");
    }

    private static string Word(Finding finding) => finding switch
    {
        { Ignored: { } ignored } => $"{Wording.Word(finding.Use.Verdict)}, ignored{(ignored.Reason is { } reason ? $": {reason}" : "")}",
        { IsOpen: true, Running.Mixed: true } => $"{Wording.Word(finding.Use.Verdict)}, a race",
        _ => Wording.Word(finding.Use.Verdict),
    };

    // the letter says it, the colour helps
    private static string Mark(RunningUse use, RunningDigest one, Dictionary<(string Text, string Image), int> letters)
    {
        if (Image(one) is not { } image)
        {
            return $"<b class=\"d u\" title=\"{Safe(one.Why ?? "unknown")}\">?</b>";
        }

        var index = letters[(use.Use.Text, image)];
        return $"<b class=\"d {(char)('a' + Math.Min(index, 3))}\" title=\"{Safe(image)}\">{(char)('A' + Math.Min(index, 25))}</b>";
    }

    private static string Nodes(RunningDigest one) =>
        string.Join(", ", one.Nodes.Take(ShownNodes)) + (one.Nodes.Count > ShownNodes ? string.Create(CultureInfo.InvariantCulture, $" and {one.Nodes.Count - ShownNodes} more") : "");

    private static string Safe(string text) => WebUtility.HtmlEncode(PrintableText.Of(text));
}
