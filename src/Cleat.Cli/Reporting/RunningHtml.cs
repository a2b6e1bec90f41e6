using System.Globalization;
using System.Net;
using Cleat.Findings;

namespace Cleat.Cli.Reporting;

/// <summary>A page of its own that shows workloads, nodes and digests, so that a race is seen at a glance.</summary>
internal static class RunningHtml
{
    public static void Write(Report report, Stream output)
    {
        using StreamWriter text = new(output, Terminal.Utf8, leaveOpen: true) { NewLine = "\n" };
        text.Write("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>What runs</title><table>");
        foreach (var finding in report.Findings)
        {
            text.Write(string.Create(CultureInfo.InvariantCulture, $"<tr><td>{WebUtility.HtmlEncode(finding.File)}<td>{WebUtility.HtmlEncode(finding.Use.Text)}"));
        }

        text.Write("</table>\n");
    }
}
