using System.Globalization;
using System.Text;
using Cleat.Cli.Options;
using Cleat.Cli.Reports;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Cli.Verbs;

/// <summary>Does with a plan what was asked for: writes it, prints it as a patch, or only counts it; and says what was done.</summary>
internal static class RewriteEnd
{
    /// <param name="lockFile">The lock that the plan was made with; null for none.</param>
    /// <param name="tell">Told what was done, before the last line is said.</param>
    /// <returns>The exit code.</returns>
    public static int Finish(string verb, RewriteMode mode, PinPlan plan, Input input, CommonValues options, string? lockFile, Terminal terminal, CancellationToken cancellation, Action<PinPlan>? tell = null)
    {
        foreach (var note in options.Quiet ? [] : plan.Notes)
        {
            terminal.Say($"note: {note}");
        }

        var done = mode == RewriteMode.Write ? plan.Write(cancellation) : plan;
        using var kept = options is { Format.IsForPeople: true, Output: not null } ? new MemoryStream() : null;
        if (options.Format.IsForPeople)
        {
            Print(mode, done, input, kept ?? terminal.Out);
        }

        tell?.Invoke(done);
        var changes = mode != RewriteMode.Write && (done.References > 0 || done.LockedReferences > 0);
        if (!options.Format.IsForPeople)
        {
            var code = ReportWriter.Write(done.Report, options, terminal, ReportKind.List);
            return code == ExitCode.Done && (changes || done.Left.Count > 0) ? ExitCode.Findings : code;
        }

        if (options.Output is { } file && kept is not null && (kept.Length > 0 || mode == RewriteMode.Diff))
        {
            OutputPlace.Write("--output", file, kept.WriteTo);
        }

        ReportWriter.WriteErrors(done.Report.Errors, terminal);
        Name(verb, done, mode, options, terminal);
        if (!options.Quiet)
        {
            Say(verb, mode == RewriteMode.Write ? "" : "would be ", done, lockFile, terminal);
        }

        return done.Report.Errors.Count > 0 ? ExitCode.Incomplete
            : changes || done.Left.Count > 0 ? ExitCode.Findings
            : ExitCode.Done;
    }

    // a patch says by itself what would change
    private static void Name(string verb, PinPlan done, RewriteMode mode, CommonValues options, Terminal terminal)
    {
        StringBuilder text = new();
        if (mode != RewriteMode.Diff && !options.Quiet && done.Updates.Count == 0)
        {
            foreach (var image in done.Changes.SelectMany(c => c.Findings).GroupBy(f => (Wording.NamedFor(f), f.Pin?.Digest)))
            {
                var to = image.Key.Digest is { } digest ? $" to {digest}" : "";
                text.Append(CultureInfo.InvariantCulture, $"{(mode == RewriteMode.Write ? Past(verb) : $"would {verb}")} {PrintableText.Of(image.Key.Item1)}{to} in {Wording.Count(image.Count(), "place")}\n");
            }
        }

        Tell(text.ToString(), mode, options, terminal);

        foreach (var left in done.Left)
        {
            var why = left.Use.Verdict == Verdict.Malformed ? $"{left.Use.Problem}: {Wording.Help(left)}" : left.Use.NoPin ?? "";
            terminal.Error.WriteLine($"{ConciseReport.Line(left, (left.Rule ?? Rule.MovedTag).Name)} cannot be {Past(verb)} here: {PrintableText.Of(why)}");
        }
    }

    // a patch, or standard input with its changes
    private static void Print(RewriteMode mode, PinPlan plan, Input input, Stream output)
    {
        foreach (var change in mode == RewriteMode.Diff ? plan.Changes : [])
        {
            change.WriteDiff(output);
        }

        if (mode == RewriteMode.Write && input.Stdin is { } text)
        {
            output.Write((plan.Changes.FirstOrDefault(c => c.FullPath is null)?.NewText ?? text).Span);
        }
    }

    /// <summary>Says what was done; on standard output where that is free.</summary>
    public static void Tell(string text, RewriteMode mode, CommonValues options, Terminal terminal)
    {
        if (mode == RewriteMode.Diff || options.ReadsStdin)
        {
            terminal.Error.Write(text);
        }
        else
        {
            using var output = terminal.Text();
            output.Write(text);
        }
    }

    private static string Past(string verb) => verb.EndsWith('e') ? verb + "d" : verb + "ned";

    private static void Say(string verb, string would, PinPlan plan, string? lockFile, Terminal terminal)
    {
        var report = plan.Report;
        var past = Past(verb);
        var ignored = Summary.Ignored(report) is > 0 and var count ? $" ({count.ToString(CultureInfo.InvariantCulture)} ignored)" : "";
        var said = plan.References > 0
            ? $"{Wording.Count(plan.References, "reference")} {would}{past} in {Wording.Count(plan.Changes.Count(c => c.Edits.Count > 0), "file")}"
            : $"nothing {would}{past}";
        terminal.Say(
            report.Errors.Count > 0 ? $"{said}; not all could be read or done: {Wording.Count(report.Errors.Count, "error")}"
            : plan.References > 0 ? said + ignored
            : report.FilesRead == 0 ? "No files to read here."
            : plan.Left.Count > 0 ? $"nothing can be {past} in {Wording.Count(report.FilesRead, "file")}{ignored}"
            : $"nothing to {verb} in {Wording.Count(report.FilesRead, "file")}{ignored}");
        if (plan.LockedReferences > 0)
        {
            terminal.Say($"{lockFile}: {Wording.Count(plan.LockedReferences, "reference")} {would}written");
        }
    }
}
