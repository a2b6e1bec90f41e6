using System.Globalization;
using Cleat.Findings;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Cli.Reports;

/// <summary>
/// What <c>cleat check</c> prints for people, in the manner of rustc and ruff: where and which rule, the line with the
/// reference underlined, what to do next; one line of summary at the end.
/// </summary>
internal static class TextReport
{
    /// <param name="verbose">Of what runs also a table of all of it, before the findings.</param>
    /// <param name="quiet">No summary.</param>
    public static void Write(Report report, TextWriter output, bool color = false, bool verbose = false, bool quiet = false)
    {
        Paint paint = new(color);
        if (verbose && report.IsRunning)
        {
            RunningText.Table(report, output, paint);
        }

        foreach (var finding in report.Findings)
        {
            if (finding is { IsOpen: true, Running: { } running })
            {
                RunningText.Write(finding, running, output, paint);
            }
        }

        foreach (var group in FindingGroup.Of(report))
        {
            Write(group, output, paint);
        }

        foreach (var notice in report.Notices)
        {
            Write(notice, output, paint);
        }

        if (!quiet)
        {
            output.Write($"{Summary.Line(report)}\n");
        }
    }

    /// <summary>One line for standard error: <c>path:line:column: error[parse]: message</c>.</summary>
    public static string ErrorLine(JobError error, bool color = false)
    {
        var place = (error.File, error.Position) switch
        {
            (null, _) => "",
            ({ } file, null) => $"{PrintableText.Of(file)}: ",
            ({ } file, { } at) => string.Create(CultureInfo.InvariantCulture, $"{PrintableText.Of(file)}:{at.Line}:{at.Column}: "),
        };
        return $"{place}{new Paint(color).Severity(Severity.Error, $"error[{error.Code}]")}: {PrintableText.Of(error.Message)}";
    }

    /// <summary>Where a finding stands, as editors and terminals take it.</summary>
    public static string Location(Finding finding) => Location(finding.File, finding.Position);

    public static string Location(string file, LinePosition at) => string.Create(CultureInfo.InvariantCulture, $"{PrintableText.Of(file)}:{at.Line}:{at.Column}");

    private static void Write(FindingGroup group, TextWriter output, Paint paint)
    {
        var first = group.Places[0];
        Write(Location(first), group.Rule, group.Headline, first.Position.Line, first.LineText, first.Range, group.Label, output, paint);
        foreach (var place in group.Places.Skip(1))
        {
            Write(output, Margin(first.Position.Line), " ", paint.Margin("="), " also ", paint.Strong(Location(place)), "\n");
        }

        Help(first.Position.Line, group.Help, output, paint);
    }

    private static void Write(Notice notice, TextWriter output, Paint paint)
    {
        Write(Location(notice.File, notice.Position), notice.Rule, null, notice.Position.Line, notice.LineText, notice.Range, null, output, paint);
        Help(notice.Position.Line, notice.Message, output, paint);
    }

    private static string Margin(int line) => new(' ', line.ToString(CultureInfo.InvariantCulture).Length);

    private static void Write(string location, Rule rule, string? image, int at, string line, LineRange range, string? says, TextWriter output, Paint paint)
    {
        var number = at.ToString(CultureInfo.InvariantCulture);
        var margin = Margin(at);
        var bar = paint.Margin("|");
        var (before, marked, after) = Excerpt.Of(line, range);
        var indent = new string(' ', PrintableText.Width(before));
        var carets = new string('^', Math.Max(1, PrintableText.Width(marked)));
        var label = says is { } text ? $"{carets} {PrintableText.Of(text)}" : carets;

        Write(output, paint.Strong(location), "  ", paint.Severity(rule.Severity, Wording.Word(rule.Severity)), "  ", rule.Name, image is null ? "" : "  " + PrintableText.Of(image), "\n");
        Write(output, margin, " ", bar, "\n");
        var (shownMarked, shownAfter) = after.AsSpan().TrimEnd() is { IsEmpty: false } ? (marked, after.TrimEnd()) : (marked.TrimEnd(), "");
        Write(output, paint.Margin(number), " ", bar, " ", shownMarked.Length > 0 ? before : before.TrimEnd(), shownMarked, shownAfter, "\n");
        Write(output, margin, " ", bar, " ", indent, paint.Severity(rule.Severity, label), "\n");
    }

    private static void Help(int line, string message, TextWriter output, Paint paint) =>
        Write(output, Margin(line), " ", paint.Margin("="), " ", paint.Strong("help"), ": ", PrintableText.Of(message), "\n\n");

    // piece by piece: a report may have thousands of findings
    private static void Write(TextWriter output, params ReadOnlySpan<string> pieces)
    {
        foreach (var piece in pieces)
        {
            output.Write(piece);
        }
    }
}
