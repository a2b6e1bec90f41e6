using Cleat.Cli.Options;
using Cleat.Findings;
using Cleat.Uses;

namespace Cleat.Cli.Reports;

internal enum ReportKind
{
    /// <summary>Findings count: exit 1 when there are any that fail the run.</summary>
    Check,

    /// <summary>An inventory: findings do not change the exit code.</summary>
    List,
}

/// <summary>Writes a report in the form that was asked for and gives the exit code.</summary>
internal static class ReportWriter
{
    public static int Write(Report report, CommonValues options, Terminal terminal, ReportKind kind, Severity? failOn = Severity.Warning) =>
        Write(report, new OutputValues(options.Format, options.Output, options.Color, options.Quiet, options.Verbose, failOn), terminal, kind);

    public static int Write(Report report, OutputValues options, Terminal terminal, ReportKind kind)
    {
        if (options.Output is { } file)
        {
            OutputPlace.Write("--output", file, stream => options.Format.Write(report, new(stream, kind, Color: false, options.Verbose, options.Quiet, options.FailOn)));
        }
        else
        {
            options.Format.Write(report, new(terminal.Out, kind, options.Color, options.Verbose, options.Quiet, options.FailOn));
        }

        if (kind == ReportKind.List && options is { Format.IsForPeople: true, Quiet: false } && Summary.References(report) == 0)
        {
            // an empty list alone would not say whether anything was looked at
            terminal.Say(Summary.Line(report));
        }

        if (options.Format.IsForPeople || !options.Quiet)
        {
            WriteErrors(report.Errors, terminal);
        }

        return report.Errors.Count > 0 ? ExitCode.Incomplete
            : kind == ReportKind.Check && options.FailOn is { } least && report.FailsOn(least) ? ExitCode.Findings
            : ExitCode.Done;
    }

    private static JobError Together(IReadOnlyList<JobError> errors)
    {
        if (errors.Count == 1)
        {
            return errors[0];
        }

        List<string> images = [.. errors.Select(e => e.Image).OfType<string>().Distinct()];
        return images is [var one]
            ? errors[0] with { Message = $"{one}: {errors[0].Cause} ({Wording.Count(errors.Count, "place")})" }
            : errors[0] with { Message = $"{errors[0].Cause} ({Wording.Count(images.Count, "image")}: {string.Join(", ", images)})" };
    }

    public static void WriteErrors(IReadOnlyList<JobError> errors, Terminal terminal)
    {
        // one cause may keep a thousand images from being learnt: it is told once, with all of them
        foreach (var group in errors.GroupBy(e => (e.Code, e.Cause ?? e.Message, e.Cause is null ? e : null)))
        {
            terminal.Say(TextReport.ErrorLine(Together([.. group])));
        }
    }
}
