using Cleat.Formats.Compose;
using Cleat.References;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Builds;

/// <summary>The services of a Compose file that are built: <c>image</c> beside <c>build</c> names what comes out (compose-spec, build.md).</summary>
internal sealed class ComposeBuilds : IBuilds
{
    private static readonly PathSet Services = new("services.*.image");

    private readonly BuiltNames names = new();

    private ComposeBuilds(SourceText source)
    {
        foreach (var part in TreeReading.Parts(source, TreeSyntax.Yaml))
        {
            TreeReading.Read(source, part, TreeSyntax.Yaml, out _).ForEach(Add);
        }
    }

    public ComposeBuilds(Tree tree) => Add(tree);

    public static string[] Names { get; } = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

    public static ComposeBuilds Read(SourceText source) => new(source);

    public bool Builds(ImageReference image) => names.Contains(image);

    private void Add(Tree tree)
    {
        if (tree.Count == 0)
        {
            return;
        }

        foreach (var match in TreeWalk.Find(tree, Services, out _))
        {
            if (ServiceBuild.Find(tree, match.Holder, "build") >= 0)
            {
                names.Add(tree, match.Node);
            }
        }
    }
}
