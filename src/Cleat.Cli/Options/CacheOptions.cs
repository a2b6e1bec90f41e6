using System.CommandLine;
using Cleat.Text;

namespace Cleat.Cli.Options;

/// <summary>Whether and how long answers of registries are believed that an earlier run got.</summary>
internal sealed class CacheOptions
{
    private readonly Option<string> time = new("--cache-time") { Description = "Believe what an earlier run was told for this long: 10m, 2h, 1d. Default: 0, which is to ask always.", HelpName = "DURATION" };
    private readonly Option<bool> none = new("--no-cache") { Description = "Neither read nor write the cache on disk." };

    public CacheOptions(Command command)
    {
        command.Options.Add(time);
        command.Options.Add(none);
    }

    /// <summary>How old an answer may be; zero to ask always and to keep the answers; null for no cache.</summary>
    public TimeSpan? Read(ParseResult parsed)
    {
        var given = parsed.GetValue(time);
        TimeSpan? lifetime = given switch { null or "0" => TimeSpan.Zero, _ => Duration.Of(given) };
        if (lifetime is null)
        {
            throw new UsageException($"--cache-time '{given}' must be a number with its unit (m, h, d or w), such as 10m, or 0");
        }

        return !parsed.GetValue(none) ? lifetime
            : given is null ? null
            : throw new UsageException("--cache-time and --no-cache exclude each other");
    }
}
