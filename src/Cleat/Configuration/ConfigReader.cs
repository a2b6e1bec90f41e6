using Cleat.Formats;
using Cleat.References;
using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Trees.Yaml;
using Cleat.Uses;

namespace Cleat.Configuration;

/// <summary>Reads a config. The first thing that is wrong is told with its place; then nothing of the config holds.</summary>
internal static class ConfigReader
{
    /// <param name="problem">What is wrong and where; null when nothing is.</param>
    public static CleatConfig? Read(SourceText source, out ReadProblem? problem) =>
        Read(source, CleatConfig.Empty, Root, out problem) is { } config ? config with { Source = source } : null;

    /// <summary>The same of the user's own config.</summary>
    public static UserConfig? ReadUsers(SourceText source, out ReadProblem? problem) => Read(source, new(source.Path, new Dictionary<string, RegistryEntry>(), []), root => Users(root, source.Path), out problem);

    private static T? Read<T>(SourceText source, T empty, Func<ConfigNode, T> read, out ReadProblem? problem)
        where T : class
    {
        var trees = YamlTrees.Read(source, TextSpan.FromBounds(source.BomLength, source.Bytes.Length), out problem);
        if (problem is not null)
        {
            return null;
        }

        if (trees.Count > 1)
        {
            problem = new(trees[1].Count > 0 ? trees[1][0].Span.Start : 0, "a second document: a config is one");
            return null;
        }

        if (trees.Count == 0 || trees[0].Count == 0 || trees[0].IsNull(0))
        {
            return empty;
        }

        ConfigNode root = new(trees[0], 0, new());
        var config = read(root);
        problem = root.Problems.First;
        return problem is null ? config : null;
    }

    private static CleatConfig Root(ConfigNode root)
    {
        var keys = root.Map(ConfigKeys.Root);
        return new CleatConfig
        {
            Rules = keys.Get("rules")?.Entries(ConfigKeys.Rules, "rule").ToDictionary(e => e.Key, e => Severity(e.Value)) ?? [],
            Exclude = keys.Get("exclude")?.Texts() ?? [],
            Exempt = [.. keys.Get("exempt")?.Items().Select(Exempt) ?? []],
            Pin = keys.Get("pin") is { } pin ? Pin(pin) : new(null, null, null),
            Registries = Registries(keys.Get("registries")),
            Formats = [.. keys.Get("formats")?.Items().Select(UserFormat).OfType<Format>() ?? []],
        };
    }

    private static Severity? Severity(ConfigNode node) => node.Word(ConfigKeys.Severities) switch
    {
        "error" => Uses.Severity.Error,
        "warning" => Uses.Severity.Warning,
        "note" => Uses.Severity.Note,
        _ => null,
    };

    private static Exemption Exempt(ConfigNode node)
    {
        var keys = node.Map(ConfigKeys.Exemption);
        var image = keys.Get("image");
        var until = keys.Get("until");
        DateOnly? day = null;
        if (until?.Text() is { } text)
        {
            day = DateOnly.TryParseExact(text, "yyyy-MM-dd", out var date) ? date : null;
            until.Require(day is not null, $"'{text}' is no date: write year-month-day, such as 2027-03-01");
        }

        if (image?.Text() is { } name)
        {
            image.Require(name.Length > 0 && !name.Contains('@', StringComparison.Ordinal) && !name.Contains('*', StringComparison.Ordinal), "name a registry, a repository or both, without '@' and '*': all that lies below it is meant too");
            image.Require(ImageReference.TryParse(name, out _, out var wrong), $"'{name}' names no image: {wrong?.Message}");
        }

        var file = keys.Get("file")?.Text();
        node.Require(image is not null || file is not null, "this exempts everything: name an image or a file. To turn a rule off write `rules: { name: off }`");
        return new(image?.Text(), file, keys.Get("rule")?.Word(ConfigKeys.Rules), keys.Get("reason")?.Text(), day, node.Span);
    }

    private static PinSettings Pin(ConfigNode node)
    {
        var keys = node.Map(ConfigKeys.Pin);
        var platform = keys.Get("platform");
        platform?.Require(platform.Text().Split('/') is { Length: 2 or 3 } parts && parts.All(p => p.Length > 0), "must read os/arch or os/arch/variant, such as linux/arm64");
        var age = keys.Get("min-age");
        TimeSpan? duration = age is null ? null : Duration.Of(age.Text());
        age?.Require(duration is not null, "must be a number with its unit (m, h, d or w), such as 3d");
        PinStyle? style = keys.Get("style")?.Word(ConfigKeys.Styles) switch
        {
            "tag-digest" => PinStyle.TagDigest,
            "digest" => PinStyle.Digest,
            "digest-comment" => PinStyle.DigestComment,
            _ => null,
        };
        return new(style, platform?.Text(), duration);
    }

    private static UserConfig Users(ConfigNode root, string file)
    {
        var keys = root.Map(ConfigKeys.Users);
        var trust = keys.Get("trust");
        var folders = trust?.Texts() ?? [];
        trust?.Require(folders.All(f => Path.IsPathFullyQualified(f) || f == "~" || f.StartsWith("~/", StringComparison.Ordinal)), "name each tree by its whole path, such as /srv/app or ~/src/app");
        return new(file, Registries(keys.Get("registries")), folders);
    }

    private static Dictionary<string, RegistryEntry> Registries(ConfigNode? node) => node?.Entries(null, "registry").ToDictionary(e => e.Key, e => Registry(e.Key, e.Value)) ?? [];

    private static RegistryEntry Registry(string host, ConfigNode node)
    {
        // a name that no reference has would never be looked up
        var bare = host[(host.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0)..].Split('/')[0];
        var meant = ImageReference.TryParse($"{bare}/a/b", out var reference, out _) && reference.Repository == "a/b" ? reference.Registry : null;
        node.Require(meant == host, $"'{host}' is no registry's name as it stands in references{(meant is null ? ": a host, with its port where it has one" : $": write {meant}")}");
        var keys = node.Map(ConfigKeys.Registry);
        return new(keys.Get("mirror")?.Text(), keys.Get("plain-http")?.Word(["true", "false"]) == "true", keys.Get("ca-file")?.Text());
    }

    private static Format? UserFormat(ConfigNode node)
    {
        var keys = node.Map(ConfigKeys.Format);
        var name = keys.Get("name");
        var files = keys.Get("files");
        var paths = keys.Get("paths");
        node.Require(name is not null && files is not null && paths is not null, "a format needs 'name', 'files' and 'paths'");
        if (name is null || files is null || paths is null)
        {
            return null;
        }

        name.Require(name.Text() is { Length: > 0 } text && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'), "a format's name is lower-case letters, digits and '-'");
        files.Require(files.Texts().Count > 0 && files.Texts().All(f => f.Length > 0 && !f.EndsWith('/')), "name the files: a pattern such as \"deploy/*.yml\"");
        paths.Require(paths.Texts().Count > 0, "say where images stand: a path such as \"app.image\"");
        var set = PathSet.TryRead(paths.Texts(), out var wrong);
        paths.Require(set is not null, wrong ?? "");

        // a document in which its paths lead nowhere is left to the formats behind it
        return set is null ? null : new Format(name.Text(), name.Text(), files.Texts()) { Paths = set, Recognises = tree => TreeWalk.Find(tree, set, out _).Count > 0 };
    }
}
