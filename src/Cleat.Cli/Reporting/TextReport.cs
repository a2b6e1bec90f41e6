using System.Globalization;
using Cleat.Findings;

namespace Cleat.Cli.Reporting;

/// <summary>
/// What <c>cleat check</c> prints for people, in the manner of rustc and ruff: where and which rule, the line with the
/// reference underlined, what to do next; one line of summary at the end.
/// </summary>
internal static class TextReport
{
    public static void Write(Report report, TextWriter output, bool color = false)
    {
        Paint paint = new(color);
        foreach (var finding in report.Findings)
        {
            if (finding.Rule is { } rule)
            {
                Write(finding, rule, output, paint);
            }
        }

        if (Summary.Templates(report) is { } templates)
        {
            output.Write($"{templates}\n");
        }

        output.Write($"{Summary.Line(report)}\n");
    }

    /// <summary>One line for standard error: <c>path:line:column: error[parse]: message</c>.</summary>
    public static string ErrorLine(JobError error, bool color = false)
    {
        var place = (error.File, error.Position) switch
        {
            (null, _) => "",
            ({ } file, null) => $"{Printable.Of(file)}: ",
            ({ } file, { } at) => string.Create(CultureInfo.InvariantCulture, $"{Printable.Of(file)}:{at.Line}:{at.Column}: "),
        };
        return $"{place}{new Paint(color).Severity(Severity.Error, $"error[{error.Code}]")}: {Printable.Of(error.Message)}";
    }

    /// <summary>Where a finding stands, as editors and terminals take it.</summary>
    public static string Location(Finding finding) =>
        string.Create(CultureInfo.InvariantCulture, $"{Printable.Of(finding.File)}:{finding.Position.Line}:{finding.Position.Column}");

    private static void Write(Finding finding, Rule rule, TextWriter output, Paint paint)
    {
        var number = finding.Position.Line.ToString(CultureInfo.InvariantCulture);
        var margin = new string(' ', number.Length);
        var bar = paint.Margin("|");
        var (before, marked, after) = Excerpt.Of(finding);
        var indent = new string(' ', Printable.Width(before));
        var carets = new string('^', Math.Max(1, Printable.Width(marked)));
        var label = Wording.Label(finding) is { } text ? $" {Printable.Of(text)}" : "";

        output.Write($"{paint.Strong(Location(finding))}  {paint.Severity(rule.Severity, Wording.Word(rule.Severity))}  {rule.Name}\n");
        output.Write($"{margin} {bar}\n");
        output.Write($"{paint.Margin(number)} {bar} {$"{before}{marked}{after}".TrimEnd()}\n");
        output.Write($"{margin} {bar} {indent}{paint.Severity(rule.Severity, carets + label)}\n");
        output.Write($"{margin} {paint.Margin("=")} {paint.Strong("help")}: {Printable.Of(Wording.Help(finding))}\n\n");
    }
}
