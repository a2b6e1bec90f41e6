using Cleat.References;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Rewriting;

/// <summary>Turns uses and digests into edits. Pure: what to write is decided here, whether it may be written elsewhere.</summary>
internal static class Pinner
{
    /// <summary>The edits that pin a use; null when a digest cannot be written there.</summary>
    /// <param name="why">The reason, when the answer is null.</param>
    public static PlannedChange? Pin(SourceText source, ImageUse use, Digest digest, PinStyle style, out string? why)
    {
        why = null;
        switch (use.Site)
        {
            case PinSite.Nowhere nowhere:
                why = nowhere.Why;
                return null;
            case PinSite.InsertField { WithoutTag: { } place } when style == PinStyle.Digest && use.Reference is { } named:
                return new(use, digest, $"{named.Name}@{digest}", [new(place.At, place.Before + digest + place.After)]);
            case PinSite.InsertField field:
                return new(use, digest, $"{use.Text}@{digest}", [new(field.At, field.Before + Field(digest, field.IsBare) + field.After)]);
            case PinSite.Field field:
                return new(use, digest, Digestless(use.Text) + "@" + digest, [new(field.Value, Field(digest, field.IsBare))]);
            case PinSite.Text text when use.Reference is { } reference:
                var tagged = $"{reference.WithoutDigest}@{digest}";
                var wanted = style == PinStyle.TagDigest && !text.TagInComment ? tagged : $"{reference.Name}@{digest}";
                string? comment = null;
                if (reference.Tag is not null && text.TagInComment)
                {
                    comment = reference.WithoutDigest;
                }
                else if (style == PinStyle.DigestComment && reference.Tag is not null)
                {
                    comment = TrailingComment.Place(source, text) is null ? null : reference.WithoutDigest;
                    wanted = comment is null ? tagged : wanted;
                }

                // a tag that stands apart from its name (an ARG, a default) cannot be taken away
                wanted = ReferenceEdit.Fits(text, wanted) ? wanted : tagged;
                List<Edit> edits = [ReferenceEdit.Edit(source, text, reference.Original, wanted)];
                if (comment is not null)
                {
                    edits.Add(new(new(TrailingComment.Place(source, text)!.Value, 0), TrailingComment.Text(text, comment)));
                }

                return new(use, digest, wanted, edits);
            default:
                why = "the text is no whole reference";
                return null;
        }
    }

    /// <summary>The edits that take a digest out again; null when the use has none that can be taken out.</summary>
    public static PlannedChange? Unpin(SourceText source, ImageUse use, out string? why)
    {
        why = null;
        if (use.Verdict != Verdict.Pinned)
        {
            return null;
        }

        switch (use.Site)
        {
            case PinSite.Field field:
                return new(use, null, Digestless(use.Text), [new(field.Whole, field.Left)]);
            case PinSite.Text text when use.Reference is { } reference:
                var tag = reference.Tag is null ? TrailingComment.Tag(source, text, reference.Name) : null;
                var wanted = tag?.Reference ?? reference.WithoutDigest;
                if (!ReferenceEdit.Fits(text, wanted))
                {
                    why = "the digest stands apart from the rest, in a variable or an argument: take it out there by hand";
                    return null;
                }

                List<Edit> edits = [ReferenceEdit.Edit(source, text, reference.Original, wanted)];
                if (tag is not null)
                {
                    edits.Add(new(tag.Value.Span, ""));
                }

                return new(use, null, wanted, edits);
            case PinSite.Text text when source.Slice(text.Span) is var raw && raw.LastIndexOf('@') is var at and >= 0:
                // `${REG}/app@sha256:…`: the variable stays as it is
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
