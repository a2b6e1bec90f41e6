using Cleat.Trees.Paths;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Helm;

/// <summary>
/// The values of a chart (helm.sh/docs, chart best practices, "Values", and what charts do): an image is a scalar under a key that ends in
/// <c>image</c>, or a map with <c>registry</c>, <c>repository</c>, <c>tag</c> and <c>digest</c>. Without a tag the chart's appVersion is it. Where the chart's
/// templates are here, what they render counts.
/// </summary>
internal static class HelmValues
{
    private const string Unproved = "the chart's templates do not show that they read a digest for it: write digest, or tag as tag@digest, as the chart's documentation says";

    private static readonly string[] Pictures = [".png", ".svg", ".jpg", ".jpeg", ".gif", ".ico", ".webp"];

    public static PathSet Paths { get; } = new("**.image", "**.*Image", "**.*image", "**.images.*", "**.repository", "**.tag", "**.*Tag");

    /// <summary>Opens a file of values beside its chart.</summary>
    public static Action<Place> Open(Document document)
    {
        ChartValues values = new(Chart.In(document.Beside), document.Tree, Steps.Root);
        var rendered = RenderedImages.Of(values, document.Sink.WantsSites);
        HashSet<int> known = [];
        foreach (var image in rendered?.Images ?? [])
        {
            // of several that a value is part of the first is what is rendered by default
            if (!image.IsOpaque && image.Nodes.All(n => rendered!.Of(n) == image))
            {
                document.Sink.AddOnce(rendered!.Use(image, document.Format.Name));
                known.UnionWith(rendered.Said(image));
            }
        }

        return place =>
        {
            if (IsKnown(place.Tree, place.Match, known))
            {
                return;
            }

            var first = place.Sink.Uses.Count;
            Take(place, values);
            for (var i = first; i < place.Sink.Uses.Count && rendered?.Unknown(place.Tree, place.Match.Node) is { } unknown; i++)
            {
                var use = place.Sink.Uses[i];
                place.Sink.Uses[i] = use.Verdict == Verdict.Unpinned ? use with { Site = new PinSite.Nowhere($"the chart's templates make {unknown} of it, which is not evaluated: write the digest as the chart's documentation says") } : use;
            }
        };
    }

    /// <summary>Judges what stands at a place in values.</summary>
    public static void Take(Place place, ChartValues values)
    {
        var last = place.Match.Pattern[(place.Match.Pattern.LastIndexOf('.') + 1)..];
        if (last is "repository" or "tag" or "*Tag")
        {
            var (tree, map) = (place.Tree, place.Match.Holder);
            if (last == "repository" && MapField.Find(tree, map, "tag") is not null && !NamesImage(place.Match.Steps.Parent))
            {
                Map(place with { Match = place.Match with { Node = map, Steps = place.Match.Steps.Parent } }, values);
            }
        }
        else if (place.Node.Kind == NodeKind.Map)
        {
            Map(place, values);
        }
        else if (place.Node.Kind == NodeKind.Scalar && last != "*")
        {
            Scalar(place, values);
        }
    }

    // its own path leads to it
    private static bool NamesImage(Steps map) => map.Key?.EndsWith("mage", StringComparison.Ordinal) == true || map.Parent.Key == "images";

    // the image is said already, or a part of it
    private static bool IsKnown(Tree tree, Match match, HashSet<int> known)
    {
        var isPart = match.Pattern.EndsWith(".repository", StringComparison.Ordinal) || match.Pattern.EndsWith("ag", StringComparison.Ordinal);
        if (tree[match.Node].Kind == NodeKind.Scalar && !isPart)
        {
            return known.Contains(match.Node);
        }

        foreach (var (_, value) in tree.Entries(isPart ? match.Holder : match.Node))
        {
            if (known.Contains(tree.Target(value)))
            {
                return true;
            }
        }

        return false;
    }

    private static void Map(Place place, ChartValues values)
    {
        var (tree, map) = (place.Tree, place.Match.Node);
        MapField? Get(string key) => MapField.Find(tree, map, key) is { } field && tree.Target(field.Value) is var v and >= 0 && tree[v].Kind == NodeKind.Scalar ? field : null;
        var (name, digest) = (Get("repository"), Get("digest"));
        var tag = Get("tag") ?? (name is null ? null : Get("version"));
        name ??= tag is null && digest is null ? null : Get("name");
        if ((name is null && tag is null && digest is null) || (name is null && place.Match.Pattern.EndsWith(".images.*", StringComparison.Ordinal)))
        {
            return;
        }

        var path = values.PathOf(place.Match.Steps);
        if ((name is null || tag is null) && values.IsOverridden(path, "repository", "tag", "digest"))
        {
            // said with what is laid over it
            return;
        }

        var repository = name?.Text ?? values.Default(path, "repository") ?? (name is null ? values.Default(path, "name") : null);
        var registry = Get("registry") is { } own ? own.Text : values.Default(path, "registry");
        registry = registry is null && Get("registry") is null ? null : values.GlobalRegistry ?? registry;
        if (repository?.Contains("://", StringComparison.Ordinal) == true)
        {
            return;
        }

        if (repository is null && tag?.Text is null && digest?.Text is null)
        {
            // a place for an image that is named elsewhere
            return;
        }

        var full = repository is null ? null : string.IsNullOrEmpty(registry) ? repository : $"{registry}/{repository}";
        Add(place, values, new(full, name, tag, tag?.Text ?? (tag is null ? values.Default(path, "tag") : null), digest, digest?.Text ?? (digest is null ? values.Default(path, "digest") : null)));
    }

    private static void Scalar(Place place, ChartValues values)
    {
        var (tree, value) = (place.Tree, place.Node.Value);
        if (tree.IsNull(place.Match.Node) || value.Length == 0 || (place.Node.IsPlain && value is "true" or "false") || PlainNumber.Is(tree, place.Match.Node))
        {
            return;
        }

        if (value.Contains("://", StringComparison.Ordinal) || value.StartsWith("data:", StringComparison.Ordinal) || Array.Exists(Pictures, p => value.EndsWith(p, StringComparison.OrdinalIgnoreCase)))
        {
            place.Sink.Add(ScalarUse.Local(place.Format.Name, place.Match.Steps, value, place.Node.Span, "a picture or an address, no container image"));
            return;
        }

        var key = place.Match.Steps.Key!;
        MapField? Beside(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (MapField.Find(tree, place.Match.Holder, name) is { } field && tree.Target(field.Value) is var v and >= 0 && tree[v].Kind == NodeKind.Scalar)
                {
                    return field;
                }
            }

            return null;
        }

        var own = MapField.Find(tree, place.Match.Holder, key);
        var (tag, digest) = key == "image" ? (Beside("tag", "imageTag"), Beside("digest", "imageDigest")) : (Beside(key + "Tag"), Beside(key + "Digest"));
        var (_, ownTag, ownDigest) = Kustomize.ImageEntry.Split(value);
        if (own is not null && (tag ?? digest) is not null && ownTag is null && ownDigest is null)
        {
            Add(place, values, new(value, own, tag, tag?.Text, digest, digest?.Text) { IsPair = true });
        }
        else if (values.Chart.Templates.Continues(values.PathOf(place.Match.Steps)))
        {
            place.Sink.Add(ScalarUse.Judged(place.Format.Name, place.Match.Steps, value, place.Node.Span, new PinSite.Nowhere("the templates put a tag behind it: pin it where that stands"), null));
        }
        else
        {
            place.Judge();
        }
    }

    private static void Add(Place place, ChartValues values, ImageFields parts)
    {
        var (format, path) = (place.Format.Name, place.Match.Steps);
        var span = (parts.Digest is { Text: not null } d ? d : parts.Tag is { Text: not null } t ? t : parts.Name ?? parts.Tag ?? parts.Digest)!.Value.Span;
        var other = parts.Tag is { } field ? PlainNumber.OtherText(place.Tree, field.Value) : null;
        var tag = other ?? parts.TagText;
        var inName = parts.Full is { } full && Kustomize.ImageEntry.Split(full) is not { Tag: null, Digest: null };
        var text = Kustomize.ImageEntry.Text(parts.Full ?? "", tag ?? (inName ? null : values.Chart.AppVersionAt(values.PathOf(path))), parts.DigestText);
        if (parts.Full is null)
        {
            place.Sink.Add(ScalarUse.Local(format, path, text, span, "the repository is set elsewhere") with
            {
                Verdict = Verdict.Dynamic,
                Problem = "its repository is not set in these values, nor in the chart's own",
                Site = new PinSite.Nowhere("its repository is not known here"),
            });
            return;
        }

        if (tag is null && !inName && parts.DigestText is null && values.Chart.IsElsewhere(values.PathOf(path)))
        {
            place.Sink.Add(DynamicUse.Of(format, path, text, span, "its tag is the version of a chart that this one depends on, and that is not here: write it as tag"));
            return;
        }

        var use = ScalarUse.Judged(format, path, text, span, Site(place, values, parts, text, other), null);
        place.Sink.Add(other is null || use.Verdict != Verdict.Unpinned ? use : use with { Problem = $"YAML reads the tag as the number {other}" });
    }

    private static PinSite Site(Place place, ChartValues values, ImageFields parts, string text, string? other)
    {
        if (parts.Digest is { } digest)
        {
            return digest.DigestHere();
        }

        if (parts.DigestText is not null)
        {
            return new PinSite.Nowhere("its digest stands in the chart's values.yaml");
        }

        if (parts.Tag is { Text: { } written } tagged && written.Contains('@', StringComparison.Ordinal))
        {
            return new PinSite.Text(tagged.Span, Prefix: text[..^written.Length]);
        }

        if (other is not null)
        {
            return new PinSite.Nowhere($"YAML reads the tag as the number {other}: put it in quotes, then pin it");
        }

        if (MapField.Find(place.Tree, place.Match.Node, "sha") is not null)
        {
            return new PinSite.Nowhere("this chart wants the digest in sha, as hex digits alone: write it there");
        }

        var route = parts.IsPair ? values.Chart.Templates.Route(values.PathOf(place.Match.Steps), "") : values.Chart.Templates.Route(values.PathOf(place.Match.Steps), parts.TagKey);
        return (route, parts.Tag) switch
        {
            (DigestRoute.Field, _) when !parts.IsPair && (parts.Tag ?? parts.Name) is { } last => last.DigestBehind() with { WithoutTag = null },
            (DigestRoute.Tag, { Text: { } last } tag) => new PinSite.Text(tag.Span, Prefix: text[..^last.Length], LineComment: null),
            (DigestRoute.Tag, _) => new PinSite.Nowhere("its tag is the chart's appVersion: write it as tag, then pin it"),
            (DigestRoute.TagElsewhere, _) => new PinSite.Nowhere("the templates use its tag for more than the image (a label), which a digest would break: let them read a field digest"),
            _ => new PinSite.Nowhere(Unproved),
        };
    }

    /// <summary>An image in parts.</summary>
    /// <param name="Full">Registry and repository; null when not known.</param>
    private sealed record ImageFields(string? Full, MapField? Name, MapField? Tag, string? TagText, MapField? Digest, string? DigestText)
    {
        /// <summary>Name and tag are neighbours in a map, not a map of their own.</summary>
        public bool IsPair { get; init; }

        public string TagKey => Tag is { } tag ? tag.Tree[tag.Key].Value : "tag";
    }
}
