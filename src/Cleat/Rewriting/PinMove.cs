using Cleat.References;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Rewriting;

/// <summary>Moves a pin to another digest, in the style it is written in.</summary>
internal static class PinMove
{
    /// <summary>The reference whose tag says where a pin may move to: its own, or the one in the comment behind it; null when there is none.</summary>
    public static ImageReference? Tagged(SourceText source, ImageUse use)
    {
        if (use is not { Verdict: Verdict.Pinned, Reference: { } reference })
        {
            return null;
        }

        return reference.Tag is not null ? reference
            : TagComment.Of(source, use.Site, reference) is { } said && ImageReference.TryParse($"{reference.Name}:{said.Tag}", out var tagged, out _) ? tagged
            : null;
    }

    /// <summary>True where another tag can be written together with its digest: both stand in one text, or the tag in the comment behind it.</summary>
    public static bool MayTakeTag(SourceText source, ImageUse use) =>
        use is { Reference: { } reference, Site: PinSite.Text site }
        && (reference.Tag is null ? TagComment.Of(source, site, reference) is not null : site.Suffix.Length == 0 && ReferenceEdit.Fits(site, $"{reference.Name}:x@{reference.Digest}"));

    /// <summary>The edit that puts the digest in the old one's place.</summary>
    /// <param name="tag">The tag that means it; another than the old one only where <see cref="MayTakeTag"/>.</param>
    /// <param name="why">The reason, when the answer is null.</param>
    public static PlannedChange? Plan(SourceText source, ImageUse use, Digest digest, string tag, out string? why)
    {
        why = null;
        if (use.Reference is not { Digest: not null } reference)
        {
            why = "its name is not known here in full";
            return null;
        }

        var wanted = $"{reference.WithoutDigest}@{digest}";
        if (use.Site is PinSite.Text at && Tagged(source, use) is { } old && old.EffectiveTag != tag)
        {
            wanted = reference.Tag is null ? wanted : $"{reference.Name}:{tag}@{digest}";
            List<Edit> edits = [ReferenceEdit.Edit(source, at, reference.Original, wanted)];
            if (TagComment.Of(source, at, reference) is { } comment && (reference.Tag is null || (!comment.IsBare && comment.Tag == reference.Tag)))
            {
                edits.Add(new(comment.Span, tag));
            }

            return new(use, digest, wanted, edits) { NewTag = reference.Tag is null ? null : tag };
        }

        switch (use.Site)
        {
            case PinSite.Field field:
                return new(use, digest, wanted, [new(field.Value, Pinner.Field(digest, field.IsBare))]);
            case PinSite.Text text when ReferenceEdit.Fits(text, wanted):
                return new(use, digest, wanted, [ReferenceEdit.Edit(source, text, reference.Original, wanted)]);
            case PinSite.Nowhere nowhere:
                why = nowhere.Why;
                return null;
            default:
                why = "the digest does not stand by itself";
                return null;
        }
    }
}
