using Cleat.Formats.Hcl;
using Cleat.Text;
using Cleat.Trees.Braces;
using Cleat.Trees.Comments;
using Cleat.Trees.Paths;
using Cleat.Trees;

namespace Cleat.Formats.Bicep;

/// <summary>
/// Bicep files and their parameters (learn.microsoft.com/azure/templates). A parameter or variable with a literal is judged there; what a
/// module of one's own takes for an image is judged where it is given.
/// </summary>
internal static class BicepFormat
{
    private const string AppContainers = "**.resource.*{type=Microsoft.App/containerApps|Microsoft.App/jobs}.properties.template.*ontainers";
    private const string GroupContainers = "**.resource.*{type=Microsoft.ContainerInstance/containerGroups|Microsoft.ContainerInstance/containerGroupProfiles}.properties.*ontainers";
    private const string ModuleContainers = "module.*.params.containers[].image";
    private const string WebApp = "**.resource.*{type=Microsoft.Web/sites|Microsoft.Web/sites/slots}.properties.siteConfig.linuxFxVersion";
    private const string BatchImages = "**.resource.*.**.containerImageNames[]";
    private const string Docker = "DOCKER|";

    private static readonly PathSet Paths = new(AppContainers, GroupContainers, ModuleContainers, WebApp, BatchImages);
    private static readonly PathSet[] AppImages = [new("[].image")];
    private static readonly PathSet[] GroupImages = [new("[].properties.image")];

    public static IReadOnlyList<Format> All { get; } =
    [
        new("bicep", "Bicep", "*.bicep")
        {
            Comments = CommentSyntax.Slashes,
            Read = Read,
            Glance = ["image", "ontainers", "linuxFxVersion", "containerImageNames", "module"],
            Where = $"{AppContainers}[].image, {GroupContainers}[].properties.image, {ModuleContainers}, {WebApp} = {Docker}, {BatchImages}; parameters, variables and arguments of local modules that give one",
        },
        new("bicep", "Bicep parameters", "*.bicepparam")
        {
            Comments = CommentSyntax.Slashes,
            Read = ReadParameters,
            Glance = ["using"],
            Where = "the values of parameters that name an image in the file of `using`",
        },
    ];

    private static void Read(Reading reading)
    {
        var own = Tree(reading);
        HclUses uses = new(reading, own, new Follower((_, names) => Name(own, names)), _ => null);
        foreach (var (place, prefix) in Places(own, reading))
        {
            uses.Take(place, prefix);
        }

        foreach (var call in Values.Of(own, 0, ["module", Traversal.Any]))
        {
            if (own.Text(call.Node, "type") is { } path && path.EndsWith(".bicep", StringComparison.Ordinal))
            {
                Given(uses, own, (own.Child(call.Node, "params"), call.Path.Add("params")), path, reading);
            }
        }
    }

    private static void ReadParameters(Reading reading)
    {
        var own = Tree(reading);
        HclUses uses = new(reading, own, new Follower((_, names) => Name(own, names)), _ => null);
        var text = reading.Source.Slice(new(0, reading.Source.Bytes.Length));
        var at = text.IndexOf("using '", StringComparison.Ordinal) + 7;
        var end = at < 7 ? -1 : text.IndexOf('\'', at);
        if (end > 0)
        {
            Given(uses, own, (own.Child(0, "param"), Steps.Of("param")), text[at..end], reading);
        }
    }

    /// <summary>The parameters that a file takes images from, by the names of what they lie under.</summary>
    public static IEnumerable<IReadOnlyList<string>> Asked(SourceText source)
    {
        var tree = BicepTrees.Read(source, out _);
        Follower inside = new((_, names) => Name(tree, names));
        foreach (var (place, prefix) in Places(tree, new Reading(source, All[0], new UseSink(), Surroundings.None)))
        {
            foreach (var end in inside.Follow(place))
            {
                if (prefix.Length > 0 && end.Behind(prefix) is { } reference)
                {
                    inside.Follow(reference);
                }
            }
        }

        return inside.Asked.DistinctBy(n => string.Join('.', n));
    }

    // the values of what another file takes for images
    private static void Given(HclUses uses, Tree own, (int Node, Steps Path) values, string path, Reading reading)
    {
        foreach (var names in reading.Beside.Read(path) is { } source ? Asked(source) : [])
        {
            foreach (var map in values.Path is { Count: 1, Key: "param" } ? Values.Of(own, 0, ["param"]) : [values])
            {
                uses.Take(map.Node < 0 ? [] : Values.Of(own, map.Node, names).SelectMany(v => Values.Texts(own, v.Node, values.Path.Add(v.Path))));
            }
        }
    }

    private static Tree Tree(Reading reading)
    {
        var tree = BicepTrees.Read(reading.Source, out var problem);
        if (problem is not null)
        {
            reading.Sink.Problem(problem.Offset, problem.Message);
        }

        return tree;
    }

    private static IEnumerable<(ValueText Place, string Prefix)> Places(Tree tree, Reading reading)
    {
        foreach (var match in TreeWalk.Find(tree, Paths, out _))
        {
            if (match.Pattern is AppContainers or GroupContainers)
            {
                var images = match.Pattern == AppContainers ? AppImages : GroupImages;
                InnerPlaces inner = new(tree, (_, _) => images, true, names => Nodes(tree, names), reading);
                foreach (var place in inner.Of(match.Node, match.Steps))
                {
                    yield return (place, "");
                }
            }
            else
            {
                foreach (var place in Values.Texts(tree, match.Node, match.Steps))
                {
                    yield return (place, match.Pattern == WebApp ? Docker : "");
                }
            }
        }
    }

    private static IEnumerable<ValueText> Name(Tree tree, IReadOnlyList<string> names) =>
        Nodes(tree, names).SelectMany(v => Values.Texts(tree, v.Node, v.Path));

    private static IEnumerable<(Tree Tree, int Node, Steps Path)> Nodes(Tree tree, IReadOnlyList<string> names) =>
        Values.Of(tree, 0, ["param", .. names]).Concat(Values.Of(tree, 0, ["var", .. names])).Select(v => (tree, v.Node, v.Path));
}
