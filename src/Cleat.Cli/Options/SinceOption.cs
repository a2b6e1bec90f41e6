using System.CommandLine;

namespace Cleat.Cli.Options;

/// <summary>Only what a change adds.</summary>
internal sealed class SinceOption
{
    private readonly Option<string> since = new("--since") { Description = "Only lines that were added since this git revision.", HelpName = "REV" };

    public SinceOption(Command command) => command.Options.Add(since);

    /// <summary>The revision of which only what was added since is looked at; null for everything.</summary>
    /// <param name="whole">An option that was given and needs all to be looked at; null for none.</param>
    public string? Read(ParseResult parsed, CommonValues options, string? whole = null) => parsed.GetValue(since) is null || (!options.ReadsStdin && whole is null) ? parsed.GetValue(since)
        : throw new UsageException($"--since looks at a part only: it does not go with {(options.ReadsStdin ? "standard input" : whole)}");
}
