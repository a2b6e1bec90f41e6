using Cleat.Cli.Options;
using Cleat.Cli.Reports;

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
            return code == ExitCode.Done && changes ? ExitCode.Findings : code;
        }

        if (options.Output is { } file && kept is not null && (kept.Length > 0 || mode == RewriteMode.Diff))
        {
            OutputPlace.Write("--output", file, kept.WriteTo);
        }

        ReportWriter.WriteErrors(done.Report.Errors, terminal);
        if (!options.Quiet)
        {
            Say(verb, mode == RewriteMode.Write ? "" : "would be ", done, lockFile, terminal);
        }

        return done.Report.Errors.Count > 0 ? ExitCode.Incomplete
            : changes ? ExitCode.Findings
            : ExitCode.Done;
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

    private static void Say(string verb, string would, PinPlan plan, string? lockFile, Terminal terminal)
    {
        var report = plan.Report;
        var past = verb.EndsWith('e') ? verb + "d" : verb + "ned";
        var said = plan.References > 0
            ? $"{Wording.Count(plan.References, "reference")} {would}{past} in {Wording.Count(plan.Changes.Count(c => c.Edits.Count > 0), "file")}"
            : $"nothing {would}{past}";
        terminal.Say(
            report.Errors.Count > 0 ? $"{said}; not all could be read or done: {Wording.Count(report.Errors.Count, "error")}"
            : plan.References > 0 ? said
            : report.FilesRead == 0 ? "No files to read here."
            : $"nothing to {verb} in {Wording.Count(report.FilesRead, "file")}");
        if (plan.LockedReferences > 0)
        {
            terminal.Say($"{lockFile}: {Wording.Count(plan.LockedReferences, "reference")} {would}written");
        }
    }
}
