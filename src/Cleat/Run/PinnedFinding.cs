using Cleat.Findings;
using Cleat.Rewriting;
using Cleat.Uses;

namespace Cleat.Run;

internal static class PinnedFinding
{
    /// <summary>The finding with the digest that a change writes; as it is when the change takes one out.</summary>
    public static Finding With(this Finding finding, PlannedChange change) => change.Digest is not { } digest ? finding : finding with
    {
        Pin = new(digest, change.NewText)
        {
            IsInPlace = change.Use.Site is PinSite.Text { Prefix: "", Suffix: "" } site && site.Span == change.Use.Span,
            Field = change.Use.Site is PinSite.InsertField field ? $"{field.Before}{(field.IsBare ? digest.Hex : digest.ToString())}{field.After}".Trim() : null,
        },
    };
}
