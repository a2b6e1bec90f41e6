using System.CommandLine;
using Cleat.Uses;

namespace Cleat.Cli.Options;

/// <summary>Which findings make the exit code 1.</summary>
internal sealed class GateOptions
{
    private readonly Option<string> failOn = CommonOptions.OneOf("--fail-on", "Exit 1 for findings of this severity or worse.", "warning", "note", "error");
    private readonly Option<bool> exitZero = new("--exit-zero") { Description = "Exit 0 whatever is found. What could not be read still makes it 3." };

    public GateOptions(Command command)
    {
        command.Options.Add(failOn);
        command.Options.Add(exitZero);
    }

    /// <summary>The least severity that fails the run; null for none.</summary>
    public Severity? Read(ParseResult parsed)
    {
        if (!parsed.GetValue(exitZero))
        {
            return parsed.GetValue(failOn) switch { "note" => Severity.Note, "error" => Severity.Error, _ => Severity.Warning };
        }

        return parsed.GetResult(failOn) is null or { Implicit: true } ? null : throw new UsageException("--exit-zero and --fail-on exclude each other");
    }
}
