using System.Globalization;
using Cleat.Findings;
using Cleat.Text;
using Cleat.Uses;
using static Cleat.Cli.Reports.Markup;

namespace Cleat.Cli.Reports;

/// <summary>
/// JUnit's XML, as Jenkins, GitLab, Azure and CircleCI read it: a suite for each file, a case for each reference. What fails the run is a failure, what is only to be
/// known passes with its message, what somebody chose to live with is skipped, and what could not be done is an error.
/// </summary>
internal static class JUnitReport
{
    /// <param name="failOn">The least severity that is a failure; null for none.</param>
    public static void Write(Report report, Stream output, Severity? failOn)
    {
        using var text = Terminal.Text(output);
        var paths = report.Repository;
        var suites = Suites(report, paths, failOn);
        text.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        text.Write($"<testsuites name=\"cleat\" {Counts([.. suites.SelectMany(s => s.Cases)], skipped: false)}>\n");
        foreach (var suite in suites)
        {
            text.Write($"  <testsuite name=\"{Safe(suite.Name)}\" {Counts(suite.Cases, skipped: true)} time=\"0\">\n");
            foreach (var one in suite.Cases)
            {
                Write(one, suite.Name, text);
            }

            text.Write("  </testsuite>\n");
        }

        text.Write("</testsuites>\n");
    }

    private enum Outcome
    {
        Passed,
        Noted,
        Skipped,
        Failed,
        Broken,
    }

    private sealed record Suite(string Name, List<Case> Cases);

    /// <param name="Line">Null where it stands in no file.</param>
    /// <param name="Kind">The rule, or what went wrong.</param>
    private sealed record Case(string Name, int? Line, Outcome Outcome, string Kind, string Message, string Text);

    private static List<Suite> Suites(Report report, RepositoryPaths paths, Severity? failOn)
    {
        Dictionary<string, Suite> suites = [];
        foreach (var finding in report.Findings.Where(f => f.Use.Verdict != Verdict.NotAnImage))
        {
            In(finding.Running is { } running ? running.Workload.ToString() : paths.Of(finding.File)).Add(Of(finding, failOn));
        }

        foreach (var notice in report.Notices)
        {
            In(paths.Of(notice.File)).Add(new($"{notice.Rule.Name} ({At(notice.Position)})", notice.Position.Line, Fails(notice.Rule, failOn), notice.Rule.Name, notice.Message, notice.Message));
        }

        foreach (var error in report.Errors)
        {
            In(error.File is { } file ? paths.Of(file) : "cleat").Add(new(error.Position is { } at ? $"{error.Code} ({At(at)})" : error.Code, error.Position?.Line, Outcome.Broken, error.Code, error.Message, error.Message));
        }

        return [.. suites.Values];

        List<Case> In(string name)
        {
            if (!suites.TryGetValue(name, out var suite))
            {
                suites[name] = suite = new(name, []);
            }

            return suite.Cases;
        }
    }

    private static Case Of(Finding finding, Severity? failOn)
    {
        var name = finding.Running is null ? $"{Wording.NamedFor(finding)} ({At(finding.Position)})" : Wording.NamedFor(finding);
        int? line = finding.Running is null ? finding.Position.Line : null;
        return finding.Rule is not { } rule ? new(name, line, Outcome.Passed, "", "", "")
            : finding.Ignored is { } ignored ? new(name, line, Outcome.Skipped, rule.Name, $"{rule.Name} ignored by {Wording.Word(ignored.By)}{(ignored.Reason is { } reason ? $": {reason}" : "")}", "")
            : new(name, line, Fails(rule, failOn), rule.Name, Wording.Message(finding)!, $"{finding.LineText.Trim()}\nhelp: {Wording.Help(finding)}");
    }

    private static Outcome Fails(Rule rule, Severity? failOn) => failOn is { } least && rule.Severity <= least ? Outcome.Failed : Outcome.Noted;

    private static string At(LinePosition position) => string.Create(CultureInfo.InvariantCulture, $"line {position.Line}, column {position.Column}");

    private static string Counts(IReadOnlyList<Case> cases, bool skipped)
    {
        int Count(Outcome outcome) => cases.Count(c => c.Outcome == outcome);
        return string.Create(CultureInfo.InvariantCulture, $"tests=\"{cases.Count}\" failures=\"{Count(Outcome.Failed)}\" errors=\"{Count(Outcome.Broken)}\"{(skipped ? string.Create(CultureInfo.InvariantCulture, $" skipped=\"{Count(Outcome.Skipped)}\"") : "")}");
    }

    private static void Write(Case one, string suite, TextWriter text)
    {
        var line = one.Line is { } at ? string.Create(CultureInfo.InvariantCulture, $" file=\"{Safe(suite)}\" line=\"{at}\"") : "";
        text.Write($"    <testcase name=\"{Safe(one.Name)}\" classname=\"{Safe(suite)}\"{line} time=\"0\"");
        text.Write(one.Outcome switch
        {
            Outcome.Passed => "/>\n",
            Outcome.Noted => $">\n      <system-out>{Safe($"note: {one.Kind}: {one.Message}")}\n{Lines(one.Text)}</system-out>\n    </testcase>\n",
            Outcome.Skipped => $">\n      <skipped message=\"{Safe(one.Message)}\"/>\n    </testcase>\n",
            Outcome.Failed => $">\n      <failure type=\"{Safe(one.Kind)}\" message=\"{Safe(one.Message)}\">{Lines(one.Text)}</failure>\n    </testcase>\n",
            _ => $">\n      <error type=\"{Safe(one.Kind)}\" message=\"{Safe(one.Message)}\">{Lines(one.Text)}</error>\n    </testcase>\n",
        });
    }

    private static string Lines(string text) => string.Join('\n', text.Split('\n').Select(Safe));
}
