using System.CommandLine;
using Cleat.Cli.Options;
using Cleat.Configuration;
using Cleat.Rewriting;
using Cleat.Uses;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat pin</c>: resolve tags and write the digests in place.</summary>
internal static class PinCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("pin", "Resolve tags and write the digests in place.");
        CommonOptions common = new(command);
        RewriteOptions rewriting = new(command);
        SourceOptions sources = new(command, cached: TimeSpan.FromHours(1));
        LockOptions locking = new(command, mayBeOffline: true);
        SignatureOptions signatures = new(command);
        var style = CommonOptions.OneOf("--style", "How a pin is written.", "tag-digest", "digest", "digest-comment");
        command.Options.Add(style);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = common.Read(parsed, terminal);
            var mode = rewriting.Mode(parsed, options);
            var platform = sources.Platform(parsed, options.Config);
            var required = signatures.Read(parsed, sources);
            var (source, locked) = locking.Open(parsed, sources, options.Config, locking.Read(parsed));
            using var open = source;
            Scan scan = new(options, terminal);
            var files = scan.Judge(keepSources: true, cancellation);
            var wanted = files.SelectMany(f => f.Findings).Where(f => f is { Ignored: null, CoveredBy: null }).Select(f => f.Use).Where(IsToPin).Select(u => (u.Reference!, u.Platform ?? platform)).ToList();
            var resolved = await ResolveProgress.RunAsync(source, wanted, terminal, options.Quiet, cancellation);
            ResolveProgress.Tell(source, options.Verbose, terminal);
            resolved = required is null ? resolved : await required.OnlySignedAsync(resolved, cancellation);

            Rewrite rewrite = new(mode, scan, terminal, cancellation) { Kept = RewriteOptions.Kept(options) };
            LockRun? lockRun = locked is null ? null : new(locked.Grown, scan, mode);
            lockRun?.Compare(files);
            if (lockRun?.Write() == false)
            {
                return RewriteOptions.Finish("pin", mode, rewrite, scan.Report(files), options, terminal);
            }

            PinRun run = new(scan, rewrite, resolved, platform, Style(parsed, style, options.Config), options, terminal);
            var pinned = files.ConvertAll(run.Pin);
            return RewriteOptions.Finish("pin", mode, rewrite, scan.Report(pinned), options, terminal, lockRun);
        });
        return command;
    }

    /// <summary>A use that a digest is to be resolved for.</summary>
    public static bool IsToPin(ImageUse use) => use is { Verdict: Verdict.Unpinned, Reference: not null } and { Site: not PinSite.Nowhere };

    // the command line wins over the config
    private static PinStyle Style(ParseResult parsed, Option<string> option, CleatConfig config) => parsed.GetResult(option) switch
    {
        null or { Implicit: true } => config.Pin.Style ?? PinStyle.TagDigest,
        _ => Style(parsed.GetValue(option)),
    };

    private static PinStyle Style(string? style) => style switch
    {
        "digest" => PinStyle.Digest,
        "digest-comment" => PinStyle.DigestComment,
        _ => PinStyle.TagDigest,
    };
}
