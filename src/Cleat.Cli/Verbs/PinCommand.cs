using System.CommandLine;
using Cleat.Cli.Help;
using Cleat.Cli.Options;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat pin</c>: resolve tags and write the digests in place.</summary>
internal static class PinCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("pin", "Resolve tags and write the digests in place.");
        CommonOptions common = new(command);
        RewriteOptions rewriting = new(command);
        SourceOptions sources = new(command);
        LockOptions locking = new(command, mayBeOffline: true);
        SignatureOptions signatures = new(command);
        ImageOptions images = new(command);
        SinceOption since = new(command);
        var style = CommonOptions.OneOf("--style", "How a pin is written.", "tag-digest", "digest", "digest-comment");
        command.Options.Add(style);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = common.Read(parsed, terminal);
            var mode = rewriting.Mode(parsed, options);
            PinOptions pinning = new()
            {
                Style = parsed.GetResult(style) is null or { Implicit: true } ? null : Style(parsed.GetValue(style)),
                Platform = sources.Platform(parsed),
                Only = images.Only(parsed),
                Skip = images.Skip(parsed),
                Lock = locking.Read(parsed),
                Signature = signatures.Read(parsed),
            };
            using var registry = locking.Open(parsed, sources, options.Config);
            Input input = new(options, terminal, since: since.Read(parsed, options));
            var report = Mistakes.Under("--since", () => input.Judge(cancellation));
            var plan = await ResolveProgress.WatchAsync(registry, options, terminal, progress => report.PlanPinsAsync(registry, pinning with { Progress = progress }, cancellation));
            return RewriteEnd.Finish("pin", mode, plan, input, options, pinning.Lock, terminal, cancellation);
        });
        return command.WithExamples(terminal, """
            Examples:
              cleat pin --diff                     what would change, as a patch; writes nothing
              cleat pin k8s/web.yaml               nginx:1.27 becomes nginx:1.27@sha256:…
              cleat pin --style digest             nginx@sha256:…
              cleat pin --diff -o pins.patch
              cleat pin --check                    exit 1 when something is still to be pinned
              cleat pin --from ./layout            digests from an OCI layout folder, no registry asked
              cleat pin --lock cleat.lock          what the lock has is taken from it, the rest is added to it
              cleat pin --lock cleat.lock --offline
              cleat pin --since origin/main        only what this branch adds
              cleat pin --only ghcr.io/owner       only these images
              cleat pin - --stdin-name web.yaml < web.yaml > pinned.yaml

            Exit codes: 0 done, 1 changes would be made (--diff, --check), 2 wrong command line,
            3 something could not be read, resolved or written.
            """);
    }

    private static PinStyle Style(string? style) => style switch
    {
        "digest" => PinStyle.Digest,
        "digest-comment" => PinStyle.DigestComment,
        _ => PinStyle.TagDigest,
    };
}
