using System.CommandLine;
using Cleat.Cli.Options;
using Cleat.Rewriting;
using Cleat.Uses;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat unpin</c>: take the digests out again.</summary>
internal static class UnpinCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("unpin", "Take the digests out again. A tag comes back where it was kept, beside the digest or in its comment.");
        CommonOptions common = new(command);
        RewriteOptions rewriting = new(command);
        command.SetAction((parsed, cancellation) =>
        {
            var options = common.Read(parsed, terminal);
            var mode = rewriting.Mode(parsed, options);
            Scan scan = new(options, terminal);
            var files = scan.Judge(keepSources: true, cancellation);
            Rewrite rewrite = new(mode, scan, terminal, cancellation) { Kept = RewriteOptions.Kept(options) };
            foreach (var judged in files)
            {
                var file = judged.File;
                var changes = Plan(judged, scan);
                var done = changes.Count > 0 && rewrite.Run(file, changes);
                if (file.FullPath is null && options.Format == "text")
                {
                    rewrite.WriteFiltered(file, done ? changes : []);
                }
            }

            return Task.FromResult(RewriteOptions.Finish("unpin", mode, rewrite, scan.Report(files), options, terminal));
        });
        return command;
    }

    private static List<PlannedChange> Plan(JudgedFile judged, Scan scan)
    {
        var file = judged.File;
        List<PlannedChange> changes = [];
        foreach (var use in file.Found.Uses.Where(u => u.Verdict == Verdict.Pinned && !judged.Protects(u)))
        {
            if (Pinner.Unpin(file.Source, use, out var why) is { } change)
            {
                changes.Add(change);
            }
            else
            {
                scan.Fail(file.Path, file.Source.Position(use.Span.Start), "unpin", $"the digest of '{use.Text}' cannot be taken out: {why}");
            }
        }

        return changes;
    }
}
