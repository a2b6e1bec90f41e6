using Cleat.References;
using Cleat.Text;
using Cleat.Trees.Comments;
using Cleat.Uses;

namespace Cleat.Rewriting;

/// <summary>Turns uses and digests into edits. Pure: what to write is decided here, whether it may be written elsewhere.</summary>
internal static class Pinner
{
    private const string Untagged = "nothing says which tag it had, and without one `latest` would run: write the tag in front of the digest first";

    /// <summary>The edits that pin a use; null when a digest cannot be written there.</summary>
    /// <param name="why">The reason, when the answer is null.</param>
    public static PlannedChange? Pin(SourceText source, ImageUse use, Digest digest, PinStyle style, out string? why)
    {
        why = null;
        var setter = TrailingComment.Behind(source, use.Span)?.Setter;
        switch (use.Site)
        {
            case PinSite.Nowhere nowhere:
                why = nowhere.Why;
                return null;
            case PinSite.InsertField when setter is not null:
                why = $"{setter} writes the tag here and would leave a digest beside it as it is: write the tag as {use.Reference?.EffectiveTag ?? "TAG"}@{digest} where what reads it joins both with a colon, or let {setter} write the digest too";
                return null;
            case PinSite.InsertField { WithoutTag: { } place } when style == PinStyle.Digest && use.Reference is { } named:
                return new(use, digest, $"{named.Name}@{digest}", [new(place.At, place.Before + digest + place.After)]);
            case PinSite.InsertField field:
                var says = field.Latest is not null || field.Before.EndsWith('@') || use.Reference is { Tag: not null };
                return new(use, digest, says && use.Reference is { } full ? full.At(digest) : $"{use.Text}@{digest}", Inserted(field, digest));
            case PinSite.Field field:
                return new(use, digest, Digestless(use.Text) + "@" + digest, [new(field.Value, Field(digest, field.IsBare))]);
            case PinSite.Text { WithoutTag: { } place } when style == PinStyle.Digest && setter is null && use.Reference is { } named:
                return new(use, digest, $"{named.Name}@{digest}", [new(place.At, place.Before + digest + place.After)]);
            case PinSite.Text text when use.Reference is { } reference:
                // the programs that write such a field read its comment as a whole, and write a tag
                return InText(source, use, text, reference, digest, setter is null ? style : PinStyle.TagDigest);
            default:
                why = "the text is no whole reference";
                return null;
        }
    }

    private static PlannedChange InText(SourceText source, ImageUse use, PinSite.Text site, ImageReference reference, Digest digest, PinStyle style)
    {
        var comment = TagComment.Of(source, site, reference);
        var wanted = reference.At(digest);
        string? added = null;
        if (site.TagInComment)
        {
            wanted = $"{reference.Name}@{digest}";
            added = comment is null ? reference.Tagged : null;
        }
        else if (style == PinStyle.Digest)
        {
            wanted = $"{reference.Name}@{digest}";
        }
        else if (style == PinStyle.DigestComment && TagComment.Place(source, site) is not null)
        {
            wanted = $"{reference.Name}@{digest}";
            added = comment is { IsBare: false } || comment?.Tag == reference.EffectiveTag ? null : reference.Tagged;
        }

        // a tag that stands apart from its name (an ARG, a default) cannot be taken away, nor one be added behind what follows
        wanted = ReferenceEdit.Fits(site, wanted) ? wanted
            : ReferenceEdit.Fits(site, reference.At(digest)) ? reference.At(digest)
            : $"{reference.WithoutDigest}@{digest}";
        List<Edit> edits = [ReferenceEdit.Edit(source, site, reference.Original, wanted)];
        if (added is not null && TagComment.Place(source, site) is { } behind)
        {
            var words = site.TagInComment ? $" /* {added} */" : $" {site.LineComment} {added}";
            edits = edits[0].Span.End == behind.At ? [new(edits[0].Span, edits[0].NewText + words)] : [.. edits, new(new(behind.At, 0), words)];
        }
        else if (comment is { IsBare: false } && comment.Tag != reference.EffectiveTag)
        {
            edits.Add(new(comment.Span, reference.EffectiveTag));
        }

        return new(use, digest, wanted, edits);
    }

    private static List<Edit> Inserted(PinSite.InsertField field, Digest digest)
    {
        List<Edit> edits = [new(field.At, field.Before + Field(digest, field.IsBare) + field.After)];
        if (field.Latest is { } latest)
        {
            edits.Add(new(latest.At, latest.Before + "latest" + latest.After));
        }

        return edits;
    }

    /// <summary>The edits that take a digest out again; null when the use has none that can be taken out.</summary>
    public static PlannedChange? Unpin(SourceText source, ImageUse use, out string? why)
    {
        why = null;
        if (use.Verdict != Verdict.Pinned)
        {
            return null;
        }

        var comment = use.Reference is { Tag: null } untagged ? TagComment.Of(source, use.Site, untagged) : null;
        switch (use.Site)
        {
            case PinSite.Field { TagIsElsewhere: false } when use.Reference is { Tag: null }:
            case PinSite.Text when comment is null && use.Reference is { Tag: null }:
                why = comment is { } kept ? $"its tag stands in a comment ({kept.Tag}): write it in its own field first"
                    : TagComment.Place(source, use.Site) is null ? Untagged : Untagged.Replace(" first", ", or name:tag in a comment behind it, first", StringComparison.Ordinal);
                return null;
            case PinSite.Field field:
                return new(use, null, Digestless(use.Text), [new(field.Whole, field.Left)]);
            case PinSite.Text text when use.Reference is { } reference:
                var wanted = comment is null ? reference.WithoutDigest : $"{reference.Name}:{comment.Tag}";
                if (!ReferenceEdit.Fits(text, wanted))
                {
                    why = "the digest stands apart from the rest, in a variable or an argument: take it out there by hand";
                    return null;
                }

                List<Edit> edits = [ReferenceEdit.Edit(source, text, reference.Original, wanted)];
                if (comment is { Whole.Length: > 0 })
                {
                    edits.Add(new(comment.Whole, ""));
                }

                return new(use, null, wanted, edits);
            case PinSite.Text text when source.Slice(text.Span) is var raw && raw.LastIndexOf('@') is var at and >= 0:
                // `${REG}/app:1@sha256:…`: the variable stays as it is
                if (Digestless(use.Text) is var name && name[(name.LastIndexOf('/') + 1)..] is var last && !last.Contains(':', StringComparison.Ordinal) && Policy.Expression(last) is null)
                {
                    why = Untagged;
                    return null;
                }

                return new(use, null, Digestless(use.Text), [new(TextSpan.FromBounds(text.Span.End - raw.Length + at, text.Span.End), "")]);
            case PinSite.Nowhere nowhere:
                why = nowhere.Why;
                return null;
            default:
                why = "the digest does not stand by itself";
                return null;
        }
    }

    /// <summary>A digest as a field of its own holds it.</summary>
    internal static string Field(Digest digest, bool isBare) => isBare ? digest.Hex : digest.ToString();

    private static string Digestless(string text) => text.LastIndexOf('@') is var at and >= 0 ? text[..at] : text;
}
