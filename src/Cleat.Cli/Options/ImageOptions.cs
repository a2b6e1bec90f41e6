using System.CommandLine;
using Cleat.References;

namespace Cleat.Cli.Options;

/// <summary>Which images a verb changes.</summary>
internal sealed class ImageOptions
{
    private readonly Option<string[]> only = new("--only") { Description = "Only this image, or all that lies below: nginx, ghcr.io/owner.", HelpName = "IMAGE" };
    private readonly Option<string[]> skip = new("--skip") { Description = "Not this image, nor what lies below.", HelpName = "IMAGE" };

    public ImageOptions(Command command)
    {
        command.Options.Add(only);
        command.Options.Add(skip);
    }

    public IReadOnlyList<string> Only(ParseResult parsed) => Names(parsed, only);

    public IReadOnlyList<string> Skip(ParseResult parsed) => Names(parsed, skip);

    private static List<string> Names(ParseResult parsed, Option<string[]> option) => [.. (parsed.GetValue(option) ?? []).Select(name =>
        ImageReference.TryParse(name, out var image, out _) && image.Digest is null ? name
        : throw new UsageException($"{option.Name} '{name}' names no image: write a registry, a repository or both, perhaps with a tag"))];
}
