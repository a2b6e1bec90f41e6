using System.Text;
using Cleat.Formats.Dockerfile;
using Cleat.Formats.Embedded;
using Cleat.Formats.Hcl;
using Cleat.Formats.Terraform;
using Cleat.Trees.Comments;
using Cleat.Trees.Paths;
using Cleat.Trees;

namespace Cleat.Formats.Bake;

/// <summary>Docker Buildx Bake files (docs.docker.com/build/bake/reference): named contexts and inline Dockerfiles; tags are what is built.</summary>
internal static class BakeFormat
{
    private const string Context = "target.*.contexts.*";
    private const string Inline = "target.*.dockerfile-inline";
    private const string DockerImage = "docker-image://";

    private static readonly PathSet Paths = new(Context, Inline);

    public static Format Format { get; } = new("bake", "Docker Bake", "docker-bake.hcl", "docker-bake.json", "docker-bake.override.hcl", "docker-bake.override.json")
    {
        Comments = CommentSyntax.Hcl,
        Read = Read,
        Signs = new() { Words = ["docker-image:", "dockerfile-inline", "args"] },
        Where = $"{Context} = {DockerImage}, {Inline}, target.*.args.* of which the target's Dockerfile makes an image; variables that give one",
    };

    private static void Read(Reading reading)
    {
        var file = ModuleFile.Read(reading.Source);
        var tree = file.Tree;
        if (file.Problem is { } problem)
        {
            reading.Sink.Problem(problem.Offset, problem.Message);
        }

        LiteralFinder finder = new((_, names) => Name(file.Declared, names));
        HclUses uses = new(reading, tree, finder, _ => null);
        foreach (var target in file.Declared.Of("target", Traversal.Any))
        {
            Arguments(new BakeTarget(file, target.Node, target.Path), uses, finder, reading.Beside);
        }

        foreach (var match in TreeWalk.Find(tree, Paths, out _))
        {
            if (tree[match.Node].Kind != NodeKind.Scalar)
            {
                continue;
            }

            var written = ValueText.Of(tree, match.Node, match.Steps);
            if (match.Pattern == Context)
            {
                uses.Take(written, DockerImage);
            }
            else if (!written.IsExpression)
            {
                Dockerfile(reading, written, tree[match.Node].Tag is null, tree.Child(match.Holder, "contexts"));
            }
        }
    }

    // what the target's Dockerfile is given for an image
    private static void Arguments(BakeTarget target, HclUses uses, LiteralFinder finder, Surroundings beside)
    {
        if (target.Dockerfile(finder, beside) is not { } dockerfile)
        {
            return;
        }

        foreach (var (name, before) in target.Keys("args") is { } given ? given.SelectMany(name => dockerfile.Of(name)) : dockerfile.Images)
        {
            foreach (var text in target.Texts("args", name).Where(t => finder.TextOf(t) is not { } known || (!dockerfile.IsStage(known) && !target.IsContext(known))))
            {
                uses.TakeArgument(text, before);
            }
        }
    }

    // a variable, an attribute of another target, or what stands at the root
    private static IEnumerable<ValueText> Name(Declarations declared, IReadOnlyList<string> names) =>
        declared.Texts(["variable", names[0], "default", .. names.Skip(1)]).Concat(declared.Texts(names));

    private static void Dockerfile(Reading reading, ValueText written, bool isLiteral, int contexts)
    {
        var text = Encoding.UTF8.GetBytes(isLiteral ? written.Value : reading.Source.Slice(written.Span));
        if (EmbeddedText.Align(text, reading.Source.Span, written.Span) is { } map)
        {
            UseSink inner = new();
            DockerfileFormat.Read(text, map, reading.Format.Name, written.Path.Add(Step.Into), inner);
            inner.Problems.ForEach(reading.Sink.Problems.Add);
            foreach (var use in inner.Uses)
            {
                reading.Sink.Add(contexts >= 0 && written.Tree.Child(contexts, use.Text) >= 0
                    ? ScalarUse.Local(use.Format, use.Steps, use.Text, use.Span, $"the context '{use.Text}' of this target")
                    : use);
            }
        }
        else
        {
            reading.Sink.Problem(written.Span.Start, "the inline Dockerfile is written with escapes, so its places cannot be found: write it as a heredoc (<<EOT)");
        }
    }
}
