using System.CommandLine;
using Cleat.Cli.Help;
using Cleat.Cli.Options;

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
        MoveOptions moving = new(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = common.Read(parsed, terminal);
            var mode = rewriting.Mode(parsed, options);
            var markdown = moving.Summary(parsed);
            var updating = moving.Read(parsed) with { Platform = sources.Platform(parsed), Lock = locking.Read(parsed), Signature = signatures.Read(parsed) };
            using var registry = sources.Open(parsed, options.Config, lasting: updating.Lock is not null);
            Input input = new(options, terminal);
            var report = input.Judge(cancellation);
            var plan = await ResolveProgress.WatchAsync(registry, options, terminal, progress => report.PlanUpdatesAsync(registry, updating with { Progress = progress }, cancellation));
            return RewriteEnd.Finish("update", mode, plan, input, options, updating.Lock, terminal, cancellation, done =>
            {
                UpdateSummary summary = new(done.Updates, TimeProvider.System.GetUtcNow());
                summary.Tell(options, mode, terminal);
                if (markdown is not null)
                {
                    summary.WriteMarkdown(markdown);
                }
            });
        });
        return command.WithExamples(terminal, """
            Examples:
              cleat update --diff                  which tags moved, as a patch; writes nothing
              cleat update --to minor              1.27-alpine becomes 1.28-alpine
              cleat update --min-age 3d            leave what was pushed in the last three days
              cleat update --only ghcr.io/owner --skip ghcr.io/owner/legacy
              cleat update --platforms-in-use linux/amd64,linux/arm64
              cleat update --summary pull-request.md
              cleat update --lock cleat.lock

            Exit codes: as cleat pin.
            """);
    }
}
