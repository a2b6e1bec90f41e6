using System.CommandLine;
using Cleat.Cli.Help;
using Cleat.Cli.Options;
using Cleat.Cli.Reports;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat verify</c>: what <c>check</c> says, and what only registries know of the pins.</summary>
internal static class VerifyCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("verify", "Ask the registries about every pin: does its digest still exist, does its tag still mean it, for which platforms. Changes nothing.");
        CommonOptions common = new(command);
        SourceOptions sources = new(command);
        LockOptions locking = new(command, "A lock, for what it knows of tags.");
        SignatureOptions signatures = new(command);
        GateOptions gate = new(command);
        Option<bool> noHash = new("--no-hash") { Description = "Do not fetch a manifest whose tag still means it: no pull quota is used for those." };
        command.Options.Add(noHash);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = common.Read(parsed, terminal);
            var failOn = gate.Read(parsed);
            VerifyOptions verifying = new() { ReadAll = !parsed.GetValue(noHash), Lock = locking.Read(parsed), Signature = signatures.Read(parsed) };
            using var registry = sources.Open(parsed, options.Config);
            var report = new Input(options, terminal).Judge(cancellation);
            var verified = await ResolveProgress.WatchAsync(registry, options, terminal, progress => report.VerifyAsync(registry, verifying with { Progress = progress }, cancellation));
            return ReportWriter.Write(verified, options, terminal, ReportKind.Check, failOn);
        });
        return command.WithExamples(terminal, """
            Examples:
              cleat verify                         do the pinned digests exist, do their tags still mean them?
              cleat verify --format sarif -o cleat.sarif
              cleat verify --require-signature --cosign-key release.pub

            Exit codes: as cleat check.
            """);
    }
}
