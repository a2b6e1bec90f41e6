using System.Globalization;
using System.Net;
using Cleat.Findings;
using Cleat.Running;

namespace Cleat.Cli.Reporting;

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
        using StreamWriter text = new(output, Terminal.Utf8, leaveOpen: true) { NewLine = "\n" };
        List<Finding> rows = [.. report.Findings.Where(f => f.Use.Verdict != Verdict.NotAnImage).OrderBy(Rank)];
        List<string> nodes = [.. rows.SelectMany(f => f.Running!.Running).SelectMany(r => r.Nodes).Distinct().Order(StringComparer.Ordinal)];
        var columns = nodes.Count <= MostColumns ? nodes : [];
        var contexts = string.Join(", ", rows.Select(f => f.Running!.Workload.Context).OfType<string>().Distinct());

        text.Write($"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>What runs{(contexts.Length > 0 ? $" in {Safe(contexts)}" : "")}</title>\n<style>\n{RunningStyle.Css}</style>\n</head>\n<body>\n");
        text.Write($"<h1>What runs{(contexts.Length > 0 ? $" in {Safe(contexts)}" : "")}</h1>\n<p class=\"sum\">{Safe(Summary.Line(report))}</p>\n");
        Errors(report, text);
        if (rows.Count > 0)
        {
            text.Write("<p class=\"key\">A letter is a digest: <b class=\"d a\">A</b> what most of a row runs, <b class=\"d b\">B</b> <b class=\"d c\">C</b> what else it runs. A row with two letters is a race: one reference, several images.</p>\n");
            text.Write("<div class=\"wide\"><table>\n<thead><tr><th>Workload<th>Asked for<th>Verdict");
            foreach (var node in columns)
            {
                text.Write($"<th class=\"n\">{Safe(node)}");
            }

            text.Write("<th>Runs</tr></thead>\n<tbody>\n");
            foreach (var finding in rows)
            {
                Row(finding, columns, text);
            }

            text.Write("</tbody>\n</table></div>\n");
        }

        text.Write($"<footer>cleat {Safe(version)}</footer>\n</body>\n</html>\n");
    }

    // races first, then what is to be pinned, then the rest
    private static int Rank(Finding finding) => finding switch
    {
        { IsOpen: true, Running.Mixed: true } => 0,
        { IsOpen: true, Rule.Severity: Severity.Error } => 1,
        { IsOpen: true } => 2,
        _ => 3,
    };

    private static void Errors(Report report, StreamWriter text)
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

    private static void Row(Finding finding, List<string> columns, StreamWriter text)
    {
        var use = finding.Running!;
        var workload = use.Workload;
        var state = !finding.IsOpen ? "good" : use.Mixed ? "race" : finding.Rule!.Severity == Severity.Error ? "bad" : "mild";
        text.Write($"<tr class=\"{state}\"><th scope=\"row\"><span class=\"kind\">{Safe(workload.Kind)}</span> {(workload.Namespace is { } space ? $"{Safe(space)}/" : "")}<b>{Safe(workload.Name)}</b>{(workload.Container is { } container ? $" <span class=\"kind\">{Safe(container)}</span>" : "")}");
        text.Write($"<td><code>{Safe(use.Use.Text)}</code><td>{Safe(Word(finding))}");
        foreach (var node in columns)
        {
            text.Write("<td class=\"n\">");
            for (var i = 0; i < use.Running.Count; i++)
            {
                if (use.Running[i].Nodes.Contains(node))
                {
                    text.Write(Letter(i, use.Running[i]));
                }
            }
        }

        text.Write("<td>");
        for (var i = 0; i < use.Running.Count; i++)
        {
            var one = use.Running[i];
            text.Write(string.Create(CultureInfo.InvariantCulture, $"<div>{Letter(i, one)} <code title=\"{Safe(one.Digest?.ToString() ?? "")}\">{Safe(RunningText.Name(one))}</code> ×{one.Count}{(one.Platform is { } platform ? $" {Safe(platform)}" : "")}{(columns.Count == 0 ? $" on {Safe(Nodes(one))}" : "")}</div>"));
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
                text.Write($"<pre>{Safe(string.Join('\n', use.Fix))}</pre>");
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

    // the letter says it, the colour helps; what is not known has none
    private static string Letter(int index, RunningDigest one) => one.Digest is null && one.Why is not null && !one.Why.StartsWith("built here", StringComparison.Ordinal)
        ? $"<b class=\"d u\" title=\"{Safe(one.Why)}\">?</b>"
        : $"<b class=\"d {(char)('a' + Math.Min(index, 3))}\" title=\"{Safe(one.Digest?.ToString() ?? one.Why ?? "unknown")}\">{(char)('A' + Math.Min(index, 25))}</b>";

    private static string Nodes(RunningDigest one) =>
        string.Join(", ", one.Nodes.Take(ShownNodes)) + (one.Nodes.Count > ShownNodes ? string.Create(CultureInfo.InvariantCulture, $" and {one.Nodes.Count - ShownNodes} more") : "");

    private static string Safe(string text) => WebUtility.HtmlEncode(Printable.Of(text).Replace('\u240A', '\n'));
}
