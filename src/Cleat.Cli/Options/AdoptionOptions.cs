using System.CommandLine;
using Cleat.Cli.Reports;

namespace Cleat.Cli.Options;

/// <summary>How a check begins in a tree that is full of findings: a baseline of those that are there, or only what a change adds.</summary>
internal sealed class AdoptionOptions
{
    private readonly Option<string> baseline = new("--baseline") { Description = "Findings to ignore, as --write-baseline wrote them.", HelpName = "FILE" };
    private readonly Option<string> writeBaseline = new("--write-baseline") { Description = "Write the findings to this file, to be given to --baseline from now on.", HelpName = "FILE" };
    private readonly SinceOption since;

    public AdoptionOptions(Command command)
    {
        command.Options.Add(baseline);
        command.Options.Add(writeBaseline);
        since = new(command);
    }

    /// <inheritdoc cref="SinceOption.Read"/>
    public string? Since(ParseResult parsed, CommonValues options) => since.Read(parsed, options, parsed.GetValue(writeBaseline) is null ? null : "--write-baseline");

    /// <summary>The baseline that was named, or null; one that is to be written must have a place.</summary>
    public Baseline? Read(ParseResult parsed)
    {
        OutputPlace.Checked("--write-baseline", parsed.GetValue(writeBaseline));
        return parsed.GetValue(baseline) is { } file ? Mistakes.Under("--baseline", () => Baseline.Read(file)) : null;
    }

    /// <summary>Ignores what the baseline holds, and writes a new one.</summary>
    public Report Apply(Report report, Baseline? known, ParseResult parsed, Terminal terminal)
    {
        if (parsed.GetValue(writeBaseline) is not { } target)
        {
            return known is null ? report : report.Without(known);
        }

        var all = Baseline.Of(report, target);
        OutputPlace.Write("--write-baseline", target, all.Write);
        terminal.Say($"{Wording.Count(all.Count, "finding")} written to {target}");
        return report.Without(all);
    }
}
