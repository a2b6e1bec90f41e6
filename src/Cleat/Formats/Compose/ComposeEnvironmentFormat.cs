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
        Words = ["="],
        Where = "values that a Compose file in the same folder puts into an image",
    };

    private static IEnumerable<string> ComposeFiles(Surroundings beside) => beside.Files("").Where(f => ComposeFormat.All.Any(c => c.MayClaim(f)));

    private static void Read(Reading reading)
    {
        ComposeEnvironment environment = new(reading.Source);
        foreach (var name in ComposeFiles(reading.Beside))
        {
            if (reading.Beside.Read(name) is { } compose)
            {
                Read(reading, compose, environment);
            }
        }
    }

    private static void Read(Reading reading, SourceText compose, ComposeEnvironment environment)
    {
        var text = compose.Slice(new(0, compose.Bytes.Length));
        foreach (var part in TreeReading.Parts(compose, TreeSyntax.Yaml))
        {
            foreach (var tree in TreeReading.Read(compose, part, TreeSyntax.Yaml, out _))
            {
                if (tree.Count == 0 || ComposeFormat.All.FirstOrDefault(f => f.Accepts(tree)) is not { Paths: { } paths })
                {
                    continue;
                }

                foreach (var match in TreeWalk.Find(tree, paths, out _))
                {
                    if (tree[match.Node].Kind == NodeKind.Scalar && match.Steps.Key == "image" && tree.Child(match.Holder, "build") < 0)
                    {
                        Judge(reading, tree[match.Node].Value, text, environment);
                    }
                }
            }
        }
    }

    private static void Judge(Reading reading, string value, string compose, ComposeEnvironment environment)
    {
        KnownValue? Lookup(string name) => environment.Variables.TryGetValue(name, out var found)
            ? new KnownValue(found.Value, found.Span, Steps.Of(name), Count(compose, "$" + name) + Count(compose, "${" + name) > 1)
            : null;
        var pieces = new Interpolation(0, Lookup).Read(value);
        if (pieces.EndsInValue)
        {
            reading.Sink.AddOnce(pieces.Use(reading.Format.Name, Steps.Root, value, default, null));
        }
    }

    private static int Count(string text, string word)
    {
        var count = 0;
        for (var at = 0; (at = text.IndexOf(word, at, StringComparison.Ordinal)) >= 0; at += word.Length)
        {
            // $TAG is not $TAGS
            count += at + word.Length < text.Length && (char.IsAsciiLetterOrDigit(text[at + word.Length]) || text[at + word.Length] == '_') ? 0 : 1;
        }

        return count;
    }
}
