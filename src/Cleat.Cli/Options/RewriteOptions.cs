using System.CommandLine;
using Cleat.Cli.Reports;
using Cleat.Cli.Verbs;
using Cleat.Findings;
using Cleat.Formats;

namespace Cleat.Cli.Options;

/// <summary>What <c>pin</c> and <c>unpin</c> share: show, check or write, and how the run ends.</summary>
internal sealed class RewriteOptions
{
    private readonly Option<bool> diff = new("--diff") { Description = "Print a patch for `git apply` or `patch -p1`; write nothing. Exit 1 when there is one." };
    private readonly Option<bool> check = new("--check") { Description = "Write nothing; exit 1 when something would change." };

    public RewriteOptions(Command command)
    {
        command.Options.Add(diff);
        command.Options.Add(check);
    }

    public RewriteMode Mode(ParseResult parsed, CommonValues options)
    {
        var mode = parsed.GetValue(diff) ? RewriteMode.Diff : parsed.GetValue(check) ? RewriteMode.Check : RewriteMode.Write;
        if (mode == RewriteMode.Diff && options.Format != "text")
        {
            throw new UsageException("--diff prints a patch: it does not go with --format");
        }

        return options is { Format: "text", Output: not null } && mode != RewriteMode.Diff && !options.Paths.Contains("-")
            ? throw new UsageException("--output takes a report, a patch, or what becomes of standard input: it goes with --format json or sarif, with --diff, or with '-'")
            : mode;
    }

    /// <summary>Holds what is printed until it can be written whole to the file that <c>--output</c> names; null where none is.</summary>
    public static MemoryStream? Kept(CommonValues options) => options is { Format: "text", Output: not null } ? new() : null;

    /// <summary>Says what was done, on stderr where stdout holds a patch or a rewritten file, and gives the exit code.</summary>
    public static int Finish(string verb, RewriteMode mode, Rewrite rewrite, Report report, CommonValues options, Terminal terminal, LockRun? locked = null)
    {
        var changes = mode != RewriteMode.Write && (rewrite.Changed > 0 || locked?.Differs == true);
        if (options.Format != "text")
        {
            var code = ReportWriter.Write(report, options, terminal, ReportKind.List);
            return code == ExitCode.Done && changes ? ExitCode.Findings : code;
        }

        if (options.Output is { } file && rewrite.Kept is { } kept && (kept.Length > 0 || mode == RewriteMode.Diff))
        {
            OutputPlace.Write("--output", file, kept.WriteTo);
        }

        ReportWriter.WriteErrors(report.Errors, terminal);
        if (!options.Quiet)
        {
            var would = mode == RewriteMode.Write ? "" : "would be ";
            terminal.Error.WriteLine(Said(verb, would, rewrite, report));
            if (locked?.Differs == true)
            {
                terminal.Error.WriteLine($"{locked.Path}: {Count(locked.Changed, "reference")} {would}written");
            }
        }

        return report.Errors.Count > 0 ? ExitCode.Incomplete
            : changes ? ExitCode.Findings
            : ExitCode.Done;
    }

    private static string Said(string verb, string would, Rewrite rewrite, Report report)
    {
        var done = rewrite.Changed > 0 ? $"{Count(rewrite.Changed, "reference")} {would}{Past(verb)} in {Count(rewrite.FilesChanged, "file")}" : $"nothing {would}{Past(verb)}";
        return report.Errors.Count > 0 ? $"{done}; not all could be read or done: {Count(report.Errors.Count, "error")}"
            : rewrite.Changed > 0 ? done
            : report.FilesRead == 0 ? "No files to read here."
            : $"nothing to {verb} in {Count(report.FilesRead, "file")}";
    }

    private static string Past(string verb) => verb.EndsWith('e') ? verb + "d" : verb + "ned";

    private static string Count(int n, string noun) => n == 1 ? $"1 {noun}" : $"{n} {noun}s";
}
