using System.CommandLine;
using Cleat.Text;

namespace Cleat.Cli.Options;

/// <summary>What <c>update</c> understands beside what <c>pin</c> does.</summary>
internal sealed class MoveOptions
{
    private readonly Option<string> to = CommonOptions.OneOf("--to", "What a pin moves to: what its tag means now, or the newest tag of the same shape that keeps its first two numbers, its first number, or none.", "digest", "patch", "minor", "major");
    private readonly Option<string> undated = CommonOptions.OneOf("--undated", "With --min-age: whether to move to an image that does not say when it was made.", "hold", "move");
    private readonly Option<string> minAge = new("--min-age") { Description = "Do not move to an image younger than this, by the time in its config: 12h, 3d, 2w, 0.", HelpName = "DURATION" };
    private readonly Option<string[]> inUse = new("--platforms-in-use") { Description = "Do not move when nothing changed for these platforms.", HelpName = "OS/ARCH[/VARIANT],…" };
    private readonly ImageOptions images;
    private readonly Option<string> summary = new("--summary") { Description = "Write a summary in Markdown, for a pull request.", HelpName = "FILE" };

    public MoveOptions(Command command)
    {
        images = new(command);
        foreach (Option option in (Option[])[to, minAge, undated, inUse, summary])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was asked for.</summary>
    public UpdateOptions Read(ParseResult parsed)
    {
        TimeSpan? age = parsed.GetValue(minAge) switch { null => null, "0" => TimeSpan.Zero, var said => Duration.Of(said) ?? throw new UsageException($"--min-age '{said}' must be a number with its unit (m, h, d or w), such as 3d, or 0") };
        return new()
        {
            To = parsed.GetValue(to) switch { "patch" => UpdateReach.Patch, "minor" => UpdateReach.Minor, "major" => UpdateReach.Major, _ => UpdateReach.Digest },
            Undated = parsed.GetValue(undated) == "move",
            MinAge = age,
            PlatformsInUse = [.. (parsed.GetValue(inUse) ?? []).SelectMany(p => p.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(p => SourceOptions.Platform(inUse.Name, p))],
            Only = images.Only(parsed),
            Skip = images.Skip(parsed),
        };
    }

    /// <summary>Where the summary goes; null for nowhere.</summary>
    public string? Summary(ParseResult parsed) => OutputPlace.Checked("--summary", parsed.GetValue(summary));
}
