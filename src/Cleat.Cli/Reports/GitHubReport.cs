using System.Globalization;
using System.Text;
using Cleat.Findings;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Cli.Reports;

/// <summary>
/// Workflow commands of GitHub Actions, one a line, which show as annotations on the lines of a pull request. They are written past
/// <see cref="PrintableWriter"/>, which would take their effect away; so all that is foreign in them is made safe here.
/// </summary>
internal static class GitHubReport
{
    public static void Write(Report report, Stream output)
    {
        using StreamWriter text = new(output, Terminal.Utf8, bufferSize: 64 * 1024, leaveOpen: true);
        var paths = report.Repository;
        foreach (var finding in report.Findings)
        {
            if (finding is { IsOpen: true, Rule: { } rule })
            {
                text.Write($"::{Word(rule.Severity)} ");
                text.Write(finding.Running is null ? $"{Place(paths.Of(finding.File), finding.Position, finding.Range)},title={Property(rule.Name)}" : $"title={Property($"{rule.Name}: {finding.Running.Workload}")}");
                text.Write($"::{Data(Message(finding))}\n");
            }
        }

        foreach (var notice in report.Notices)
        {
            text.Write($"::{Word(notice.Rule.Severity)} {Place(paths.Of(notice.File), notice.Position, notice.Range)},title={Property(notice.Rule.Name)}::{Data(notice.Message)}\n");
        }

        foreach (var error in report.Errors)
        {
            var place = error.File is not { } file ? "" : $"file={Property(paths.Of(file))},{(error.Position is { } at ? string.Create(CultureInfo.InvariantCulture, $"line={at.Line},col={at.Column},") : "")}";
            text.Write($"::error {place}title={Property($"not done whole ({error.Code})")}::{Data(error.Message)}\n");
        }
    }

    /// <summary>The text of a command: percent, carriage return and line feed are written as codes.</summary>
    public static string Data(string text) => Escaped(text, property: false);

    /// <summary>The value of a property of a command: there colon and comma are, too.</summary>
    public static string Property(string text) => Escaped(text, property: true);

    private static string Message(Finding finding)
    {
        var help = Wording.Help(finding);
        return help.Length == 0 ? Wording.Message(finding)! : $"{Wording.Message(finding)}\n{help}";
    }

    // columns count only where the line is the same at both ends
    private static string Place(string file, LinePosition position, LineRange range)
    {
        var columns = range.RunsOn || range.End <= range.Start ? "" : string.Create(CultureInfo.InvariantCulture, $",endLine={position.Line},col={range.Start + 1},endColumn={range.End + 1}");
        return string.Create(CultureInfo.InvariantCulture, $"file={Property(file)},line={position.Line}{columns}");
    }

    private static string Word(Severity severity) => severity == Severity.Note ? "notice" : Wording.Word(severity);

    // what else could drive a terminal or hide text from the reader of the log shows as a stand-in
    private static string Escaped(string text, bool property)
    {
        StringBuilder escaped = new(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            escaped.Append(rune.Value switch
            {
                '%' => "%25",
                '\r' => "%0D",
                '\n' => "%0A",
                ':' when property => "%3A",
                ',' when property => "%2C",
                _ => PrintableText.Of(rune),
            });
        }

        return escaped.ToString();
    }
}
