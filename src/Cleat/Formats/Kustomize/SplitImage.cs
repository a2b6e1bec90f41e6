using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Kustomize;

/// <summary>The use that one map with <c>name</c>, <c>newName</c>, <c>newTag</c> and <c>digest</c> makes.</summary>
internal static class SplitImage
{
    private const string TakesTextOnly = "kustomize takes only text for newTag, and YAML reads this as a number: put it in quotes, then pin it";

    /// <summary>The use; null when the map names nothing.</summary>
    /// <param name="changes">The images that the entry changes, where they are known.</param>
    public static ImageUse? Use(Tree tree, int map, string format, Steps path, Func<EntryBase>? changes = null)
    {
        if (tree[map].Kind != NodeKind.Map || Kustomization.Entry(tree, map) is not { } entry || MapField.Find(tree, map, "name") is not { } name)
        {
            return null;
        }

        var newName = MapField.Find(tree, map, "newName") is { Text: not null } renamed ? renamed : (MapField?)null;
        var digest = MapField.Find(tree, map, "digest");
        var tag = MapField.Find(tree, map, "newTag") is { Text: not null } tagged ? tagged : (MapField?)null;
        var text = ImageEntry.Text(entry.NewName ?? ImageEntry.Split(entry.Name).Name, entry.NewTag, entry.Digest);
        var last = digest is { Text: not null } set ? set : tag ?? newName ?? name;
        if (entry is { LeavesVersion: true, NewName: { } renamedTo } && newName is { } to && changes?.Invoke() is { Tags.Count: > 0 } bases)
        {
            return Renamed(renamedTo, to, bases, format, path);
        }

        if (entry.LeavesVersion)
        {
            return ScalarUse.Local(format, path, text, last.Span, "it sets neither newTag nor digest: the tag or digest of the base runs");
        }

        var site = digest is { } here ? here.DigestHere() : (tag ?? newName ?? name).DigestBehind();
        site = site is PinSite.Field field ? field with { TagIsElsewhere = true } : site;
        if (tag is { } plain && PlainNumber.Is(tree, plain.Value))
        {
            site = entry.Digest is null ? new PinSite.Nowhere(TakesTextOnly) : site;
        }
        else if (tag is { IsShared: false } written && entry is { Digest: null, NewTag: { } bare } && !bare.Contains('@', StringComparison.Ordinal))
        {
            // what moves newTag (Renovate, Flux) does not know a digest beside it; kustomize takes both as one text (5.5 and 5.6, tried)
            site = new PinSite.Text(written.Span, Prefix: text[..^bare.Length]) { WithoutTag = digest is null ? written.DigestBehind().WithoutTag : null };
        }
        else if (entry.Digest is null && entry.NewTag?.Contains('@', StringComparison.Ordinal) == true)
        {
            site = new PinSite.Text(last.Span, Prefix: text[..^entry.NewTag.Length]);
            if (tag is { } whole && entry.NewName is not null && changes?.Invoke() is { Tags.Count: 1 } only && entry.NewTag.Split('@')[0] is var said && said == Tag(only.Tags.First()))
            {
                // the tag is the base's own: without the digest the entry says no more than the name
                site = new PinSite.Field(TextSpan.FromBounds(last.Span.Start + said.Length + 1, last.Span.End), whole.Whole());
            }
        }

        if (entry.NewName is null && !entry.IsPlain)
        {
            return Pattern(entry, format, path, last, site);
        }

        if (entry is { NewTag: null, Digest: null })
        {
            return ScalarUse.Local(format, path, text, last.Span, "") with
            {
                Verdict = Verdict.Dynamic,
                Problem = $"the base's tag with '{entry.Suffix}' behind it is not known here",
                Site = new PinSite.Nowhere("tagSuffix makes a tag of the base's own: write newTag in its place, then pin it"),
            };
        }

        return ScalarUse.Judged(format, path, text, last.Span, site, null);
    }

    // the name is the entry's and the tag the base's: what runs is both, and only here can a digest be written that is for no other image
    private static ImageUse Renamed(string name, MapField newName, EntryBase bases, string format, Steps path)
    {
        var tag = bases.Tags.First();
        PinSite site = bases.Tags.Count > 1
            ? new PinSite.Nowhere($"the images that it renames have several tags ({string.Join(", ", bases.Tags.Select(Tag))}): write an entry with newTag for the one that is to run")
            : newName.FieldBehind("newTag", Tag(tag) + "@") with { WithoutTag = newName.FieldBehind("digest", "") };
        return ScalarUse.Judged(format, path, ImageEntry.Text(name, tag.Length == 0 ? null : tag, null), newName.Span, site, null);
    }

    private static string Tag(string tag) => tag.Length == 0 ? "latest" : tag;

    // `name: .*/app`: the images it fits are the base's, so that only the digest can be judged
    private static ImageUse Pattern(ImageEntry entry, string format, Steps path, MapField last, PinSite site)
    {
        var judged = ScalarUse.Judged(format, path, ImageEntry.Text("x", entry.NewTag, entry.Digest), last.Span, site, null);
        var known = judged.Verdict is Verdict.Pinned or Verdict.Malformed;
        return judged with
        {
            Text = ImageEntry.Text(entry.Name, entry.NewTag, entry.Digest),
            Reference = null,
            Verdict = known ? judged.Verdict : Verdict.Dynamic,
            Problem = known ? judged.Problem : $"'{entry.Name}' is a pattern: the base says which image it is",
            Site = known ? judged.Site : new PinSite.Nowhere("name is a pattern for several images: write an entry for each image, or newName"),
        };
    }
}
