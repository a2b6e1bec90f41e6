using Cleat.Files;
using Cleat.Text;

namespace Cleat.Configuration;

/// <summary>
/// The user's own config, <c>$XDG_CONFIG_HOME/cleat/config.yaml</c>, else <c>~/.config/cleat/config.yaml</c> (XDG Base Directory Specification): what a
/// checkout must not decide. It says how registries are reached, and which trees are trusted to say it themselves.
/// </summary>
/// <param name="File">As it is reported; null when there is none.</param>
/// <param name="Trust">Folders, absolute: a config in one of them, or below, may say how registries are reached.</param>
internal sealed record UserConfig(string? File, IReadOnlyDictionary<string, RegistryEntry> Registries, IReadOnlyList<string> Trust)
{
    private static readonly UserConfig None = new(null, new Dictionary<string, RegistryEntry>(), []);

    /// <param name="environment">Looks an environment variable up.</param>
    /// <exception cref="CleatException">It cannot be read, or is no config: where, and what is wrong.</exception>
    public static UserConfig Read(Func<string, string?> environment)
    {
        var home = environment("HOME");
        var configs = environment("XDG_CONFIG_HOME") is { } said && Path.IsPathFullyQualified(said) ? said
            : home is { Length: > 0 } ? Path.Join(home, ".config")
            : null;
        if (configs is null)
        {
            return None;
        }

        var file = Path.Join(configs, "cleat", "config.yaml");
        var read = SettingsFile.Read(file);
        if (read.Failure == ReadFailure.Vanished || (read.Failure == ReadFailure.Denied && !NativeMethods.TryStatus(file, follow: true, out _)))
        {
            // a home that this user may not look into is somebody else's
            return None;
        }

        if (!read.Succeeded)
        {
            throw new CleatException($"{file}: {read.Message}");
        }

        SourceText source = new(file, read.Bytes);
        var config = ConfigReader.ReadUsers(source, out var problem);
        return config is null
            ? throw new CleatException($"{file}:{source.Position(problem!.Offset)}: {problem.Message}")
            : config with { Registries = ConfigFile.Whole(config.Registries, file), Trust = [.. config.Trust.Select(t => t.StartsWith("~/", StringComparison.Ordinal) || t == "~" ? home + t[1..] : t)] };
    }

    /// <summary>True for a folder that lies in a trusted tree.</summary>
    public bool Trusts(string folder) => NativeMethods.RealPath(folder) is { } real && Trust.Any(t => RealRoot.Holds(t, real));
}
