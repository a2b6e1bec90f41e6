using System.CommandLine;
using Cleat.Cli.Reports;
using Cleat.Cli.Verbs;

namespace Cleat.Cli.Options;

/// <summary>What every verb that reads files understands.</summary>
internal sealed class CommonOptions
{
    private readonly Argument<string[]> paths = new("PATH") { Description = "Files and folders; '-' is standard input. Default: this folder.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> format = ReportFormats.Option(ReportSubjects.Files);
    private readonly Option<string> output = new("--output", "-o") { Description = "Write the output to this file.", HelpName = "FILE" };
    private readonly Option<string> stdinName = new("--stdin-name") { Description = "What standard input is called, such as Dockerfile: decides how it is read. Default: stdin.yaml.", HelpName = "NAME" };
    private readonly Option<string> config = new("--config") { Description = "The config. Default: .cleat.yaml beside the first PATH or above it, up to the repository's root.", HelpName = "FILE" };
    private readonly Option<string[]> enable = new("--enable") { Description = "Read a format that is off by default: shell, make, markdown (see cleat formats).", HelpName = "NAME,…" };
    private readonly Option<bool> noIgnore = new("--no-ignore") { Description = "Do not honour .gitignore." };
    private readonly Option<string[]> include = new("--include") { Description = "Only files that match.", HelpName = "GLOB" };
    private readonly Option<string[]> exclude = new("--exclude") { Description = "Not files that match.", HelpName = "GLOB" };
    private readonly Option<int> jobs = new("--jobs") { Description = "How many files are read at a time. Default: one for each processor.", HelpName = "N" };
    private readonly Option<string> color = OneOf("--color", "Colour in text.", "auto", "always", "never");
    private readonly Option<bool> quiet = new("--quiet", "-q") { Description = "Findings and errors only." };
    private readonly Option<bool> verbose = new("--verbose", "-v") { Description = "Say more." };

    public CommonOptions(Command command)
    {
        command.Arguments.Add(paths);
        foreach (Option option in (Option[])[format, output, stdinName, config, enable, noIgnore, include, exclude, jobs, color, quiet, verbose])
        {
            command.Options.Add(option);
        }
    }

    public static Option<string> OneOf(string name, string description, params string[] values)
    {
        Option<string> option = new(name) { Description = $"{description} One of: {string.Join(", ", values)}.", DefaultValueFactory = _ => values[0], HelpName = string.Join('|', values) };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var said] && !values.Contains(said.Value))
            {
                result.AddError($"{name} '{said.Value}' must be one of {string.Join(", ", values)}");
            }
        });
        return option;
    }

    public CommonValues Read(ParseResult parsed, Terminal terminal)
    {
        var given = parsed.GetValue(paths) ?? [];
        string[] all = given.Length == 0 ? ["."] : given;
        var settings = Config(parsed.GetValue(config), all[0]);
        return new CommonValues
        {
            Paths = all,
            Tree = new()
            {
                Config = settings,
                EnabledFormats = [.. (parsed.GetValue(enable) ?? []).SelectMany(e => e.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
                UseIgnoreFiles = !parsed.GetValue(noIgnore),
                Include = parsed.GetValue(include) ?? [],
                Exclude = parsed.GetValue(exclude) ?? [],
                Jobs = parsed.GetResult(jobs) is null ? Environment.ProcessorCount : Jobs(parsed.GetValue(jobs)),
            },
            Format = ReportFormats.Read(parsed, format),
            Output = OutputPlace.Checked("--output", parsed.GetValue(output)),
            StdinName = parsed.GetValue(stdinName) ?? StdinHint.UsualName,
            Color = Color(parsed.GetValue(color), terminal),
            Quiet = parsed.GetValue(quiet),
            Verbose = parsed.GetValue(verbose),
        };
    }

    /// <summary>The config that was named, or that lies beside or above a path.</summary>
    public static CleatConfig Config(string? given, string first) => given is null ? CleatConfig.Find(first == "-" ? "." : first) : CleatConfig.Read(given);

    private static int Jobs(int given) => given > 0 ? given : throw new UsageException("--jobs must be 1 or more");

    // https://no-color.org, https://force-color.org, https://bixense.com/clicolors
    public static bool Color(string? given, Terminal terminal) => given switch
    {
        "always" => true,
        "never" => false,
        _ => Environment.GetEnvironmentVariable("NO_COLOR") is null or ""
            && (terminal.OutIsTerminal || IsSet("FORCE_COLOR") || IsSet("CLICOLOR_FORCE")),
    };

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is not (null or "" or "0");
}

/// <summary>What was asked for.</summary>
internal sealed record CommonValues
{
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>What is looked at below the paths, and by which rules.</summary>
    public required TreeOptions Tree { get; init; }

    public CleatConfig Config => Tree.Config;

    /// <summary>True when standard input is one of the paths.</summary>
    public bool ReadsStdin => Paths.Contains("-");

    public required ReportFormat Format { get; init; }

    public required string? Output { get; init; }

    public required string StdinName { get; init; }

    public required bool Color { get; init; }

    public required bool Quiet { get; init; }

    public required bool Verbose { get; init; }
}
