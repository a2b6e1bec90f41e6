using Cleat.Files;
using Cleat.Configuration;
using Cleat.Formats;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat;

/// <summary>What a <c>.cleat.yaml</c> says. Every part may be left out.</summary>
public sealed record CleatConfig
{
    /// <summary>No config at all.</summary>
    public static CleatConfig Empty { get; } = new();

    /// <summary>The path of the file as it is reported; null when there is none.</summary>
    public string? File => Source?.Path;

    /// <summary>The file, under the name it is reported by; null when there is none.</summary>
    internal SourceText? Source { get; init; }

    /// <summary>The folder that globs and files in the config are relative to.</summary>
    internal string? Folder { get; init; }

    /// <summary>For each rule that is named its severity; null is off.</summary>
    internal IReadOnlyDictionary<string, Severity?> Rules { get; init; } = new Dictionary<string, Severity?>();

    /// <summary>Files that are left out, in the syntax of <c>.gitignore</c>.</summary>
    internal IReadOnlyList<string> Exclude { get; init; } = [];

    internal IReadOnlyList<Exemption> Exempt { get; init; } = [];

    internal PinSettings Pin { get; init; } = new(null, null, null);

    /// <summary>By <c>host[:port]</c>, as it stands in references.</summary>
    internal IReadOnlyDictionary<string, RegistryEntry> Registries { get; init; } = new Dictionary<string, RegistryEntry>();

    /// <summary>The user's own formats, tried before the built-in ones.</summary>
    internal IReadOnlyList<Format> Formats { get; init; } = [];

    /// <summary>What of the config does not count, since a checkout does not decide it; null when all counts.</summary>
    internal string? Ignored { get; init; }

    /// <summary>
    /// Reads the config that lies beside a path or in a folder above it, up to the root of the git repository, and the user's own. How registries are
    /// reached is what the user's own says; a tree's own config is believed in it where the user's names the tree.
    /// </summary>
    /// <param name="path">A file or a folder.</param>
    /// <returns>What both say; <see cref="Empty"/> when there is neither.</returns>
    /// <exception cref="CleatException">One of them is no config: where, and what is wrong.</exception>
    public static CleatConfig Find(string path)
    {
        var users = UserConfig.Read(UserEnvironment.Variable);
        if (ConfigFile.Find(path) is not { } file)
        {
            return Empty with { Registries = users.Registries };
        }

        if (ConfigFile.Refusal(file) is { } refusal)
        {
            throw new CleatException(refusal);
        }

        var found = Alone(file);
        return found.Registries.Count == 0 || users.Trusts(found.Folder!) ? found.Over(users)
            : found with { Registries = users.Registries, Ignored = $"{found.File}: registries ({string.Join("; ", found.Registries.Select(r => $"{r.Key}: {r.Value.Keys}"))}) is ignored, since a checkout does not decide how registries are reached: name the file with --config, or the tree under 'trust' in your own config (docs/config.md)" };
    }

    /// <summary>Reads a config that the user names, and the user's own; where both speak of a registry the named one counts.</summary>
    /// <exception cref="CleatException">One of them cannot be read, or is no config: where, and what is wrong.</exception>
    public static CleatConfig Read(string file) => Alone(file).Over(UserConfig.Read(UserEnvironment.Variable));

    private static CleatConfig Alone(string file) => ConfigFile.Read(file, out var wrong) ?? throw new CleatException(wrong!);

    private CleatConfig Over(UserConfig users) => users.Registries.Count == 0 ? this
        : this with { Registries = Registries.Concat(users.Registries.Where(r => !Registries.ContainsKey(r.Key))).ToDictionary(r => r.Key, r => r.Value, StringComparer.Ordinal) };

    /// <summary>The rule with the severity that is set for it; null when it is off.</summary>
    internal Rule? Apply(Rule? rule) => rule is null || !Rules.TryGetValue(rule.Name, out var severity) ? rule
        : severity is { } given ? rule with { Severity = given } : null;
}
