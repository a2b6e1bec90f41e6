using System.CommandLine;
using Cleat.Cli.Options;
using Cleat.Uses;

namespace Cleat.Cli.Reports;

/// <summary>What a report may be about.</summary>
[Flags]
internal enum ReportSubjects
{
    Files = 1,

    /// <summary>What an engine or a cluster runs.</summary>
    Running = 2,
}

/// <summary>Where a report goes, and how.</summary>
/// <param name="Verbose">Also what is not to be told.</param>
/// <param name="Quiet">No summary.</param>
/// <param name="FailOn">The least severity that fails the run; null for none.</param>
internal sealed record ReportTarget(Stream Stream, ReportKind Kind, bool Color, bool Verbose, bool Quiet, Severity? FailOn);

/// <summary>A form that a report can take.</summary>
/// <param name="Name">As <c>--format</c> takes it.</param>
/// <param name="Subjects">The verbs that offer it are those that report on one of these.</param>
internal sealed record ReportFormat(string Name, ReportSubjects Subjects, Action<Report, ReportTarget> Write)
{
    /// <summary>True for the one that people read: a verb that changes files prints its patch or its summary in place of a report.</summary>
    public bool IsForPeople { get; init; }
}

/// <summary>THE table of report formats. The first is the default.</summary>
internal static class ReportFormats
{
    public static IReadOnlyList<ReportFormat> All { get; } =
    [
        new("text", ReportSubjects.Files | ReportSubjects.Running, Text) { IsForPeople = true },
        new("concise", ReportSubjects.Files | ReportSubjects.Running, Concise) { IsForPeople = true },
        new("json", ReportSubjects.Files | ReportSubjects.Running, (report, target) => JsonReport.Write(report, target.Stream, CleatCommand.Version)),
        new("sarif", ReportSubjects.Files | ReportSubjects.Running, (report, target) => SarifReport.Write(report, target.Stream, CleatCommand.Version)),
        new("github", ReportSubjects.Files | ReportSubjects.Running, (report, target) => GitHubReport.Write(report, target.Stream)),
        new("gitlab", ReportSubjects.Files, (report, target) => GitLabReport.Write(report, target.Stream)),
        new("junit", ReportSubjects.Files | ReportSubjects.Running, (report, target) => JUnitReport.Write(report, target.Stream, target.FailOn)),
        new("markdown", ReportSubjects.Files | ReportSubjects.Running, (report, target) => MarkdownReport.Write(report, target.Stream, target.Kind)),
        new("html", ReportSubjects.Files | ReportSubjects.Running, Html),
    ];

    /// <summary>The option <c>--format</c> with the formats for such reports.</summary>
    public static Option<string> Option(ReportSubjects subject) =>
        CommonOptions.OneOf("--format", "The form of the output.", [.. All.Where(f => f.Subjects.HasFlag(subject)).Select(f => f.Name)]);

    public static ReportFormat Read(ParseResult parsed, Option<string> option) => All.First(f => f.Name == parsed.GetValue(option));

    private static void Html(Report report, ReportTarget target)
    {
        if (report.IsRunning)
        {
            RunningHtml.Write(report, target.Stream, CleatCommand.Version);
        }
        else
        {
            HtmlReport.Write(report, target.Stream, CleatCommand.Version);
        }
    }

    private static void Concise(Report report, ReportTarget target)
    {
        using var text = Terminal.Text(target.Stream);
        ConciseReport.Write(report, text, target.Kind);
    }

    private static void Text(Report report, ReportTarget target)
    {
        using var text = Terminal.Text(target.Stream, target.Color);
        if (target.Kind == ReportKind.List)
        {
            ListText.Write(report, text, target.Verbose, target.Color);
        }
        else
        {
            TextReport.Write(report, text, target.Color, target.Verbose, target.Quiet);
        }
    }
}
