using System.CommandLine;
using Cleat.Cli.Reports;
using Cleat.Findings;
using Cleat.Run;
using Cleat.Formats;
using Cleat.Running;

namespace Cleat.Cli.Options;

/// <summary>What the verbs understand that look at what runs.</summary>
internal sealed class RunningOptions
{
    private readonly Option<string> format = ReportFormats.Option(ReportSubjects.Running);
    private readonly Option<string> output = new("--output", "-o") { Description = "Write the output to this file.", HelpName = "FILE" };
    private readonly Option<string> config = new("--config") { Description = "The config. Default: .cleat.yaml in this folder or above it, up to the repository's root.", HelpName = "FILE" };
    private readonly Option<string> color = CommonOptions.OneOf("--color", "Colour in text.", "auto", "always", "never");
    private readonly Option<bool> quiet = new("--quiet", "-q") { Description = "Findings and errors only." };
    private readonly Option<bool> verbose = new("--verbose", "-v") { Description = "Show a table of everything that runs first, what is pinned too." };

    /// <param name="formats">False where what is printed are lines for a shell.</param>
    public RunningOptions(Command command, bool formats = true)
    {
        foreach (Option option in (Option[])[.. formats ? (Option[])[format, output, color, quiet, verbose] : [], config])
        {
            command.Options.Add(option);
        }
    }

    public OutputValues Output(ParseResult parsed, Terminal terminal) => new(
        ReportFormats.Read(parsed, format),
        OutputPlace.Checked("--output", parsed.GetValue(output)),
        CommonOptions.Color(parsed.GetValue(color), terminal),
        parsed.GetValue(quiet),
        parsed.GetValue(verbose));

    public CleatConfig Config(ParseResult parsed) => CommonOptions.Config(parsed.GetValue(config), ".");

    /// <summary>Judges what runs and puts it in order.</summary>
    public static Report Report(IReadOnlyCollection<RunningUse> uses, IReadOnlyList<JobError> errors, CleatConfig config)
    {
        Judging judging = new(config);
        return new()
        {
            Findings = [.. judging.Judge(uses).OrderBy(f => f.File, StringComparer.Ordinal)],
            Errors = errors,
            Notices = [.. judging.ConfigNotices],
            FilesRead = uses.Select(u => u.Workload with { Container = null }).Distinct().Count(),
            IsRunning = true,
        };
    }
}

/// <summary>How a report is to be written.</summary>
internal sealed record OutputValues(ReportFormat Format, string? Output, bool Color, bool Quiet, bool Verbose);
