using System.Globalization;
using Cleat.Findings;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Cli.Reports;

/// <summary>One line a finding, as compilers and editors take it: <c>path:line:column: unpinned-image: nginx:1.27</c>. Of an inventory one line a reference.</summary>
internal static class ConciseReport
{
    public static void Write(Report report, TextWriter output, ReportKind kind)
    {
        string? last = null;
        foreach (var finding in report.Findings)
        {
            if (kind == ReportKind.List ? finding.Use.Verdict == Verdict.NotAnImage : !finding.IsOpen)
            {
                continue;
            }

            var line = Line(finding, kind == ReportKind.List ? Wording.Word(finding.Use.Verdict) : finding.Rule!.Name);
            if (line != last)
            {
                output.Write(line + "\n");
            }

            last = line;
        }

        foreach (var notice in kind == ReportKind.Check ? report.Notices : [])
        {
            output.Write($"{TextReport.Location(notice.File, notice.Position)}: {notice.Rule.Name}: {PrintableText.Of(notice.Message)}\n");
        }
    }

    /// <summary>Where it stands, a word for it, and the image.</summary>
    public static string Line(Finding finding, string word)
    {
        var place = finding.Running is { } running ? PrintableText.Of(running.Workload.ToString()) : TextReport.Location(finding);
        return string.Create(CultureInfo.InvariantCulture, $"{place}: {word}: {PrintableText.Of(finding.Use.Image)}");
    }
}
