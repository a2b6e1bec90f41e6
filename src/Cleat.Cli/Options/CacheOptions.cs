using System.CommandLine;
using System.Globalization;
using Cleat.Configuration;
using Cleat.Registries.Cache;
using Cleat.Registries.SignIn;
using Cleat.Registries;

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

    /// <summary>Puts the cache in front of a source.</summary>
    /// <param name="settings">What else decides over the answers of a host.</param>
    /// <param name="hashed">True when only answers whose bytes were hashed are good enough.</param>
    /// <returns>The source, and why there is no cache where one was to be; null when there is, or none was wished for.</returns>
    public (IDigestSource Source, string? Problem) Around(IDigestSource source, ParseResult parsed, Func<string, string> settings, bool hashed)
    {
        var given = parsed.GetValue(time);
        TimeSpan? lifetime = given switch { null => cached, "0" => TimeSpan.Zero, _ => Duration.Of(given) };
        if (lifetime is null)
        {
            throw new UsageException($"--cache-time '{given}' must be a number with its unit (m, h, d or w), such as 10m, or 0");
        }

        if (parsed.GetValue(none))
        {
            return given is null ? (source, null) : throw new UsageException("--cache-time and --no-cache exclude each other");
        }

        var scope = CredentialScope.Of(Environment.GetEnvironmentVariable);
        var folder = CacheFolder.OfUser(Environment.GetEnvironmentVariable, out var problem);
        return (folder is null ? source : new DiskCache(source, folder, lifetime.Value, host => $"{scope} {settings(host)}".ReplaceLineEndings(" "), hashed), problem);
    }
}
