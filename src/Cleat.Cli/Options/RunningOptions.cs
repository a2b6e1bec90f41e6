using System.CommandLine;
using Cleat.Cli.Reports;
using Cleat.Uses;

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

    private readonly GateOptions? gate;

    /// <param name="formats">False where what is printed are lines for a shell.</param>
    public RunningOptions(Command command, bool formats = true)
    {
        gate = formats ? new(command) : null;
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
        parsed.GetValue(verbose),
        gate!.Read(parsed));

    /// <summary>A time limit that is given in seconds.</summary>
    public static TimeSpan Seconds(ParseResult parsed, Option<int> option) =>
        parsed.GetValue(option) is >= 1 and <= 3600 and var seconds ? TimeSpan.FromSeconds(seconds) : throw new UsageException($"{option.Name} {parsed.GetValue(option)} must be 1 to 3600");

    /// <param name="beside">Where a config is looked for, and in the folders above, when none is named.</param>
    public CleatConfig Config(ParseResult parsed, string beside = ".") => CommonOptions.Config(parsed.GetValue(config), beside);
}

/// <summary>How a report is to be written.</summary>
/// <param name="FailOn">The least severity that fails the run; null for none.</param>
internal sealed record OutputValues(ReportFormat Format, string? Output, bool Color, bool Quiet, bool Verbose, Severity? FailOn = Severity.Warning);
