using Cleat.Formats.Terraform;
using Cleat.References;
using Cleat.Text;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Builds;

/// <summary>The tags of a Bake file's targets (docs.docker.com/build/bake/reference): what is built has exactly these names.</summary>
internal sealed class BakeBuilds : IBuilds
{
    private static readonly PathSet Tags = new("target.*.tags[]");

    private readonly BuiltNames names = new();

    private BakeBuilds(SourceText source)
    {
        var tree = ModuleFile.Read(source).Tree;
        foreach (var match in TreeWalk.Find(tree, Tags, out _))
        {
            names.Add(tree, match.Node);
        }
    }

    public static string[] Names { get; } = ["docker-bake.hcl", "docker-bake.json"];

    public static BakeBuilds Read(SourceText source) => new(source);

    public bool Builds(ImageReference image) => names.Contains(image);
}
