using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Yaml;
using Cleat.Uses;

namespace Cleat.Formats.Ci;

/// <summary>
/// What a step of a Concourse pipeline gives a task of another file for its image (concourse-ci.org/docs, "task step": vars): judged where it is given, since the task names it only as <c>((image))</c>.
/// </summary>
internal sealed class TaskCall
{
    public const string Path = "**.vars";

    // the folder of the repository, from that of the pipeline
    private static readonly string[] Up = ["", "../", "../../"];

    private readonly string repository = "";
    private readonly string? tag;

    private TaskCall(SourceText source)
    {
        foreach (var tree in YamlTrees.Read(source, new(source.BomLength, source.Bytes.Length - source.BomLength), out _).Where(t => t.Count > 0 && t.Child(0, "platform") >= 0))
        {
            var image = tree.Child(tree.Child(0, "image_resource"), "source");
            repository = tree.Text(image, "repository") ?? "";
            tag = tree.Text(image, "tag");
        }
    }

    public static void Take(Place place)
    {
        var (tree, match) = (place.Tree, place.Match);
        if (tree.Child(match.Holder, "task") < 0 || tree.Text(match.Holder, "file") is not { } file || file.IndexOf('/', StringComparison.Ordinal) is not (var slash and > 0) || file.Contains("((", StringComparison.Ordinal))
        {
            return;
        }

        // the first name is that of what was fetched
        foreach (var task in Up.Select(up => place.Beside.Parsed(up + file[(slash + 1)..], static source => new TaskCall(source))).OfType<TaskCall>().Take(1))
        {
            task.Judge(place);
        }
    }

    private void Judge(Place place)
    {
        var tree = place.Tree;
        var text = tag is null ? repository : $"{repository}:{tag}";
        var last = -1;
        foreach (var (key, value) in tree.Entries(place.Match.Node))
        {
            var name = $"(({tree[key].Value}))";
            if (text.Contains(name, StringComparison.Ordinal) && tree.Target(value) is var given and >= 0 && tree[given] is { Kind: NodeKind.Scalar, Value: { Length: > 0 } written })
            {
                last = last < 0 || text.IndexOf(name, StringComparison.Ordinal) > 0 ? given : last;
                text = text.Replace(name, written, StringComparison.Ordinal);
            }
        }

        if (last >= 0 && !text.Contains("((", StringComparison.Ordinal))
        {
            PinSite.Nowhere there = new("the task's file names the image: write version: {digest: …} beside its source");
            place.Sink.AddOnce(ScalarUse.Judged(place.Format.Name, place.Match.Steps, text, tree[last].Span, there, null));
        }
    }
}
