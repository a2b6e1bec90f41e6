using Cleat.Formats.Terraform;
using Cleat.References;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Builds;

/// <summary>The tags of a Bake file's targets (docs.docker.com/build/bake/reference): what is built has exactly these names.</summary>
internal sealed class BakeBuilds : IBuilds
{
    private static readonly PathSet Tags = new("target.*.tags[]");

    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    private BakeBuilds(SourceText source)
    {
        var tree = ModuleFile.Read(source).Tree;
        foreach (var match in TreeWalk.Find(tree, Tags, out _))
        {
            if (tree[match.Node].Kind == NodeKind.Scalar && ImageReference.TryParse(tree[match.Node].Value, out var image, out _))
            {
                names.Add(Tagged(image));
            }
        }
    }

    public static string[] Names { get; } = ["docker-bake.hcl", "docker-bake.json"];

    public static BakeBuilds Read(SourceText source) => new(source);

    public bool Builds(ImageReference image) => image.Digest is null && names.Contains(Tagged(image));

    /// <summary>An image with the tag that it has or gets.</summary>
    public static string Tagged(ImageReference image) => $"{image.Registry}/{image.Repository}:{image.EffectiveTag}";
}
