using Cleat.Formats.Dockerfile;
using Cleat.Trees;

namespace Cleat.Formats.Compose;

/// <summary>
/// Compose files (compose-spec, 05-services.md, build.md and 12-interpolation.md). <c>build.cache_from</c> is left out: a cache
/// that is not there is no error and selects nothing.
/// </summary>
internal static class ComposeFormat
{
    private const string DockerImage = "docker-image://";

    private static readonly string[] Names = ["compose*.yaml", "compose*.yml", "docker-compose*.yaml", "docker-compose*.yml"];

    private static readonly PathSet Paths = new(
        "services.*.image",
        "services.*.build.dockerfile_inline",
        "services.*.build.additional_contexts.*",
        "services.*.build.additional_contexts[]",
        "services.*.volumes[].source");

    /// <summary>Version 1: the services stand at the root.</summary>
    private static readonly PathSet Version1Paths = new("*.image");

    public static IReadOnlyList<Format> All { get; } =
    [
        new("compose", "Compose file, swarm stack", [.. Names, "*.stack.yaml", "*.stack.yml"]) { Requires = ["services"], Paths = Paths, Take = Take },
        new("compose", "Compose file, version 1", Names) { Recognises = tree => tree.Child(0, "services") < 0 && tree.Child(0, "apiVersion") < 0, Paths = Version1Paths, Take = Take },
    ];

    public static void Take(Place place)
    {
        var (tree, match, format, sink, _) = place;
        if (tree[match.Node].Kind != NodeKind.Scalar || tree.IsNull(match.Node))
        {
            // a template's expression is said by the common reader; maps and lists name nothing here
            place.Judge();
            return;
        }

        var value = tree[match.Node].Value;
        var key = match.Path[(match.Path.LastIndexOf('.') + 1)..];
        if (key == "dockerfile_inline")
        {
            Inline(tree, match, format, sink);
        }
        else if (key == "source")
        {
            if (tree.Text(match.Holder, "type") == "image")
            {
                Interpolated(tree, match, format, 0, sink);
            }
        }
        else if (key == "image" && tree.Child(match.Holder, "build") >= 0)
        {
            sink.Add(ScalarUse.Local(format.Name, match.Path, value, tree[match.Node].Span, "the service is built here: this names what it builds"));
        }
        else if (key == "image")
        {
            Interpolated(tree, match, format, 0, sink);
        }
        else if (value.IndexOf(DockerImage, StringComparison.Ordinal) is var at and >= 0 && (at == 0 || value[at - 1] == '='))
        {
            Interpolated(tree, match, format, at + DockerImage.Length, sink);
        }
    }

    private static void Interpolated(Tree tree, Match match, Format format, int skip, UseSink sink)
    {
        ref readonly var node = ref tree[match.Node];
        var raw = tree.Source.Slice(node.Span);
        if (raw != node.Value)
        {
            // written with escapes or folded: it can be judged, and written anew as a whole, but not in part
            var whole = Interpolation.Read(node.Value[skip..]);
            var site = whole.IsLiteral && skip == 0
                ? (PinSite)new PinSite.Text(node.Span, LineComment: ScalarUse.Comment(tree))
                : new PinSite.Nowhere("it is written with escapes: write it plainly first");
            sink.Add(ScalarUse.Judged(format.Name, match.Path, whole.Text, node.Span, site, null) with { Text = node.Value[skip..] });
            return;
        }

        var start = node.Span.Start + skip;
        sink.Add(Interpolation.Read(raw[skip..]).Use(format.Name, match.Path, start, ScalarUse.Comment(tree)));
    }

    private static void Inline(Tree tree, Match match, Format format, UseSink sink)
    {
        ref readonly var node = ref tree[match.Node];
        var text = System.Text.Encoding.UTF8.GetBytes(node.Value);
        if (EmbeddedText.Align(text, tree.Source.Span, node.Span) is { } map)
        {
            DockerfileFormat.Read(text, map, format.Name, match.Path + ":", sink);
        }
        else
        {
            sink.Problem(node.Span.Start, "the inline Dockerfile is folded or escaped, so its places cannot be found: write it as a literal block (|)");
        }
    }
}
