using Cleat.Text;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.DockerHub;

/// <summary>
/// What Docker Hub's API answers for a tag (docs.docker.com, Docker Hub API, "Read repository tag"): a tag <c>name</c> and
/// <c>images[]</c>, one for each platform. Each entry must bear the digest of its own platform's manifest.
/// </summary>
internal static class DockerHubTag
{
    public static Format Format { get; } = new("docker-hub-tag", "Docker Hub tag document", "*.json")
    {
        Requires = ["images", "name"],
        Signs = new() { Words = ["\"architecture\""] },
        Paths = new("images[]"),
        Take = Take,
    };

    private static void Take(Place place)
    {
        var (tree, match, format, sink, _) = place;
        var entry = match.Node;
        if (tree[entry].Kind != NodeKind.Map || tree.Text(entry, "architecture") is not { } architecture || tree.Child(0, "name") is not (>= 0 and var tag))
        {
            return;
        }

        var repository = tree.Child(0, "repository") is var r and >= 0 && tree[r] is { Kind: NodeKind.Scalar, IsPlain: false } named ? named.Value : null;
        var name = $"{repository}:{tree[tag].Value}";
        var platform = Platform(tree, entry, architecture);
        var digest = tree.Child(entry, "digest");
        var has = digest >= 0 && !tree.IsNull(digest) && tree[digest].Value.Length > 0;
        var text = has ? $"{name}@{tree[digest].Value}" : name;
        var site = repository is null && !has
            ? new PinSite.Nowhere("the document gives the repository as a number, which no registry knows: write its name there (\"repository\": \"library/nginx\"), then pin")
            : Site(tree, entry, digest, has);
        // Docker Hub itself gives the repository as a number: the digest can be judged all the same
        var judged = ScalarUse.Judged(format.Name, match.Steps.Add("digest"), repository is null ? "unnamed" + text : text, has ? tree[digest].Span : tree[tag].Span, site, platform);
        sink.Add(judged with { Text = text, Reference = repository is null ? null : judged.Reference });
    }

    private static string Platform(Tree tree, int entry, string architecture)
    {
        var variant = tree.Child(entry, "variant") is var v and >= 0 && !tree.IsNull(v) ? tree[v].Value : "";
        return $"{tree.Text(entry, "os") ?? "linux"}/{architecture}{(variant.Length == 0 ? "" : "/" + variant)}";
    }

    private static PinSite Site(Tree tree, int entry, int digest, bool has)
    {
        if (has)
        {
            return new PinSite.Field(tree[digest].Span, Member(tree, entry, digest));
        }

        if (digest >= 0)
        {
            // null, or an empty string with its quotes
            var at = tree[digest].Span;
            return new PinSite.InsertField(tree[digest].IsPlain ? at : new(at.Start - 1, at.Length + 2), "\"", "\"");
        }

        // in front of a member that has one before it, so that exactly one line is added: Docker Hub's own order has it before "os"
        var file = tree.Source.Span;
        var key = tree[entry].First;
        for (var k = key; k >= 0; k = tree[tree[k].Next].Next)
        {
            key = tree[k].Value == "os" ? k : key;
        }

        var quote = tree[key].Span.Start - 1;
        var gap = quote;
        while (file[gap - 1] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            gap--;
        }

        var colon = TextSpan.FromBounds(tree[key].Span.End + 1, tree[tree[key].Next].Span.Start - (tree[tree[key].Next].IsPlain ? 0 : 1));
        return new PinSite.InsertField(new(quote, 0), $"\"digest\"{tree.Source.Slice(colon)}\"", $"\",{tree.Source.Slice(TextSpan.FromBounds(gap, quote))}");
    }

    // the member with one comma and the white space on its side
    private static TextSpan Member(Tree tree, int entry, int digest)
    {
        var file = tree.Source.Span;
        var previous = -1;
        for (var k = tree[entry].First; k >= 0; previous = k, k = tree[tree[k].Next].Next)
        {
            if (tree[k].Next != digest)
            {
                continue;
            }

            var start = tree[k].Span.Start - 1;
            var after = tree[digest].Next;
            if (after >= 0)
            {
                return TextSpan.FromBounds(start, tree[after].Span.Start - 1);
            }

            return TextSpan.FromBounds(previous < 0 ? start : file[..start].LastIndexOf((byte)','), tree[digest].Span.End + 1);
        }

        return new(tree[digest].Span.Start, 0);
    }
}
