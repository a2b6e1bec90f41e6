using Cleat.Formats.Helm.Templates;
using Cleat.Trees;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Formats.Helm;

/// <summary>
/// The images of values as the chart's templates render them: the reference is what is rendered by default, and a digest is written only where, when tried,
/// every place that it feeds then names the same image by that digest, and nothing else changes.
/// </summary>
internal sealed class RenderedImages
{
    // one file rendered again for one image: more than any chart with a right way needs
    private const int MostSingleTrials = 200;

    private static readonly PinSite NotTried = new PinSite.NotTried();

    private readonly ChartValues values;
    private readonly Tree tree;
    private readonly int root;
    private readonly WayDown way;
    private readonly Dictionary<int, string> untagged = [];
    private readonly List<Rendered> before;
    private readonly Dictionary<int, ChartImage> byNode = [];
    private readonly Dictionary<ChartImage, PinSite> sites = [];
    private int singleTrials;

    private RenderedImages(ChartValues values, ChartRendering rendering, bool withSites)
    {
        this.values = values;
        tree = values.Tree;
        root = values.Root;
        way = new(tree, root);
        before = rendering.Render(ValuesTree.Of(tree, root, isJudged: true), values.IsOwn, rendering.Images.In, onlyImages: !withSites);
        Images = ChartImage.Of(tree, before.SelectMany(ImagePlaces.Of));
        foreach (var image in Images.OrderBy(i => i.IsOpaque).ThenBy(i => i.Places[0].Depth))
        {
            foreach (var node in (int[])[image.Name, image.Tag, image.Digest])
            {
                if (node >= 0)
                {
                    byNode.TryAdd(node, image);
                }
            }
        }

        Untag(rendering);
        if (withSites && IsCut)
        {
            // nothing that is tried could be compared with the whole
            PinSite.Nowhere tooLong = new("the chart's templates take too many steps: write the digest as the chart's documentation says");
            foreach (var image in Images)
            {
                sites[image] = tooLong;
            }
        }
        else if (withSites)
        {
            Readers(rendering);
            Try(rendering);
        }
    }

    public IReadOnlyList<ChartImage> Images { get; }

    private bool IsCut => before.Exists(f => f.IsCut);

    /// <summary>The images of values; null when no template here says how they are rendered.</summary>
    /// <param name="withSites">False when nothing is to be written: no digest is tried, which takes most of the time.</param>
    public static RenderedImages? Of(ChartValues values, bool withSites)
    {
        if (values.Root < 0)
        {
            return null;
        }

        ImageKeys keys = new(values.IsOwn ? values.Chart.InnerKeys : values.Chart.Keys, values.Tree, values.Root);

        return values.Chart.Open(keys) is { } rendering && new RenderedImages(values, rendering, withSites) is var images && (images.Images.Count > 0 || images.IsCut) ? images : null;
    }

    /// <summary>What of the templates that make an image from one of a map's scalars is not evaluated; null when all is.</summary>
    public string? Unknown(Tree of, int node)
    {
        if (IsCut)
        {
            return "a text that takes too many steps";
        }

        foreach (var image in of == tree ? Images : [])
        {
            if (image.IsOpaque && image.Nodes.Any(n => n == node || Parent(n).Map == node))
            {
                return image.Reference;
            }
        }

        return null;
    }

    /// <summary>The scalars that are said with an image: its own, and the repository that others share.</summary>
    public IEnumerable<int> Said(ChartImage image) => image.AllNodes.Where(n => Parent(n).Key is var key && key >= 0 && tree[key].Value != "registry").Concat(image.Nodes);

    /// <summary>The image that a scalar is part of; null when none is rendered from it.</summary>
    public ChartImage? Of(int node) => byNode.GetValueOrDefault(node);

    // files that name no image, and read the same values for something else
    private void Readers(ChartRendering rendering)
    {
        string[] keys = [.. Images.SelectMany(i => i.Nodes).Select(n => Parent(n).Key).Where(k => k >= 0).Select(k => "." + tree[k].Value).Distinct()];
        var others = rendering.Of(keys);
        var more = keys.Length == 0 ? [] : rendering.Render(ValuesTree.Of(tree, root, isJudged: true), values.IsOwn, f => !rendering.Images.In(f) && others.In(f));
        before.AddRange(more);
    }

    private (int Map, int Key) Parent(int node) => way.Of(node) is [.., var (map, key, _)] ? (map, key) : (-1, -1);

    private Steps StepsTo(int node) => Steps.Of([.. way.Of(node).Select(w => w.Step)]);

    /// <summary>What is to be said of an image.</summary>
    /// <param name="format">Name of the format that found it.</param>
    public ImageUse Use(ChartImage image, string format)
    {
        var node = image.Digest >= 0 ? image.Digest : image.Tag >= 0 ? image.Tag : image.Name;
        var (map, _) = Parent(image.Leaf);
        var isScalar = image.Name >= 0 && Parent(image.Name) is var (its, key) && (map == root || its != map || (key >= 0 && tree[key].Value.EndsWith("mage", StringComparison.Ordinal)));
        var steps = isScalar ? StepsTo(image.Name) : map == root ? StepsTo(image.Leaf) : StepsTo(map);
        if (image.IsPartial)
        {
            return DynamicUse.Of(format, steps, image.Reference, tree[node].Span, "a part of it is empty in these values: judged where it is set");
        }

        var use = ScalarUse.Judged(format, steps, Reference(image), tree[node].Span, sites.GetValueOrDefault(image, NotTried), null);
        return use.Verdict == Verdict.Unpinned && Number(image) is { } other ? use with { Problem = $"YAML reads the tag as the number {other}" } : use;
    }

    // with the tag, where the templates write the digest in its place
    private string Reference(ChartImage image) => image.Digest >= 0 && untagged.TryGetValue(image.Name, out var tagged) ? $"{tagged}@{image.Parts.Digest}" : image.Reference;

    private void Untag(ChartRendering rendering)
    {
        ValueChanges changes = new();
        foreach (var image in Images.Where(i => i.Digest >= 0 && i.Tag < 0 && i.Name >= 0 && i.Digest != i.Name && Policy.Judge(i.Reference).Verdict == Verdict.Pinned))
        {
            changes.Texts[image.Digest] = "";
        }

        foreach (var image in changes.Texts.Count == 0 ? [] : ChartImage.Of(tree, rendering.Render(ValuesTree.Of(tree, root, isJudged: true, changes), values.IsOwn, rendering.Images.In, onlyImages: true).SelectMany(ImagePlaces.Of)))
        {
            if (image.Name >= 0 && Policy.Judge(image.Reference) is { Verdict: Verdict.Unpinned } && Images.FirstOrDefault(i => i.Name == image.Name && i.Digest >= 0 && i.Parts.Name == image.Parts.Name) is { } pinned
                && untagged.TryAdd(image.Name, image.Reference) && image.Tag >= 0)
            {
                // the tag that the digest took the place of is still its own, whoever else reads it
                byNode[image.Tag] = pinned;
            }
        }
    }

    private void Try(ChartRendering rendering)
    {
        Dictionary<int, Queue<PinCandidate>> open = [];
        Dictionary<int, string> reasons = [];
        for (var i = 0; i < Images.Count; i++)
        {
            var image = Images[i];
            var judged = Policy.Judge(image.Reference);
            if (judged.Verdict != Verdict.Unpinned)
            {
                sites[image] = judged.Verdict == Verdict.Pinned ? Written(image) : new PinSite.Nowhere("the chart's templates render no whole reference from it");
                continue;
            }

            if (Number(image) is { } other)
            {
                sites[image] = new PinSite.Nowhere($"YAML reads the tag as the number {other}: put it in quotes, then pin it");
                continue;
            }

            open[i] = new(PinCandidate.Of(tree, image, Parent, StepsTo).Where(c => Allows(c, i, reasons)));
        }

        while (open.Count > 0)
        {
            Round(rendering, open, reasons);
            foreach (var i in open.Keys.Where(i => open[i].Count == 0).ToList())
            {
                open.Remove(i);
                sites.TryAdd(Images[i], new PinSite.Nowhere(reasons.GetValueOrDefault(i, "no field of it reaches the places where the chart's templates name the image")));
            }
        }
    }

    // every image's next candidate at once; those that do harm, or may have, go on to the one behind it
    private void Round(ChartRendering rendering, Dictionary<int, Queue<PinCandidate>> open, Dictionary<int, string> reasons)
    {
        Dictionary<int, PinCandidate> tried = [];
        ValueChanges changes = new();
        HashSet<(int, string?)> taken = [];
        foreach (var (i, queue) in open)
        {
            if (queue.TryDequeue(out var candidate))
            {
                if (taken.Add((candidate.Map >= 0 ? candidate.Map : candidate.Scalar, candidate.Map >= 0 ? candidate.Steps.Key : null)))
                {
                    tried.Add(i, candidate);
                    Add(changes, candidate, i);
                }
                else
                {
                    reasons.TryAdd(i, "its tag is that of another image as well");
                }
            }
        }

        PinTrial trial = new(Images, Changed(tried));
        HashSet<int> nodes = [.. tried.Values.Select(c => c.Map >= 0 ? c.Map : c.Scalar), .. tried.Keys.Select(i => Parent(Images[i].Leaf).Map)];
        var readers = before.Where(f => f.Reads.Overlaps(nodes)).Select(f => f.File).ToHashSet();
        Compare(trial, [.. before.Where(f => readers.Contains(f.File))], rendering.Render(ValuesTree.Of(tree, root, isJudged: true, changes), values.IsOwn, readers.Contains));
        var doubtful = trial.Unexplained.Select(u => u.Before).ToHashSet();
        foreach (var (i, candidate) in tried)
        {
            var reason = trial.Harm.GetValueOrDefault(i);
            if (reason is null && Reads(i, doubtful))
            {
                var single = Single(rendering, i, candidate, doubtful);
                reason = single is null ? "is read in too many places" : single.Harm.GetValueOrDefault(i) ?? (single.Unexplained is [var (_, what), ..] ? what : null);
                trial.Pinned.UnionWith(single?.Pinned ?? []);
            }

            var missing = Images[i].Places.Find(p => Counts(i, p) && !trial.Pinned.Contains((i, p.File, p.Branch, p.Line)));
            if (reason is null && missing is null && Images[i].Places.Exists(p => Counts(i, p)))
            {
                sites[Images[i]] = candidate.Site;
                open.Remove(i);
            }
            else if (reason is not null)
            {
                reasons.TryAdd(i, $"written as {candidate.Steps.Key} the digest {reason}, which is not this image alone");
            }
        }
    }

    private static Dictionary<int, int> Changed(Dictionary<int, PinCandidate> tried)
    {
        Dictionary<int, int> nodes = [];
        foreach (var (image, candidate) in tried)
        {
            nodes.TryAdd(candidate.Map >= 0 ? candidate.Map : candidate.Scalar, image);
        }

        return nodes;
    }

    private static void Compare(PinTrial trial, List<Rendered> before, List<Rendered> after)
    {
        // a chart may be there twice, under two names
        var files = after.GroupBy(f => f.File).ToDictionary(g => g.Key, g => new Queue<Rendered>(g));
        foreach (var file in before)
        {
            trial.Compare(file, files[file.File].Dequeue());
        }
    }

    private static void Add(ValueChanges changes, PinCandidate candidate, int image)
    {
        var text = candidate.Text(ChartImage.TrialDigest(image));
        if (candidate.Map >= 0)
        {
            if (!changes.Added.TryGetValue(candidate.Map, out var added))
            {
                changes.Added.Add(candidate.Map, added = []);
            }

            added[candidate.Steps.Key!] = text;
        }
        else
        {
            changes.Texts[candidate.Scalar] = text;
        }
    }

    private bool Reads(int image, HashSet<Rendered> files) =>
        files.Count > 0 && files.Any(f => (int[])[Images[image].Name, Images[image].Tag, Images[image].Digest] is var nodes && nodes.Any(f.Reads.Contains));

    // something changed that shows no digest: is it this image's doing?
    private PinTrial? Single(ChartRendering rendering, int image, PinCandidate candidate, HashSet<Rendered> doubtful)
    {
        if (++singleTrials > MostSingleTrials)
        {
            return null;
        }

        ValueChanges changes = new();
        Add(changes, candidate, image);
        PinTrial trial = new(Images, Changed(new() { [image] = candidate }));
        var wanted = doubtful.Select(f => f.File).ToHashSet();
        Compare(trial, [.. before.Where(f => wanted.Contains(f.File))], rendering.Render(ValuesTree.Of(tree, root, isJudged: true, changes), values.IsOwn, wanted.Contains));
        return trial;
    }

    // a branch that the image's own fields keep from being taken is not one where it is rendered
    private bool Counts(int image, ImagePlace place)
    {
        if (place.Branch is null)
        {
            return true;
        }

        if (Images[image].Places[0].Depth == 0 && place.Text != Images[image].Reference)
        {
            return false;
        }

        var map = Parent(Images[image].Leaf).Map;
        return !place.Branch.Conditions.Any(n => Parent(n).Map == map && map != root);
    }

    private bool Allows(PinCandidate candidate, int image, Dictionary<int, string> reasons)
    {
        if (values.Chart.Schema?.Allows(candidate.Steps, candidate.Text(ChartImage.TrialDigest(image))) != false)
        {
            return true;
        }

        reasons.TryAdd(image, $"the chart's values.schema.json does not allow a digest in {candidate.Steps}");
        return false;
    }

    private string? Number(ChartImage image) => image.Tag >= 0 ? PlainNumber.OtherText(tree, image.Tag) : null;

    // where the digest of a pinned image stands
    private PinSite Written(ChartImage image)
    {
        if (image.Digest >= 0 && Parent(image.Digest) is var (map, key) and { Map: >= 0 })
        {
            var text = tree[image.Digest].Value;
            MapField field = new(tree, map, key, tree[key].Next);
            if (image.Digest == image.Tag || image.Digest == image.Name || text.Contains('@', StringComparison.Ordinal))
            {
                return PinCandidate.Joined(tree, image.Digest, image.Reference, text) ?? (PinSite)new PinSite.Nowhere("the templates put more behind the digest");
            }

            if (!tree[key].Value.Contains("igest", StringComparison.Ordinal) && !tree[key].Value.Contains("sha", StringComparison.OrdinalIgnoreCase))
            {
                return new PinSite.Nowhere($"the digest stands in {tree[key].Value}: there is no tag to go back to");
            }

            return field.DigestHere() is PinSite.Field site ? site with { IsBare = !text.Contains(':', StringComparison.Ordinal) } : field.DigestHere();
        }

        return new PinSite.Nowhere("its digest stands in the chart's values.yaml");
    }
}
