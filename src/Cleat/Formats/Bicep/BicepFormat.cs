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
    private const string WebApp = "**.resource.*{type=Microsoft.Web/sites|Microsoft.Web/sites/slots}.properties.siteConfig.*FxVersion = DOCKER|";
    private const string WebConfig = "**.resource.*{type=Microsoft.Web/sites/config|Microsoft.Web/sites/slots/config}.properties.*FxVersion = DOCKER|";
    private const string SideContainer = "**.resource.*{type=Microsoft.Web/sites/sitecontainers|Microsoft.Web/sites/slots/sitecontainers}.properties.image";
    private const string BatchImages = "**.resource.*.**.containerImageNames[]";

    private static readonly PathSet Paths = new(AppContainers, GroupContainers, ModuleContainers, WebApp, WebConfig, SideContainer, BatchImages);
    private static readonly PathSet[] AppImages = [new("[].image")];
    private static readonly PathSet[] GroupImages = [new("[].properties.image")];

    public static IReadOnlyList<Format> All { get; } =
    [
        new("bicep", "Bicep", "*.bicep")
        {
            Comments = CommentSyntax.Slashes,
            Read = Read,
            Signs = new() { Words = ["image", "ontainers", "FxVersion", "containerImageNames", "module"] },
            Where = $"{AppContainers}[].image, {GroupContainers}[].properties.image, {ModuleContainers}, {WebApp}, {WebConfig}, {SideContainer}, {BatchImages}; parameters, variables and arguments of modules that give one",
        },
        new("bicep", "Bicep parameters", "*.bicepparam")
        {
            Comments = CommentSyntax.Slashes,
            Read = ReadParameters,
            Signs = new() { Words = ["using"] },
            Where = "the values of parameters that name an image in the file of `using`",
        },
    ];

    private static void Read(Reading reading)
    {
        var own = Own(reading);
        HclUses uses = new(reading, own.Tree, own.Finder(reading.Beside), _ => null);
        foreach (var (place, prefix) in Places(own, reading.Beside, reading.Sink.Problem))
        {
            uses.Take(place, prefix);
        }

        foreach (var call in own.Declared.Of("module", Traversal.Any))
        {
            uses.Take(Arguments(own, call, reading.Beside, BicepFile.MostLevels));
            if (!IsLocal(own, call.Node, out _))
            {
                uses.TakeSome(Values.Of(own.Tree, call.Node, ["params"]).SelectMany(p => ModuleArguments.Of(own.Tree, p.Node, call.Path.Add(p.Path))), ModuleArguments.IsReference, ModuleArguments.IsContainerImage);
            }
        }

        // what another file may import
        foreach (var (node, path) in reading.Source.Span.IndexOf("@export("u8) < 0 ? [] : own.Declared.Of("var", Traversal.Any))
        {
            if (ModuleArguments.IsImageOutput(own.Tree, path.Key!, node))
            {
                uses.Take(ValueText.Of(own.Tree, node, path));
            }
        }
    }

    private static void ReadParameters(Reading reading)
    {
        var own = Own(reading);
        HclUses uses = new(reading, own.Tree, own.Finder(reading.Beside), _ => null);
        var text = reading.Source.Slice(new(0, reading.Source.Bytes.Length));
        var at = text.IndexOf("using '", StringComparison.Ordinal) + 7;
        var end = at < 7 ? -1 : text.IndexOf('\'', at);
        if (end > 0)
        {
            uses.Take(ImageParameters(text[at..end], reading.Beside).SelectMany(names => own.Declared.Texts(["param", .. names])));
        }
    }

    /// <summary>The parameters that a file takes images from, by the names of what lies under them; none when it is not there.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> ImageParameters(string path, Surroundings beside) =>
        BicepFile.Of(path, beside)?.ImageParameters(BicepFile.Around(path, beside)) ?? [];

    // the names that a file asks for on the way to its images: its parameters are among them
    internal static List<IReadOnlyList<string>> NamesOfImages(BicepFile file, Surroundings beside)
    {
        List<IReadOnlyList<string>> followed = [];
        var inside = file.Finder(beside, followed);
        foreach (var (place, prefix) in Places(file, beside, null))
        {
            foreach (var end in inside.Find(place))
            {
                if (prefix.Length > 0 && end.Behind(prefix) is { } reference)
                {
                    inside.Find(reference);
                }
            }
        }

        return [.. followed.DistinctBy(n => string.Join('.', n))];
    }

    // the names that a file asks for on the way to the images of the modules that it calls
    internal static List<IReadOnlyList<string>> NamesHandedOn(BicepFile file, Surroundings beside, int levels)
    {
        List<IReadOnlyList<string>> followed = [];
        var inside = file.Finder(beside, followed);
        foreach (var place in file.Declared.Of("module", Traversal.Any).SelectMany(call => Arguments(file, call, beside, levels)))
        {
            inside.Find(place);
        }

        return [.. followed.DistinctBy(n => string.Join('.', n))];
    }

    // what a module in the tree takes for images is judged where it is given
    private static IEnumerable<ValueText> Arguments(BicepFile file, (int Node, Steps Path) call, Surroundings beside, int levels) =>
        IsLocal(file, call.Node, out var path) && BicepFile.Of(path, beside) is { } called
            ? called.ImageParameters(BicepFile.Around(path, beside), levels).SelectMany(names => Values.Of(file.Tree, call.Node, names.Prepend("params")))
                .SelectMany(v => Values.Texts(file.Tree, v.Node, call.Path.Add(v.Path)))
            : [];

    private static bool IsLocal(BicepFile file, int call, out string path)
    {
        path = file.Tree.Text(call, "type") ?? "";
        return path.EndsWith(".bicep", StringComparison.Ordinal);
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

    private static IEnumerable<(ValueText Place, string Prefix)> Places(BicepFile file, Surroundings beside, Action<int, string>? problem)
    {
        var tree = file.Tree;
        var names = file.Names(beside);
        foreach (var match in TreeWalk.Find(tree, Paths, out _))
        {
            if (match.Pattern is AppContainers or GroupContainers)
            {
                var images = match.Pattern == AppContainers ? AppImages : GroupImages;
                NestedPlaces inner = new(tree, (_, _) => images, true, names, problem);
                foreach (var place in inner.Of(match.Node, match.Steps))
                {
                    yield return (place, "");
                }
            }
            else
            {
                foreach (var place in Values.Texts(tree, match.Node, match.Steps))
                {
                    yield return (place, match.Prefix);
                }
            }
        }
    }
}
