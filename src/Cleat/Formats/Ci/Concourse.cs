using Cleat.Formats.Variables;
using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Ci;

/// <summary>
/// Concourse (concourse-ci.org/docs, "Resources", "Tasks": image_resource; the registry-image resource): the reference is split into
/// <c>source.repository</c>, <c>source.tag</c> and <c>version.digest</c>.
/// </summary>
internal static class Concourse
{
    private const string Resource = "image_resource";

    private static readonly PathSet Paths = new(
        "**.image_resource{type=registry-image|docker-image}.source.repository",
        "resources[]{type=registry-image|docker-image}.source.repository",
        "resource_types[]{type=registry-image|docker-image}.source.repository",
        "prototypes[]{type=registry-image|docker-image}.source.repository",
        TaskCall.Path);

    public static IReadOnlyList<Format> All { get; } =
    [
        new("concourse", "Concourse pipeline", "*.yml", "*.yaml") { Requires = ["jobs", "resources"], Signs = new() { NeverKubernetes = true }, Paths = Paths, TakesMaps = true, Open = Open },
        new("concourse", "Concourse pipeline, jobs alone", "*.yml", "*.yaml") { Requires = ["jobs"], Recognises = HasPlan, Signs = new() { Words = [Resource], NeverKubernetes = true }, Paths = Paths, TakesMaps = true, Open = Open },

        // it may stand behind a Kubernetes object in one file
        new("concourse", "Concourse task", "*.yml", "*.yaml") { Requires = ["platform", Resource], Signs = new() { Words = [Resource] }, Paths = Paths, TakesMaps = true, Open = Open },
    ];

    private static bool HasPlan(Tree tree)
    {
        foreach (var job in tree.Items(tree.Child(0, "jobs")))
        {
            return tree.Child(job, "plan") >= 0;
        }

        return false;
    }

    private static Action<Place> Open(Document document)
    {
        var parents = Parents(document.Tree);
        return place => Take(place, parents);
    }

    private static void Take(Place place, int[] parents)
    {
        var (tree, match, format, sink, _) = place;
        if (match.Pattern == TaskCall.Path)
        {
            TaskCall.Take(place);
            return;
        }

        if (place.Node.Kind != NodeKind.Scalar)
        {
            return;
        }

        // the match stands in `source`; the resource is around it
        var resource = parents[match.Holder];
        var tag = tree.Child(match.Holder, "tag");
        var hasTag = tag >= 0 && tree[tag].Kind == NodeKind.Scalar;
        var version = tree.Child(resource, "version");
        var digest = tree.Child(version, "digest");
        var end = digest < 0 ? "" : "@" + tree[digest].Value;
        var text = place.Node.Value + (hasTag ? ":" + tree[tag].Value : "") + end;
        var path = match.Steps.Take(match.Steps.Count - 2);
        if (text.Contains("((.:", StringComparison.Ordinal))
        {
            Across(place, hasTag ? tag : -1, path, end);
            return;
        }

        var span = digest >= 0 ? tree[digest].Span : hasTag ? tree[tag].Span : place.Node.Span;
        PinSite site = digest >= 0 ? new PinSite.Field(tree[digest].Span, Whole(tree, resource, version))
            : version >= 0 ? new PinSite.Nowhere("'version' says which version is fetched: take it away, then pin")
            : Insert(tree, resource, match.Holder, hasTag);
        sink.Add(ScalarUse.Judged(format.Name, path, text, span, site, null));
    }

    // concourse-ci.org/docs, "Across": ((.:x)) is each of the values of a step around it
    private static void Across(Place place, int tag, Steps path, string end)
    {
        var (tree, match) = (place.Tree, place.Match);
        Assembled Read(Choices choices)
        {
            Assembled all = new();
            all.Add(Reader(tree[match.Node].Span.Start, choices).Read(tree[match.Node].Value));
            if (tag >= 0)
            {
                all.AddText(":", null);
                all.Add(Reader(tree[tag].Span.Start, choices).Read(tree[tag].Value));
            }

            return all;
        }

        ExpressionText Reader(int start, Choices choices) => new(start, name => Variable(tree, path, name, choices), static _ => "the pipeline's variables are given when it is set: pin the value there");
        foreach (var pieces in Choices.All(Read, tree[match.Node].Value))
        {
            var use = pieces.Use(place.Format.Name, path, tree[match.Node].Value, tag >= 0 ? tree[tag].Span : place.Node.Span, null);
            place.Sink.AddOnce(end.Length > 0 ? ScalarUse.Judged(use.Format, use.Steps, pieces.Text + end, use.Span, use.Site, null)
                : use.Site is PinSite.Text ? use with { Site = new PinSite.Nowhere("a step fetches several images here, which one version cannot pin: write a step for each, then pin") } : use);
        }
    }

    private static KnownValue? Variable(Tree tree, Steps place, string name, Choices choices)
    {
        const string Local = ".:";
        List<(int Node, Steps Path)> values = [];
        for (var count = place.Count; count > 0 && values.Count == 0 && name.StartsWith(Local, StringComparison.Ordinal); count--)
        {
            var path = place.Take(count).Add("across");
            var index = 0;
            foreach (var variable in tree.Items(tree.Find(path)))
            {
                if (tree.Text(tree.Target(variable), "var") == name[Local.Length..])
                {
                    var number = 0;
                    foreach (var value in tree.Items(tree.Child(variable, "values")))
                    {
                        values.Add((tree.Target(value), path.Add(Steps.Of(index, "values", number++))));
                    }
                }

                index++;
            }
        }

        return values.Count > 0 && values[choices.Take((values[0].Path, name), values.Count)] is var (node, at) ? KnownValue.At(tree, node, at, name) : null;
    }

    // for each value of a map that map: the one that it is written in, where an alias stands for it elsewhere
    private static int[] Parents(Tree tree)
    {
        var parents = new int[tree.Count];
        Array.Fill(parents, -1);
        for (var map = 0; map < tree.Count; map++)
        {
            foreach (var (_, value) in tree.Entries(map))
            {
                if (tree.Target(value) is var target && target > map)
                {
                    parents[target] = map;
                }
            }
        }

        return parents;
    }

    // a member in front of `source`, in the form of its neighbours
    private static PinSite Insert(Tree tree, int resource, int source, bool hasTag)
    {
        foreach (var (key, value) in tree.Entries(resource))
        {
            if (value == source)
            {
                return new PinSite.InsertField(new(Start(tree, key), 0), "version: {digest: \"", "\"}" + Gap(tree, resource, Start(tree, key)))
                {
                    Latest = hasTag ? null : MapField.Find(tree, source, "repository")?.FieldBehind("tag", ""),
                };
            }
        }

        return new PinSite.Nowhere("'source' is an alias: write it out, then pin");
    }

    private static string Gap(Tree tree, int resource, int key)
    {
        if (tree.Source.Span[tree[resource].Span.Start] == '{')
        {
            return ", ";
        }

        var line = tree.Source.Span[..key].LastIndexOf((byte)'\n') + 1;
        var before = line >= 2 && tree.Source.Span[line - 2] == '\r' ? "\r\n" : tree.Source.Span[key..].IndexOf((byte)'\n') is var end and > 0 && tree.Source.Span[key + end - 1] == '\r' ? "\r\n" : "\n";
        return before + new string(' ', key - line);
    }

    // from `version` to the next member
    private static TextSpan Whole(Tree tree, int resource, int version)
    {
        foreach (var (key, value) in tree.Entries(resource))
        {
            if (tree.Target(value) == version)
            {
                var next = tree[value].Next;
                return next >= 0
                    ? TextSpan.FromBounds(Start(tree, key), Start(tree, next))
                    : TextSpan.FromBounds(LineBreakBefore(tree, Start(tree, key)), tree[version].Span.End);
            }
        }

        return tree[version].Span;
    }

    private static int LineBreakBefore(Tree tree, int at)
    {
        var text = tree.Source.Span;
        while (at > 0 && text[at - 1] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)',')
        {
            at--;
        }

        return at;
    }

    // a quoted key starts at its quote
    private static int Start(Tree tree, int key) => tree[key].Span.Start - (tree[key].IsPlain ? 0 : 1);
}
