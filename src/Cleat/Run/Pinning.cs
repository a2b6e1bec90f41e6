using Cleat.Findings;
using Cleat.References;
using Cleat.Registries;
using Cleat.Rewriting;
using Cleat.Uses;

namespace Cleat.Run;

/// <summary>Plans the digests of everything that may be pinned.</summary>
internal sealed class Pinning(Report report, RegistryClient? registry, PinOptions options, CancellationToken cancellation)
{
    private readonly ChangeDraft draft = new(report, cancellation);

    public async Task<PinPlan> PlanAsync()
    {
        Questions questions = new(registry, ChosenLock.Read(options.Lock), options.Signature, options.Progress);
        var platform = options.Platform ?? draft.Config.Pin.Platform;
        var images = ChosenImages.Of(options.Only, options.Skip);
        var wanted = report.Findings.Where(f => images.Want(f.Use) && ChangePermission.ToPin(f) is null).Select(f => (f.Use.Reference!, f.Use.Platform ?? platform));
        var resolved = await questions.OnlySignedAsync(await questions.ResolveAsync(wanted, cancellation), cancellation);
        draft.LockFile = questions.GrownLock();
        ChosenLock.Compare(draft, [.. report.Findings.Where(f => images.Want(f.Use))]);
        var style = Style(draft, options.Style);
        return draft.Make((file, finding) => images.Want(finding.Use) && May(draft, finding) && DigestOf(finding, resolved[ResolutionKey.Of(finding.Use.Reference!, finding.Use.Platform ?? platform)]) is { } digest
            ? Pin(draft, file, finding, digest, style)
            : null);
    }

    public static PinPlan Plan(Report report, Func<Finding, Digest?> known, PinStyle? style, CancellationToken cancellation)
    {
        ChangeDraft draft = new(report, cancellation);
        var written = Style(draft, style);
        return draft.Make((file, finding) => known(finding) is { } digest && May(draft, finding) ? Pin(draft, file, finding, digest, written) : null);
    }

    private static PinStyle Style(ChangeDraft draft, PinStyle? given) => given ?? draft.Config.Pin.Style ?? PinStyle.TagDigest;

    // what somebody chose is left without a word; what cannot be done although it should be is said
    private static bool May(ChangeDraft draft, Finding finding)
    {
        switch (ChangePermission.ToPin(finding))
        {
            case null:
                return true;
            case { Kind: ObstacleKind.Malformed or ObstacleKind.NoPlace } obstacle:
                draft.Leave(finding, obstacle.Why);
                return false;
            default:
                return false;
        }
    }

    private static PlannedChange? Pin(ChangeDraft draft, JudgedFile file, Finding finding, Digest digest, PinStyle style)
    {
        if (Pinner.Pin(file.Source, finding.Use, digest, style, out var why) is not { } change)
        {
            draft.Leave(finding, why ?? "");
            return null;
        }

        if (style == PinStyle.DigestComment && finding.Use.Site is PinSite.Text site && TagComment.Place(file.Source, site) is null)
        {
            draft.Note($"no comment can stand behind a reference in {finding.Use.Format}{(finding.Use.Format == "dockerfile" ? ", which knows comments on lines of their own only" : "")}: the tag stays in front of the digest there");
        }

        return change;
    }

    private Digest? DigestOf(Finding finding, Resolution answer)
    {
        if (answer is Resolution.Resolved found)
        {
            if (found.Note is { } note)
            {
                draft.Note(note);
            }

            return found.Digest;
        }

        draft.Fail(finding, "resolve", finding.Use.Image, answer.Describe());
        return null;
    }
}
