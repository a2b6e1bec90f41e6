using Cleat.Trees.Paths;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.DevContainer;

/// <summary>
/// Dev containers (containers.dev, devcontainer.json reference; JSON with comments): <c>image</c>, and the keys of <c>features</c>, which are OCI
/// references. A feature is named by a tag or by a digest, not by both (containers.dev, "Features: Referencing a Feature"), so its tag goes into a comment.
/// </summary>
internal static class DevContainerFormat
{
    public static Format Format { get; } = new("devcontainer", "Dev container", ".devcontainer/**/devcontainer.json", ".devcontainer.json", "devcontainer.json")
    {
        Paths = new("image", "features"),
        TakesMaps = true,
        Take = Take,
        Where = "image; the keys of features",
    };

    private static void Take(Place place)
    {
        if (place.Match.Steps is { Count: 1, Key: "image" })
        {
            place.Judge();
            return;
        }

        var tree = place.Tree;
        for (var key = place.Node.Kind == NodeKind.Map ? place.Node.First : -1; key >= 0; key = tree[tree[key].Next].Next)
        {
            ref readonly var name = ref tree[key];
            var path = Steps.Of("features", Name(name.Value));
            if (IsOther(name.Value) is { } what)
            {
                place.Sink.Add(ScalarUse.Local(place.Format.Name, path, name.Value, name.Span, what));
                continue;
            }

            if (DevContainerLock.Of(place.Beside, name.Value) is { } locked)
            {
                place.Sink.Add(ScalarUse.Local(place.Format.Name, path, name.Value, name.Span, locked));
                continue;
            }

            var raw = tree.Source.Slice(name.Span);
            PinSite site = raw == name.Value
                ? new PinSite.Text(name.Span) { TagInComment = true }
                : new PinSite.Nowhere("it is written with escapes: write it plainly first");
            place.Sink.Add(ScalarUse.Judged(place.Format.Name, path, name.Value, name.Span, site, null));
        }
    }

    // the path must not change when the digest does
    private static string Name(string text) => text.IndexOf('@', StringComparison.Ordinal) is var at && at < 0
        ? text.LastIndexOf(':') is var colon && colon > text.LastIndexOf('/') ? text[..colon] : text
        : Name(text[..at]);

    private static string? IsOther(string name) =>
        name.StartsWith('.') ? "it is a folder of this repository"
        : name.Contains("://", StringComparison.Ordinal) ? "it is a file to download: it is fetched by its address"
        : !name.Contains('/', StringComparison.Ordinal) ? "it is an old short name that the tool itself resolves"
        : null;
}
