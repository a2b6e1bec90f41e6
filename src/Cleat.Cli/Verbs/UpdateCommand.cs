using System.CommandLine;
using Cleat.Cli.Options;
using Cleat.Cli.Reports;
using Cleat.Findings;
using Cleat.Rewriting;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat update</c>: resolve again, and move the pins whose tag moved.</summary>
internal static class UpdateCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("update", "Resolve the tags of pins again and move those whose tag moved.");
        CommonOptions common = new(command);
        RewriteOptions rewriting = new(command);
        SourceOptions sources = new(command);
        LockOptions locking = new(command, "A lock to renew with what the tags mean now.");
        SignatureOptions signatures = new(command);
        UpdateOptions updating = new(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = common.Read(parsed, terminal);
            var mode = rewriting.Mode(parsed, options);
            var wishes = updating.Read(parsed, options.Config, sources.Platform(parsed, options.Config));
            var required = signatures.Read(parsed, sources);
            var (source, locked) = locking.Open(parsed, sources, options.Config, locking.Read(parsed), renew: true);
            using var open = source;
            Scan scan = new(options, terminal);
            var files = scan.Judge(keepSources: true, cancellation);
            var pins = Pins(files, wishes, options.Quiet ? null : terminal);
            var tags = await ResolveProgress.RunAsync(source, [.. pins.Values.Select(p => (p.Tagged!, p.Platform))], terminal, options.Quiet, cancellation);
            UpdatePlan plan = new(source, wishes, required, TimeProvider.System);
            await plan.MakeAsync(pins.Values, tags, cancellation);
            ResolveProgress.Tell(source, options.Verbose, terminal);

            Rewrite rewrite = new(mode, scan, terminal, cancellation) { Kept = RewriteOptions.Kept(options) };
            LockRun? lockRun = locked is null ? null : new(locked.GrownWithout(plan.Held), scan, mode);
            lockRun?.Compare(files, finding => pins.TryGetValue(finding, out var pin) && plan.Of(pin) is Move.To);
            UpdateRun run = new(scan, rewrite, plan, pins, options, terminal);
            if (lockRun?.Write() == false)
            {
                return RewriteOptions.Finish("update", mode, rewrite, scan.Report(files), options, terminal);
            }

            var updated = files.ConvertAll(run.Update);
            UpdateSummary summary = new(run.Done, TimeProvider.System.GetUtcNow());
            summary.Tell(options, mode, terminal);
            if (wishes.Summary is { } file)
            {
                summary.WriteMarkdown(file);
            }

            return RewriteOptions.Finish("update", mode, rewrite, scan.Report(updated), options, terminal, lockRun);
        });
        return command;
    }

    // what is ignored is left alone; what has no tag anywhere is named and left
    private static Dictionary<Finding, AskedPin> Pins(IReadOnlyList<JudgedFile> files, UpdateLimits wishes, Terminal? notes)
    {
        Dictionary<Finding, AskedPin> pins = new(ReferenceEqualityComparer.Instance as IEqualityComparer<Finding>);
        foreach (var judged in files)
        {
            foreach (var finding in judged.Findings.Where(f => f.Use.Verdict == Verdict.Pinned && !judged.Protects(f.Use) && wishes.Wants(f.Use)))
            {
                if (PinMove.Tagged(judged.File.Source, finding.Use) is { } tagged)
                {
                    pins[finding] = new(finding.Use.Reference!, tagged, finding.Use.Platform);
                }
                else if (notes is not null)
                {
                    var why = finding.Use.Reference is null ? "its name is not known here in full" : "no tag says what to move it to";
                    notes.Error.WriteLine($"note: {TextReport.Location(finding)}: '{PrintableText.Of(finding.Use.Text)}' is left as it is: {why}");
                }
            }
        }

        return pins;
    }
}
