using Cleat.Formats.Shell;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Formats.PreCommit;

/// <summary>
/// Hooks of pre-commit that run in an image (pre-commit.com, "docker_image"): <c>entry</c> is what follows <c>docker run</c>, so the image is its
/// first word, or the one behind <c>--entrypoint x</c>.
/// </summary>
internal static class PreCommitFormats
{
    public static IReadOnlyList<Format> All { get; } =
    [
        new("pre-commit", "pre-commit configuration", ".pre-commit-config.yaml", ".pre-commit-config.yml")
        {
            Signs = new() { Words = ["docker_image"] },
            Paths = new("repos[].hooks[]{language=docker_image}.entry"),
            Take = Take,
        },
        new("pre-commit", "pre-commit hooks", ".pre-commit-hooks.yaml")
        {
            Signs = new() { Words = ["docker_image"] },
            Paths = new("[]{language=docker_image}.entry"),
            Take = Take,
        },
    ];

    private static void Take(Place place)
    {
        if (place.Node.Kind != Trees.NodeKind.Scalar)
        {
            return;
        }

        var value = place.Node.Value;
        List<(string Text, int Start)> words = [.. Split(value)];
        var image = ContainerCommand.Operand([.. words.Select(w => w.Text)], 0);
        if (image < 0)
        {
            return;
        }

        var (text, start) = words[image];
        var (name, path) = (place.Format.Name, place.Match.Steps);
        if (place.Tree.Source.Slice(place.Node.Span) != value || text != value.Substring(start, text.Length))
        {
            place.Sink.Add(ScalarUse.Judged(name, path, text, place.Node.Span, new PinSite.Nowhere("it is written with escapes, or over several lines: write it plainly first"), null));
            return;
        }

        if (!System.Text.Unicode.Utf8.IsValid(place.Tree.Source.Span.Slice(place.Node.Span.Start, place.Node.Span.Length)))
        {
            // its characters are not the file's
            place.Sink.Add(ScalarUse.Judged(name, path, text, place.Node.Span, new PinSite.Nowhere("it holds bytes that are not UTF-8: write it anew first"), null));
            return;
        }

        // characters in front of a reference may be any; it itself is ASCII
        var lead = System.Text.Encoding.UTF8.GetByteCount(value.AsSpan(0, start));
        TextSpan span = new(place.Node.Span.Start + lead, System.Text.Encoding.UTF8.GetByteCount(text));
        var comment = words.Count == 1 ? ScalarUse.Comment(place.Tree) : null;
        place.Sink.Add(ScalarUse.Judged(name, path, text, span, new PinSite.Text(span, LineComment: comment), null));
    }

    // the words of shlex.split, with quotes around whole words only
    private static IEnumerable<(string Text, int Start)> Split(string value)
    {
        for (var i = 0; i < value.Length;)
        {
            if (char.IsWhiteSpace(value[i]))
            {
                i++;
                continue;
            }

            var quote = value[i] is '"' or '\'' ? value[i] : '\0';
            var start = quote == '\0' ? i : i + 1;
            var end = start;
            while (end < value.Length && (quote == '\0' ? !char.IsWhiteSpace(value[end]) : value[end] != quote))
            {
                end++;
            }

            yield return (value[start..end], start);
            i = quote == '\0' ? end : end + 1;
        }
    }
}
