using System.Text.RegularExpressions;
using Cleat.Text;

namespace Cleat.Formats.Dockerfile;

/// <summary>
/// What a build may be given for the images of a Dockerfile (docs.docker.com/reference/dockerfile, "ARG and FROM interact"): arguments declared in front of the first
/// FROM that end the name of a stage's image.
/// </summary>
internal sealed partial class BuildArguments
{
    private readonly ILookup<string, (string Name, string Before)> byName;
    private readonly HashSet<string> stages = new(StringComparer.OrdinalIgnoreCase);

    private BuildArguments(SourceText source)
    {
        HashSet<string> declared = [];
        List<(string Name, string Before)> images = [];
        foreach (var line in source.Slice(new(0, source.Bytes.Length)).Split('\n'))
        {
            if (stages.Count == 0 && images.Count == 0 && Argument().Match(line) is { Success: true } argument)
            {
                declared.Add(argument.Groups[1].Value);
            }
            else if (From().Match(line) is { Success: true } from)
            {
                if (from.Groups["name"].Value is { Length: > 0 } name && declared.Contains(name))
                {
                    images.Add((name, from.Groups["before"].Value));
                }

                stages.Add(from.Groups["stage"].Value);
            }
        }

        Images = images;
        byName = images.ToLookup(i => i.Name, StringComparer.Ordinal);
    }

    /// <summary>The arguments, each with what stands in front of it in the reference: <c>nginx:</c> for <c>FROM nginx:$TAG</c>, nothing for <c>FROM $BASE</c>.</summary>
    public IReadOnlyList<(string Name, string Before)> Images { get; }

    /// <summary>Those of one name.</summary>
    public IEnumerable<(string Name, string Before)> Of(string name) => byName[name];

    public static BuildArguments Read(SourceText source) => new(source);

    /// <summary>True when a text names a stage of the file, and no image.</summary>
    public bool IsStage(string text) => text.Length > 0 && stages.Contains(text);

    [GeneratedRegex(@"^\s*ARG\s+(\w+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Argument();

    [GeneratedRegex(@"^\s*FROM\s+(?:--\S+\s+)*(?<before>[^\s$]*)(?:\$(?:(?<name>\w+)|\{(?<name>\w+)(?::?-[^}$]*)?\}))?(?:\s+AS\s+(?<stage>\S+))?\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex From();
}
