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

    /// <summary>Reads the config that lies beside a path or in a folder above it, up to the root of the git repository.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <returns><see cref="Empty"/> when there is none.</returns>
    /// <exception cref="CleatException">It is no config: where, and what is wrong.</exception>
    public static CleatConfig Find(string path) => ConfigFile.Find(path) is { } file ? Read(file) : Empty;

    /// <summary>Reads a config.</summary>
    /// <exception cref="CleatException">It cannot be read, or is no config: where, and what is wrong.</exception>
    public static CleatConfig Read(string file) => ConfigFile.Read(file, out var wrong) ?? throw new CleatException(wrong!);

    /// <summary>The rule with the severity that is set for it; null when it is off.</summary>
    internal Rule? Apply(Rule? rule) => rule is null || !Rules.TryGetValue(rule.Name, out var severity) ? rule
        : severity is { } given ? rule with { Severity = given } : null;
}
