using Cleat.Formats.Variables;
using Cleat.Text;
using Cleat.Trees.Comments;
using Cleat.Trees.Paths;
using Cleat.Trees;

namespace Cleat.Formats.Compose;

/// <summary>Reads a <c>.env</c> file for the literals in it that the Compose files beside it make into image references.</summary>
internal static class ComposeEnvironmentFormat
{
    public static Format Format { get; } = new("compose-env", "Variables of a Compose file", ".env")
    {
        Claims = (_, beside) => ComposeFiles(beside).Any(),
        Comments = CommentSyntax.Hash,
        Read = Read,
        Signs = new() { WordsOfAny = ["="] },
        Where = "values that a Compose file in the same folder puts into an image",
    };

    private static readonly Format[] Formats = [.. ComposeFormat.All, ComposeFormat.ByContent];

    private static IEnumerable<string> ComposeFiles(Surroundings beside) => beside.Files("").Where(f => Formats.Any(c => c.MayClaim(f)));

    private static void Read(Reading reading)
    {
        ComposeEnvironment environment = new(reading.Source);
        foreach (var name in ComposeFiles(reading.Beside))
        {
            foreach (var image in reading.Beside.Parsed(name, static source => new ComposeImages(source))?.All ?? [])
            {
                Judge(reading, image.Text, image.Source, environment);
            }
        }
    }

    private static void Judge(Reading reading, string image, SourceText compose, ComposeEnvironment environment)
    {
        KnownValue? Lookup(string name) => environment.Variables.TryGetValue(name, out var found)
            ? new KnownValue(found.Value, found.Span, Steps.Of(name), compose.WordCounts.OfVariable(name) > 1)
            : null;
        var pieces = new Interpolation(0, Lookup).Read(image);
        if (pieces.EndsInValue)
        {
            reading.Sink.AddOnce(pieces.Use(reading.Format.Name, Steps.Root, image, default, null));
        }
    }

    /// <summary>The images of a Compose file that variables stand in.</summary>
    private sealed class ComposeImages
    {
        public ComposeImages(SourceText compose)
        {
            List<(string, SourceText)> images = [];
            var formats = Array.FindAll(Formats, f => f.MayClaim(compose.Path));
            if (compose.Span.IndexOf((byte)'$') < 0)
            {
                All = images;
                return;
            }

            foreach (var part in TreeReading.Parts(compose, TreeSyntax.Yaml))
            {
                foreach (var tree in TreeReading.Read(compose, part, TreeSyntax.Yaml, out _))
                {
                    if (tree.Count == 0 || Array.Find(formats, f => f.Accepts(tree)) is not { Paths: { } paths })
                    {
                        continue;
                    }

                    images.AddRange(TreeWalk.Find(tree, paths, out _)
                        .Where(m => tree[m.Node].Kind == NodeKind.Scalar && m.Steps.Key == "image" && ServiceBuild.Find(tree, m.Holder, "build") < 0 && tree[m.Node].Value.Contains('$', StringComparison.Ordinal))
                        .Select(m => (tree[m.Node].Value, compose)));
                }
            }

            All = images;
        }

        public IReadOnlyList<(string Text, SourceText Source)> All { get; }
    }
}
