using Cleat.Uses;

namespace Cleat.Configuration;

/// <summary>Every key of the config; <c>schema/cleat.schema.json</c> says the same, and a test holds them together.</summary>
internal static class ConfigKeys
{
    /// <summary>The name of the file that is looked for.</summary>
    public const string FileName = ".cleat.yaml";

    /// <summary>Names that people write instead: such a config counts too.</summary>
    public static readonly string[] OtherFileNames = [".cleat.yml", "cleat.yaml", "cleat.yml"];

    public static IReadOnlyList<string> Root { get; } = ["rules", "exclude", "exempt", "pin", "registries", "formats"];

    /// <summary>The keys of the user's own config.</summary>
    public static IReadOnlyList<string> Users { get; } = ["registries", "trust"];

    public static IReadOnlyList<string> Exemption { get; } = ["image", "file", "rule", "reason", "until"];

    public static IReadOnlyList<string> Pin { get; } = ["style", "platform", "min-age"];

    public static IReadOnlyList<string> Registry { get; } = ["mirror", "plain-http", "ca-file"];

    public static IReadOnlyList<string> Format { get; } = ["name", "files", "paths"];

    public static IReadOnlyList<string> Severities { get; } = ["error", "warning", "note", "off"];

    public static IReadOnlyList<string> Styles { get; } = ["tag-digest", "digest", "digest-comment"];

    /// <summary>The rules that may be named: those of <c>check</c>, and those of the verbs that ask registries and clusters.</summary>
    public static IReadOnlyList<string> Rules { get; } = [.. Rule.All.Select(r => r.Name)];
}
