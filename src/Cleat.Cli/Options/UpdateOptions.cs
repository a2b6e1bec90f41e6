using Cleat.Registries;
using System.CommandLine;
using Cleat.Cli.Reports;
using Cleat.Configuration;
using Cleat.Uses;

namespace Cleat.Cli.Options;

/// <summary>What <c>update</c> understands beside what <c>pin</c> does.</summary>
internal sealed class UpdateOptions
{
    private readonly Option<string> minAge = new("--min-age") { Description = "Do not move to an image younger than this, by the time in its config: 12h, 3d, 2w, 0.", HelpName = "DURATION" };
    private readonly Option<string[]> inUse = new("--platforms-in-use") { Description = "Do not move when nothing changed for these platforms.", HelpName = "OS/ARCH[/VARIANT],…" };
    private readonly Option<string[]> only = new("--only") { Description = "Only this image, or all that lies below: nginx, ghcr.io/owner.", HelpName = "IMAGE" };
    private readonly Option<string[]> skip = new("--skip") { Description = "Not this image, nor what lies below.", HelpName = "IMAGE" };
    private readonly Option<string> summary = new("--summary") { Description = "Write a summary in Markdown, for a pull request.", HelpName = "FILE" };

    public UpdateOptions(Command command)
    {
        foreach (Option option in (Option[])[minAge, inUse, only, skip, summary])
        {
            command.Options.Add(option);
        }
    }

    public UpdateLimits Read(ParseResult parsed, CleatConfig config, string? platform)
    {
        TimeSpan? age = parsed.GetValue(minAge) switch { null => config.Pin.MinAge, "0" => TimeSpan.Zero, var said => Duration.Of(said) ?? throw new UsageException($"--min-age '{said}' must be a number with its unit (m, h, d or w), such as 3d, or 0") };
        List<string> used = [.. (parsed.GetValue(inUse) ?? []).SelectMany(p => p.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        List<Platform> platforms = [];
        foreach (var one in used)
        {
            platforms.Add(Platform.TryParse(one, out var known) ? known : throw new UsageException($"--platforms-in-use '{one}' must read os/arch or os/arch/variant, such as linux/arm64"));
        }

        return new(age > TimeSpan.Zero ? age : null, platforms, Names(parsed, only), Names(parsed, skip), OutputPlace.Checked("--summary", parsed.GetValue(summary)), platform);
    }

    private static ExemptionIndex Names(ParseResult parsed, Option<string[]> option) => new((parsed.GetValue(option) ?? []).Select((name, place) =>
        name.Length > 0 && References.ImageReference.TryParse(name, out var image, out _) && image.Digest is null ? (place, new Exemption(name, null, null, null, null, default))
        : throw new UsageException($"{option.Name} '{name}' names no image: write a registry, a repository or both, perhaps with a tag")));
}

/// <summary>What an update may do.</summary>
/// <param name="MinAge">Null for any age.</param>
/// <param name="InUse">Platforms; none for all.</param>
/// <param name="Platform">The platform that pins are for where the run or the config says one.</param>
internal sealed record UpdateLimits(TimeSpan? MinAge, IReadOnlyList<Platform> InUse, ExemptionIndex Only, ExemptionIndex Skip, string? Summary, string? Platform)
{
    public bool Wants(ImageUse use) => (Only.IsEmpty || Only.Holds(use)) && !Skip.Holds(use);
}
