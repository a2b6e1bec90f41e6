using Cleat.Formats.Helm.Templates;
using Cleat.Trees;
using Cleat.Trees.Comments;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Formats.Helm;

/// <summary>One way to write the digest of an image into values.</summary>
/// <param name="Site">How it is written.</param>
/// <param name="Steps">In the values: of the scalar that changes.</param>
/// <param name="Map">The map that gets a key, or -1.</param>
/// <param name="Scalar">The scalar that changes, or -1.</param>
/// <param name="Text">The new text, for a digest.</param>
internal sealed record PinCandidate(PinSite Site, Steps Steps, int Map, int Scalar, Func<string, string> Text)
{
    private const string Bare = "sha256:";

    /// <summary>The ways for an image, the best first: a digest field, the tag, the digits in a field, the whole reference.</summary>
    /// <param name="steps">The steps to a node from the root of the values.</param>
    public static IEnumerable<PinCandidate> Of(Tree tree, ChartImage image, Func<int, (int Map, int Key)> parent, Func<int, Steps> steps)
    {
        var leaf = image.Tag >= 0 ? image.Tag : image.Name >= 0 ? image.Name : image.Digest;
        var (map, key) = parent(leaf);
        if (map < 0)
        {
            yield break;
        }

        if (key < 0)
        {
            // an item of a list stands by itself
            if (image.Name >= 0 && Joined(tree, image.Name, image.Reference, tree[image.Name].Value) is { } item)
            {
                yield return new(item, steps(image.Name), -1, image.Name, d => Tagged(tree, image) + "@" + d);
            }

            yield break;
        }

        var its = steps(leaf);
        var nameKey = image.Name >= 0 && parent(image.Name) is var (nameMap, nameKeyNode) && nameMap == map && nameKeyNode >= 0 ? tree[nameKeyNode].Value : "image";
        // what a program writes (Flux, kpt) it writes without knowing a digest beside it
        var isSet = image.Tag >= 0 && TrailingComment.Behind(tree.Source, tree[image.Tag].Span)?.Setter is not null;
        string[] fields = isSet ? [] : ["digest", "imageDigest", nameKey + "Digest", "sha", "sha256", "imageSha"];
        foreach (var name in fields)
        {
            if (MapField.Find(tree, map, name) is { Text: null } field && tree[field.Value].Kind == NodeKind.Scalar)
            {
                yield return new(field.DigestHere(), its.Parent.Add(name), -1, field.Value, d => d);
                if (field.DigestHere() is PinSite.InsertField empty)
                {
                    yield return new(empty with { IsBare = true }, its.Parent.Add(name), -1, field.Value, d => d[Bare.Length..]);
                }
            }
        }

        if (!isSet && MapField.Find(tree, map, "digest") is null && Array.Find([image.Tag, image.Name], n => n >= 0 && parent(n).Map == map) is var behind and > 0)
        {
            yield return new(new MapField(tree, map, parent(behind).Key, tree[parent(behind).Key].Next).DigestBehind() with { WithoutTag = null }, its.Parent.Add("digest"), map, -1, d => d);
        }

        if (image.Tag >= 0 && Joined(tree, image.Tag, image.Reference, tree[image.Tag].Value) is { } tagged)
        {
            yield return new(tagged, steps(image.Tag), -1, image.Tag, d => tree[image.Tag].Value + "@" + d);
        }

        if (image.Tag < 0 && image.RenderedTag is { } tag && Array.Find([MapField.Find(tree, map, "tag"), MapField.Find(tree, map, "version"), MapField.Find(tree, map, nameKey + "Tag")], f => f is { Text: null }) is { } empty2
            && tree[empty2.Value].Kind == NodeKind.Scalar && empty2.DigestHere() is PinSite.InsertField place)
        {
            yield return new(place with { Before = $"{place.Before}{tag}@", After = "" }, its.Parent.Add(tree[empty2.Key].Value), -1, empty2.Value, d => $"{tag}@{d}");
        }

        if (image is { Tag: < 0, RenderedTag: { } rendered } && MapField.Find(tree, map, "tag") is null && image.Name >= 0 && parent(image.Name).Map == map && nameKey == "repository")
        {
            var field = new MapField(tree, map, parent(image.Name).Key, tree[parent(image.Name).Key].Next).FieldBehind("tag", $"{rendered}@");
            yield return new(field with { WithoutTag = null }, its.Parent.Add("tag"), map, -1, d => $"{rendered}@{d}");
        }

        if (image.Name >= 0 && Joined(tree, image.Name, image.Reference, tree[image.Name].Value) is { } whole)
        {
            yield return new(whole, steps(image.Name), -1, image.Name, d => Tagged(tree, image) + "@" + d);
        }
    }

    // a reference without a tag gets the one that it means
    private static string Tagged(Tree tree, ChartImage image) => tree[image.Name].Value + (image.Parts is { Tag: null, Digest: null } ? ":latest" : "");

    /// <summary>The site of what is the end of a reference, and stands as it is written.</summary>
    public static PinSite.Text? Joined(Tree tree, int node, string reference, string text)
    {
        if (tree[node] is not { Kind: NodeKind.Scalar, Value.Length: > 0 } scalar || !reference.EndsWith(text, StringComparison.Ordinal))
        {
            return null;
        }

        var prefix = reference[..^text.Length];
        return new(scalar.Span, Prefix: prefix, LineComment: prefix.Length == 0 ? ScalarUse.Comment(tree) : null);
    }
}
