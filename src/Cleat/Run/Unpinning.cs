using Cleat.Findings;
using Cleat.Rewriting;

namespace Cleat.Run;

/// <summary>Plans to take digests out again.</summary>
internal static class Unpinning
{
    public static PinPlan Plan(Report report, UnpinOptions options, CancellationToken cancellation)
    {
        var images = ChosenImages.Of(options.Only, options.Skip);
        ChangeDraft draft = new(report, cancellation);
        return draft.Make((file, finding) => !images.Want(finding.Use) ? null : Change(draft, file, finding));
    }

    private static PlannedChange? Change(ChangeDraft draft, JudgedFile file, Finding finding)
    {
        var obstacle = ChangePermission.ToUnpin(finding);
        if (obstacle is not (null or { Kind: ObstacleKind.NoPlace }))
        {
            return null;
        }

        var why = obstacle?.Why;
        if (why is null && Pinner.Unpin(file.Source, finding.Use, out why) is { } change)
        {
            return change;
        }

        draft.Fail(finding, "unpin", $"the digest of '{finding.Use.Text}' cannot be taken out: {why}");
        return null;
    }
}
