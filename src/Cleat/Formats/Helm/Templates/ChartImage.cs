using System.Globalization;
using Cleat.Trees;

namespace Cleat.Formats.Helm.Templates;

/// <summary>An image that a chart renders from values: the fields it is made from, and every place where it is rendered.</summary>
internal sealed class ChartImage(string reference, int name, int tag, int digest)
{
    /// <summary>The reference as it is rendered by default; with <c>{{ … }}</c> in it where a part is not known.</summary>
    public string Reference => reference;

    /// <summary>The scalar that the last part of the repository comes from, in the judged values; -1 when it comes from elsewhere.</summary>
    public int Name => name;

    /// <summary>The scalar that the tag comes from, or -1.</summary>
    public int Tag => tag;

    /// <summary>The scalar that the digest comes from, or -1.</summary>
    public int Digest => digest;

    public List<ImagePlace> Places { get; } = [];

    /// <summary>A part of it is empty: whoever installs the chart is to say it.</summary>
    public bool IsPartial => reference[^1] is ':' or '@' or '/' || reference[0] is ':' or '@' or '/' || reference.Contains("/:", StringComparison.Ordinal) || reference.Contains(":@", StringComparison.Ordinal);

    /// <summary>The scalars that it is made from, and what of others its name holds.</summary>
    public IEnumerable<int> AllNodes => Places.SelectMany(p => p.Pieces).SelectMany(p => p.From);

    public bool IsOpaque => Places[0].Pieces.Any(p => p.IsOpaque);

    /// <summary>The image's place in the values: what is nearest to the version.</summary>
    public int Leaf => tag >= 0 ? tag : digest >= 0 ? digest : name;

    /// <summary>Name, tag and digest by their signs.</summary>
    public (string Name, string? Tag, string? Digest) Parts => Kustomize.ImageEntry.Split(reference);

    /// <summary>The scalars that it is made from.</summary>
    public IEnumerable<int> Nodes => ((int[])[name, tag, digest]).Where(n => n >= 0);

    /// <summary>The tag as the templates write it.</summary>
    public string? RenderedTag => Parts.Tag;

    /// <summary>The images that places are made from.</summary>
    public static List<ChartImage> Of(Tree tree, IEnumerable<ImagePlace> places)
    {
        Dictionary<(int, int, int), ChartImage> images = [];
        foreach (var place in places.OrderBy(p => p.Depth))
        {
            var (name, tag, digest) = Kustomize.ImageEntry.Split(place.Text);
            var last = name.LastIndexOf('/') + 1;
            var tagStart = name.Length + 1;
            var digestStart = tagStart + (tag is null ? 0 : tag.Length + 1);
            var nameNode = One(tree, place.From(last, name.Length), name[last..]);
            var tagNode = tag is null ? -1 : One(tree, place.From(tagStart, tagStart + tag.Length), tag);
            var digestNode = digest is null ? -1 : One(tree, place.From(digestStart, digestStart + digest.Length), digest);
            if (nameNode < 0 && tagNode < 0 && digestNode < 0)
            {
                continue;
            }

            if (!images.TryGetValue((nameNode, tagNode, digestNode), out var image))
            {
                images.Add((nameNode, tagNode, digestNode), image = new(place.Text, nameNode, tagNode, digestNode));
            }

            image.Places.Add(place);
        }

        return [.. images.Values];
    }

    /// <summary>The digest that is tried for an image: one of its own.</summary>
    public static string TrialDigest(int index) => "sha256:" + TrialHex(index);

    public static string TrialHex(int index) => Mark + index.ToString("x24", CultureInfo.InvariantCulture);

    public const string Mark = "c1ea7c1ea7c1ea7c1ea7c1ea7c1ea7c1ea7c1ea7";

    // of several scalars that a part comes from the one that says it
    private static int One(Tree tree, IEnumerable<int> from, string text)
    {
        var nodes = from.Distinct().ToList();
        return nodes.Count == 1 ? nodes[0] : nodes.Find(n => tree[n].Value.Length > 0 && text.Contains(tree[n].Value, StringComparison.Ordinal)) is var said and > 0 ? said : nodes.Count > 0 ? nodes[0] : -1;
    }
}
