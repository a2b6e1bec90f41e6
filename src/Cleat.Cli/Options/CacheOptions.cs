using System.CommandLine;
using System.Globalization;
using Cleat.Text;

namespace Cleat.Cli.Options;

/// <summary>Whether and how long answers of registries are believed that an earlier run got.</summary>
internal sealed class CacheOptions
{
    private readonly Option<string> time;
    private readonly Option<bool> none = new("--no-cache") { Description = "Neither read nor write the cache on disk." };
    private readonly TimeSpan cached;

    public CacheOptions(Command command, TimeSpan cached)
    {
        this.cached = cached;
        var said = cached == TimeSpan.Zero ? "0, which is to ask always" : string.Create(CultureInfo.InvariantCulture, $"{(int)cached.TotalMinutes}m");
        time = new("--cache-time") { Description = $"Believe what an earlier run was told for this long: 10m, 2h, 1d, 0. Default: {said}.", HelpName = "DURATION" };
        command.Options.Add(time);
        command.Options.Add(none);
    }

    /// <summary>How old an answer may be; zero to ask always and to keep the answers; null for no cache.</summary>
    public TimeSpan? Read(ParseResult parsed)
    {
        var given = parsed.GetValue(time);
        TimeSpan? lifetime = given switch { null => cached, "0" => TimeSpan.Zero, _ => Duration.Of(given) };
        if (lifetime is null)
        {
            throw new UsageException($"--cache-time '{given}' must be a number with its unit (m, h, d or w), such as 10m, or 0");
        }

        return !parsed.GetValue(none) ? lifetime
            : given is null ? null
            : throw new UsageException("--cache-time and --no-cache exclude each other");
    }
}
