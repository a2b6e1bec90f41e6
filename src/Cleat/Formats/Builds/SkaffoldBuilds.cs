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

    /// <summary>What a file and those that it requires build, each read once however many require it.</summary>
    public static IBuilds? Of(Surroundings beside, string path)
    {
        List<IBuilds> all = [];
        HashSet<string> seen = new(StringComparer.Ordinal) { path };
        Queue<(string Path, int Depth)> open = new([(path, 0)]);
        while (open.TryDequeue(out var next))
        {
            if (beside.Parsed(next.Path, static source => new SkaffoldBuilds(source)) is not { } file)
            {
                continue;
            }

            all.Add(file);
            var folder = RelativePath.Folder(next.Path) is { Length: > 0 } f ? f + "/" : "";
            foreach (var inner in next.Depth < Deepest ? file.required.Select(r => folder + r.TrimEnd('/')) : [])
            {
                foreach (var way in (string[])[inner, inner + "/" + Names[0]])
                {
                    if (seen.Add(way))
                    {
                        open.Enqueue((way, next.Depth + 1));
                    }
                }
            }
        }

        return all.Count switch { 0 => null, 1 => all[0], _ => new Several(all) };
    }

    public bool Builds(ImageReference image) => image.Digest is null && names.Contains((image.Registry, image.Repository));

    private static List<string> Texts(Tree tree, PathSet paths) => TreeWalk.Find(tree, paths, out _).Where(m => tree[m.Node].Kind == NodeKind.Scalar).Select(m => tree[m.Node].Value).ToList();

    private sealed class Several(List<IBuilds> all) : IBuilds
    {
        public bool Builds(ImageReference image) => all.Exists(b => b.Builds(image));
    }
}
