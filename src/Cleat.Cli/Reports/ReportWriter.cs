using Cleat.Cli.Options;
using Cleat.Findings;
using Cleat.Formats;

namespace Cleat.Cli.Reports;

internal enum ReportKind
{
    /// <summary>Findings count: exit 1 when there are any worse than a note.</summary>
    Check,

    /// <summary>An inventory: findings do not change the exit code.</summary>
    List,
}

/// <summary>Writes a report in the form that was asked for and gives the exit code.</summary>
internal static class ReportWriter
{
    public static int Write(Report report, CommonValues options, Terminal terminal, ReportKind kind) =>
        Write(report, new OutputValues(options.Format, options.Output, options.Color, options.Quiet, options.Verbose), terminal, kind);

    public static int Write(Report report, OutputValues options, Terminal terminal, ReportKind kind)
    {
        if (options.Output is { } file)
        {
            OutputPlace.Write("--output", file, stream => Write(report, options with { Color = false }, terminal with { Out = stream }, kind, stream));
        }
        else
        {
            Write(report, options, terminal, kind, terminal.Out);
        }

        if (kind == ReportKind.List && options is { Format: "text", Quiet: false } && Summary.References(report) == 0)
        {
            // an empty list alone would not say whether anything was looked at
            terminal.Error.WriteLine(Summary.Line(report));
        }

        if (options.Format == "text" || !options.Quiet)
        {
            WriteErrors(report.Errors, terminal);
        }

        return report.Errors.Count > 0 ? ExitCode.Incomplete
            : kind == ReportKind.Check && report.Fails ? ExitCode.Findings
            : ExitCode.Done;
    }

    public static void WriteErrors(IReadOnlyList<JobError> errors, Terminal terminal)
    {
        foreach (var error in errors)
        {
            terminal.Error.WriteLine(TextReport.ErrorLine(error));
        }
    }

    private static void Write(Report report, OutputValues options, Terminal terminal, ReportKind kind, Stream stream)
    {
        switch (options.Format)
        {
            case "json":
                JsonReport.Write(report, stream, CleatCommand.Version);
                break;
            case "sarif":
                SarifReport.Write(report, stream, CleatCommand.Version);
                break;
            case "html":
                RunningHtml.Write(report, stream, CleatCommand.Version);
                break;
            default:
                using (var text = (terminal with { Out = stream }).Text())
                {
                    if (kind == ReportKind.List)
                    {
                        ListText.Write(report, text, options.Verbose, options.Color);
                    }
                    else
                    {
                        TextReport.Write(report, text, options.Color, options.Verbose, options.Quiet);
                    }
                }

                break;
        }
    }
}
