using Cleat.Formats.Hcl;
using Cleat.Trees.Comments;
using Cleat.Trees.Paths;

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
        var own = Own(reading);
        HclUses uses = new(reading, own.Tree, new LiteralFinder((_, names) => own.Texts(names)), _ => null);
        foreach (var (place, prefix) in Places(own, reading.Sink.Problem))
        {
            uses.Take(place, prefix);
        }

        foreach (var (call, path) in own.Declared.Of("module", Traversal.Any))
        {
            if (own.Tree.Text(call, "type") is { } file && file.EndsWith(".bicep", StringComparison.Ordinal))
            {
                uses.Take(ImageParameters(file, reading.Beside).SelectMany(names => Values.Of(own.Tree, call, names.Prepend("params")))
                    .SelectMany(v => Values.Texts(own.Tree, v.Node, path.Add(v.Path))));
            }
        }
    }

    private static void ReadParameters(Reading reading)
    {
        var own = Own(reading);
        HclUses uses = new(reading, own.Tree, new LiteralFinder((_, names) => own.Texts(names)), _ => null);
        var text = reading.Source.Slice(new(0, reading.Source.Bytes.Length));
        var at = text.IndexOf("using '", StringComparison.Ordinal) + 7;
        var end = at < 7 ? -1 : text.IndexOf('\'', at);
        if (end > 0)
        {
            uses.Take(ImageParameters(text[at..end], reading.Beside).SelectMany(names => own.Declared.Texts(["param", .. names])));
        }
    }

    /// <summary>The parameters that a file takes images from, by the names of what lies under them; none when it is not there.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> ImageParameters(string path, Surroundings beside) => beside.Parsed(path, BicepFile.Read)?.ImageParameters ?? [];

    // the names that a file asks for on the way to its images: a module's parameters are among them
    internal static List<IReadOnlyList<string>> NamesAsked(BicepFile file)
    {
        LiteralFinder inside = new((_, names) => file.Texts(names));
        foreach (var (place, prefix) in Places(file, null))
        {
            foreach (var end in inside.Find(place))
            {
                if (prefix.Length > 0 && end.Behind(prefix) is { } reference)
                {
                    inside.Find(reference);
                }
            }
        }

        return [.. inside.Followed.DistinctBy(n => string.Join('.', n))];
    }

    private static BicepFile Own(Reading reading)
    {
        var file = BicepFile.Read(reading.Source);
        if (file.Problem is { } problem)
        {
            reading.Sink.Problem(problem.Offset, problem.Message);
        }

        return file;
    }

    private static IEnumerable<(ValueText Place, string Prefix)> Places(BicepFile file, Action<int, string>? problem)
    {
        var tree = file.Tree;
        foreach (var match in TreeWalk.Find(tree, Paths, out _))
        {
            if (match.Pattern is AppContainers or GroupContainers)
            {
                var images = match.Pattern == AppContainers ? AppImages : GroupImages;
                NestedPlaces inner = new(tree, (_, _) => images, true, file.Nodes, problem);
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
}
