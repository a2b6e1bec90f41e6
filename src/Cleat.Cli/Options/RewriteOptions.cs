using System.CommandLine;

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
        if (mode == RewriteMode.Diff && !options.Format.IsForPeople)
        {
            throw new UsageException("--diff prints a patch: it does not go with --format");
        }

        return options is { Format.IsForPeople: true, Output: not null, ReadsStdin: false } && mode != RewriteMode.Diff
            ? throw new UsageException("--output takes a report, a patch, or what becomes of standard input: it goes with a --format for programs (json, sarif, …), with --diff, or with '-'")
            : mode;
    }
}

/// <summary>What a verb that changes files does with the changes.</summary>
internal enum RewriteMode
{
    Write,
    Diff,
    Check,
}
