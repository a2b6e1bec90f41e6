using Cleat.References;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Builds;

/// <summary>The artifacts of a <c>skaffold.yaml</c> and of those that it requires (skaffold.dev, "Build"): their names in manifests get the tag that was built, whichever they have.</summary>
internal sealed class SkaffoldBuilds : IBuilds
{
    private const int Deepest = 5;

    private static readonly PathSet Artifacts = new("build.artifacts[].image", "profiles[].build.artifacts[].image");
    private static readonly PathSet Required = new("requires[].path");

    private readonly HashSet<(string, string)> names = [];
    private readonly List<string> required = [];

    private SkaffoldBuilds(SourceText source)
    {
        foreach (var part in TreeReading.Parts(source, TreeSyntax.Yaml))
        {
            foreach (var tree in TreeReading.Read(source, part, TreeSyntax.Yaml, out _).Where(t => t.Count > 0 && t.Text(0, "apiVersion")?.StartsWith("skaffold/", StringComparison.Ordinal) == true))
            {
                foreach (var text in Texts(tree, Artifacts))
                {
                    if (ImageReference.TryParse(text, out var image, out _))
                    {
                        names.Add((image.Registry, image.Repository));
                    }
                }

                required.AddRange(Texts(tree, Required));
            }
        }
    }

    public static string[] Names { get; } = ["skaffold.yaml", "skaffold.yml"];

    public static IBuilds? Of(Surroundings beside, string path) => Of(beside, path, 0);

    public bool Builds(ImageReference image) => image.Digest is null && names.Contains((image.Registry, image.Repository));

    private static IBuilds? Of(Surroundings beside, string path, int depth)
    {
        if (beside.Parsed(path, static source => new SkaffoldBuilds(source)) is not { } file)
        {
            return null;
        }

        List<IBuilds> all = [file];
        foreach (var other in depth < Deepest ? file.required : [])
        {
            var folder = RelativePath.Folder(path) is { Length: > 0 } f ? f + "/" : "";
            var inner = folder + other.TrimEnd('/');
            all.AddRange(new[] { inner, inner + "/" + Names[0] }.Select(p => Of(beside, p, depth + 1)).OfType<IBuilds>());
        }

        return all.Count == 1 ? file : new Several(all);
    }

    private static List<string> Texts(Tree tree, PathSet paths) => TreeWalk.Find(tree, paths, out _).Where(m => tree[m.Node].Kind == NodeKind.Scalar).Select(m => tree[m.Node].Value).ToList();

    private sealed class Several(List<IBuilds> all) : IBuilds
    {
        public bool Builds(ImageReference image) => all.Exists(b => b.Builds(image));
    }
}
