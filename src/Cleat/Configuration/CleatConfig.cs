using Cleat.Formats;
using Cleat.Rewriting;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Configuration;

/// <summary>What a <c>.cleat.yaml</c> says. Every part may be left out.</summary>
public sealed record CleatConfig
{
    /// <summary>No config at all.</summary>
    public static CleatConfig Empty { get; } = new();

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
    internal IReadOnlyDictionary<string, RegistrySettings> Registries { get; init; } = new Dictionary<string, RegistrySettings>();

    /// <summary>The user's own formats, tried before the built-in ones.</summary>
    internal IReadOnlyList<Format> Formats { get; init; } = [];

    /// <summary>The rule with the severity that is set for it; null when it is off.</summary>
    internal Rule? Apply(Rule? rule) => rule is null || !Rules.TryGetValue(rule.Name, out var severity) ? rule
        : severity is { } given ? rule with { Severity = given } : null;
}

/// <param name="MinAge">Do not move to an image younger than this.</param>
internal sealed record PinSettings(PinStyle? Style, string? Platform, TimeSpan? MinAge);

/// <param name="Mirror">A host, with a path or not, to ask before it.</param>
/// <param name="CaFile">PEM, relative to the config's folder.</param>
internal sealed record RegistrySettings(string? Mirror, bool PlainHttp, string? CaFile);
