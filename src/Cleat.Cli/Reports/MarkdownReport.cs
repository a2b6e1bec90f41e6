using System.Globalization;
using Cleat.Findings;
using Cleat.Uses;

namespace Cleat.Cli.Reports;

/// <summary>A table in Markdown, for the summary of a job or a comment on a pull request.</summary>
internal static class MarkdownReport
{
    /// <summary>Places take more than this of a row no further: the rest is counted.</summary>
    private const int MostPlaces = 5;

    /// <summary>GitHub takes a megabyte for a summary and 64 K for a comment.</summary>
    private const int MostRows = 200;

    public static void Write(Report report, Stream output, ReportKind kind)
    {
        using var text = Terminal.Text(output);
        text.Write($"### Container images\n\n{Markup.Sentence(Summary.Line(report))}\n");
        if (kind == ReportKind.List)
        {
            Inventory(report, text);
        }
        else
        {
            Findings(report, text);
        }

        Errors(report, text);
    }

    private static void Findings(Report report, TextWriter text)
    {
        List<string> rows = [.. report.Findings.Where(f => f is { IsOpen: true, Running: not null }).Select(Running), .. FindingGroup.Of(report).Select(g => Row(g, report.Repository)), .. report.Notices.Select(n => Row(n, report.Repository))];
        Table(text, "| Severity | Rule | Image | Where | What to do |\n|---|---|---|---|---|\n", rows, "findings");
    }

    private static void Inventory(Report report, TextWriter text)
    {
        var paths = report.Repository;
        List<string> rows = [.. report.Findings.Where(f => f.Use.Verdict != Verdict.NotAnImage).GroupBy(f => (Image: Wording.Named(f), f.Use.Verdict, f.Ignored))
            .Select(g => $"| {Markup.Code(g.Key.Image)} | {Wording.Word(g.Key.Verdict)}{(g.Key.Ignored is null ? "" : ", ignored")} | {Where([.. g], paths)} |\n")];
        Table(text, "| Image | Verdict | Where |\n|---|---|---|\n", rows, "images");
    }

    private static void Table(TextWriter text, string head, List<string> rows, string what)
    {
        if (rows.Count == 0)
        {
            return;
        }

        text.Write("\n" + head);
        foreach (var row in rows.Take(MostRows))
        {
            text.Write(row);
        }

        if (rows.Count > MostRows)
        {
            text.Write(string.Create(CultureInfo.InvariantCulture, $"\n{rows.Count - MostRows} more {what} are not shown here: `--format text` and `--format html` show all.\n"));
        }
    }

    private static string Row(FindingGroup group, RepositoryPaths paths) =>
        $"| {Wording.Word(group.Rule.Severity)} | {Link(group.Rule)} | {Markup.Code(group.Headline)} | {Where(group.Places, paths)} | {Markup.Sentence(group.Help)} |\n";

    private static string Row(Notice notice, RepositoryPaths paths) =>
        $"| {Wording.Word(notice.Rule.Severity)} | {Link(notice.Rule)} |  | {Markup.Code(string.Create(CultureInfo.InvariantCulture, $"{paths.Of(notice.File)}:{notice.Position.Line}"))} | {Markup.Sentence(notice.Message)} |\n";

    private static string Running(Finding finding) =>
        $"| {Wording.Word(finding.Rule!.Severity)} | {Link(finding.Rule)} | {Markup.Code(Wording.NamedFor(finding))} | {Markup.Code(finding.Running!.Workload.ToString())} | {Markup.Sentence(Wording.Help(finding))} |\n";

    private static string Link(Rule rule) => $"[{rule.Name}]({Docs.Rule(rule.Name)})";

    private static string Where(IReadOnlyList<Finding> places, RepositoryPaths paths) =>
        string.Join("<br>", places.Take(MostPlaces).Select(p => Markup.Code(p.Running is { } running ? running.Workload.ToString() : string.Create(CultureInfo.InvariantCulture, $"{paths.Of(p.File)}:{p.Position.Line}"))))
        + (places.Count > MostPlaces ? string.Create(CultureInfo.InvariantCulture, $"<br>and {places.Count - MostPlaces} more") : "");

    private static void Errors(Report report, TextWriter text)
    {
        if (report.Errors.Count == 0)
        {
            return;
        }

        text.Write("\n#### Not done whole\n\n");
        foreach (var error in report.Errors.Take(MostRows))
        {
            text.Write($"- {(error.File is { } file ? Markup.Code(report.Repository.Of(file)) + ": " : "")}{Markup.Sentence(error.Message)}\n");
        }

        if (report.Errors.Count > MostRows)
        {
            text.Write(string.Create(CultureInfo.InvariantCulture, $"- and {report.Errors.Count - MostRows} more, on standard error\n"));
        }
    }
}
