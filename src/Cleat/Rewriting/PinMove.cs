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

    /// <summary>The edit that puts the digest in the old one's place.</summary>
    /// <param name="why">The reason, when the answer is null.</param>
    public static PlannedChange? Plan(SourceText source, ImageUse use, Digest digest, out string? why)
    {
        why = null;
        if (use.Reference is not { Digest: not null } reference)
        {
            why = "its name is not known here in full";
            return null;
        }

        var wanted = $"{reference.WithoutDigest}@{digest}";
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
