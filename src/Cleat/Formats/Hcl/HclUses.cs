using Cleat.Text;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Hcl;

/// <summary>Takes places from wherever and gives the uses whose text stands in the one file that is read, each once.</summary>
/// <param name="local">What a text names when it is no image, or null.</param>
internal sealed class HclUses(Reading reading, Tree own, LiteralFinder finder, Func<ValueText, string?> local)
{
    private readonly HashSet<TextSpan> seen = [];

    public void Take(IEnumerable<ValueText> places)
    {
        foreach (var place in places)
        {
            Take(place);
        }
    }

    /// <summary>Takes those texts of places that are images by their shape.</summary>
    /// <param name="mustBe">True for a place that can be nothing else: what is not known is then said.</param>
    public void TakeSome(IEnumerable<ValueText> places, Func<ValueText, bool> isImage, Func<ValueText, bool> mustBe)
    {
        foreach (var place in places)
        {
            var ends = finder.Find(place);
            foreach (var end in ends.Where(isImage))
            {
                Add(place, end, finder.Uses(end, reading.Format.Name));
            }

            if (ends.Count == 0 && mustBe(place) && local(place) is null)
            {
                Add(place, place, [LiteralFinder.Dynamic(place, reading.Format.Name)]);
            }
        }
    }

    /// <summary>Takes a place whose image has its registry, or all but its tag, somewhere else.</summary>
    /// <param name="before">What stands in front of the text; null when that is not known.</param>
    /// <param name="why">What to say when it is not known.</param>
    public void TakeBehind(ValueText place, string? before, string why)
    {
        foreach (var end in finder.Find(place).DefaultIfEmpty(place))
        {
            var uses = before is null ? [LiteralFinder.Unknown(end, reading.Format.Name, why)] : finder.Uses(end, reading.Format.Name, before);

            // a text that is named may have something else in front of it in another place
            Add(place, end, before is { Length: > 0 } && end.Span != place.Span
                ? [.. uses.Select(u => u with { Site = new PinSite.Nowhere($"it is used behind '{before}', and may be used behind something else: write it where the image is named, then pin it") })]
                : uses);
        }
    }

    /// <summary>Takes an argument of a build.</summary>
    /// <param name="before">What stands in front of it in the reference.</param>
    public void TakeArgument(ValueText place, string before)
    {
        foreach (var end in finder.Find(place).DefaultIfEmpty(place))
        {
            var uses = finder.Uses(end, reading.Format.Name, before);
            Add(place, end, before.Length == 0 ? uses : [.. uses.Select(u => u with { Site = new PinSite.Nowhere($"the argument is put behind '{before}', and may be used for something else: give the whole reference in an argument") })]);
        }
    }

    /// <param name="prefix">What texts must start with to name an image; what is not known is then no image.</param>
    public void Take(ValueText place, string prefix = "")
    {
        if (local(place) is { } other)
        {
            Add(place, place, [ScalarUse.Local(reading.Format.Name, place.Path, place.Value, place.Span, other)]);
            return;
        }

        var ends = finder.Find(place);
        foreach (var end in ends)
        {
            if (IsOver(end))
            {
                // many places may lead to it
                continue;
            }

            if (prefix.Length == 0)
            {
                Add(place, end, local(end) is { } what ? [ScalarUse.Local(reading.Format.Name, end.Path, end.Value, end.Span, what)] : finder.Uses(end, reading.Format.Name));
            }
            else if (end.Behind(prefix) is { } reference)
            {
                Take(reference);
            }
            else
            {
                Add(place, end, finder.Uses(end, reading.Format.Name, without: prefix));
            }
        }

        if (ends.Count == 0 && prefix.Length == 0)
        {
            Add(place, place, [LiteralFinder.Dynamic(place, reading.Format.Name)]);
        }
    }

    private bool IsOver(ValueText where) => !where.IsRead && (where.Tree.Source != own.Source || seen.Contains(where.Span));

    // each text once; one of a file that nobody judges stands where it is read
    private void Add(ValueText place, ValueText where, IReadOnlyList<ImageUse> uses)
    {
        place = place.IsRead ? place.From!.Place : place;
        if (where.IsRead && place.Tree.Source == own.Source)
        {
            var name = Path.GetFileName(where.Tree.Source.Path);
            foreach (var use in uses)
            {
                reading.Sink.AddOnce(use with
                {
                    Steps = place.Path,
                    Span = place.Span,
                    Text = place.Tree.Source.Slice(place.Span),
                    Site = new PinSite.Nowhere($"it stands in {name}, at {use.Steps}: write the digest there"),
                });
            }
        }
        else if (where.Tree.Source == own.Source && seen.Add(where.Span))
        {
            foreach (var use in uses)
            {
                reading.Sink.AddOnce(use);
            }
        }
    }
}
