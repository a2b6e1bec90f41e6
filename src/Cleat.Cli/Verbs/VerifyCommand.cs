using System.CommandLine;
using Cleat.Cli.Options;
using Cleat.Cli.Reports;
using Cleat.Findings;

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
        Option<bool> noHash = new("--no-hash") { Description = "Do not fetch a manifest whose tag still means it: no pull quota is used for those." };
        command.Options.Add(noHash);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = common.Read(parsed, terminal);
            var locked = locking.Read(parsed);
            var signature = signatures.Read(parsed, sources);
            using var source = sources.Open(parsed, options.Config);
            Scan scan = new(options, terminal);
            var files = scan.Judge(keepSources: true, cancellation);
            PinFacts facts = new(source, locked, signature, hash: !parsed.GetValue(noHash));
            await facts.GatherAsync([.. files.SelectMany(f => f.Findings.Where(PinFacts.IsAskedFor).Select(found => PinFacts.Pin(f, found)))], terminal, options.Quiet, cancellation);
            ResolveProgress.Tell(source, options.Verbose, terminal);
            List<JudgedFile> verified = files.ConvertAll(f => Verified(f, facts, scan));
            return ReportWriter.Write(scan.Report(verified), options, terminal, ReportKind.Check);
        });
        return command;
    }

    private static JudgedFile Verified(JudgedFile judged, PinFacts facts, Scan scan)
    {
        List<Finding> findings = new(judged.Findings.Count);
        foreach (var finding in judged.Findings)
        {
            if (!PinFacts.IsAskedFor(finding))
            {
                findings.Add(finding);
                continue;
            }

            var fact = facts.Of(PinFacts.Pin(judged, finding));
            if (fact.Error is { } error)
            {
                scan.Fail(finding.File, finding.Position, "verify", $"{finding.Use.Text}: {error}");
            }

            findings.Add(fact.Rule is { } rule ? judged.Under(finding with { Use = finding.Use with { Problem = fact.Says } }, rule) : finding);
        }

        return judged with { Findings = findings, Notices = judged.NoticesNow() };
    }
}
