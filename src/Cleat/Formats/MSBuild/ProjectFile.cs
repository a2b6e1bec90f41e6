using System.Text;
using Cleat.Formats.Code;
using Cleat.Formats.Dockerfile;
using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Formats.MSBuild;

using Variable = Cleat.Formats.Dockerfile.Variable;

/// <summary>
/// Finds the base image of a .NET project (learn.microsoft.com, "Containerize a .NET app reference", ContainerBaseImage). The SDK takes
/// a digest, beside a tag too, since pull request 44461 of dotnet/sdk (SDK 10 has it); the digest then wins.
/// </summary>
internal sealed class ProjectFile
{
    internal const string BaseImage = "ContainerBaseImage";

    private readonly SourceText source;
    private readonly Dictionary<string, Variable> known = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Mention> mentions = [];

    private ProjectFile(SourceText source) => this.source = source;

    public static void Read(Reading reading)
    {
        var properties = ProjectProperties.Read(reading.Source, out var problem);
        var counts = properties.CountBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        ProjectFile file = new(reading.Source);
        foreach (var property in properties)
        {
            if (!property.Name.Equals(BaseImage, StringComparison.OrdinalIgnoreCase))
            {
                // one of several, or one with a condition against another, is not what it reads as
                file.Declare(property, counts[property.Name] == 1 && property.IsPlain);
            }
            else if (property.IsPlain)
            {
                file.mentions.Add(CodeText.Mention(reading.Source, property.Span, BaseImage, file.Expand(property.Span)));
            }
            else if (property.Text.Length > 0)
            {
                reading.Sink.Add(ScalarUse.Judged(
                    reading.Format.Name,
                    Steps.Of(BaseImage),
                    property.Text,
                    property.Span,
                    new PinSite.Nowhere("it is written with entities, CDATA or a comment: write it plainly first"),
                    null));
            }
        }

        CodeText.Place(reading, file.mentions);
        if (problem is not null)
        {
            reading.Sink.Problem(problem.Offset, problem.Message);
        }
    }

    private void Declare(ProjectProperty property, bool isKnown) =>
        known[property.Name] = isKnown ? CodeText.Variable(property.Name, "property", Expand(property.Span), property.Span) : new Variable(property.Name);

    private Expansion Expand(TextSpan span) => CodeText.Expand(source, span, 0, Expression, known.GetValueOrDefault);

    // $(Name); a function in its place is a name that nothing bears
    private static int Expression(ReadOnlySpan<byte> file, int at, int end, out string name)
    {
        name = "";
        if (!file[at..end].StartsWith("$("u8))
        {
            return at;
        }

        var depth = 0;
        for (var i = at + 1; i < end; i++)
        {
            depth += file[i] == '(' ? 1 : file[i] == ')' ? -1 : 0;
            if (depth == 0)
            {
                name = Encoding.UTF8.GetString(file[(at + 2)..i]);
                return i + 1;
            }
        }

        return at;
    }
}
