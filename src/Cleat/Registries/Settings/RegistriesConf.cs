using Cleat.Registries.Client;

namespace Cleat.Registries.Settings;

/// <summary>
/// The <c>[[registry]]</c> tables of containers-registries.conf(5), version 2: prefix, location, insecure, blocked, mirrors. Names without
/// a registry are not looked up here: they mean Docker Hub.
/// </summary>
internal sealed class RegistriesConf
{
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly List<string> problems = [];

    internal static RegistriesConf Empty { get; } = new();

    internal IReadOnlyList<string> Problems => problems;

    /// <summary>What was read.</summary>
    internal List<string> Files { get; } = [];

    /// <summary>
    /// The file that <c>CONTAINERS_REGISTRIES_CONF</c> names, else the user's, else the system's; then the folders of more files beside them, where
    /// a later file's table for the same prefix takes an earlier one's place. The system's folder is left out when the user has a file.
    /// </summary>
    internal static RegistriesConf Read(Func<string, string?> environment, string etc)
    {
        RegistriesConf conf = new();
        var users = environment("XDG_CONFIG_HOME") is { Length: > 0 } config ? Path.Join(config, "containers")
            : environment("HOME") is { Length: > 0 } home ? Path.Join(home, ".config", "containers") : null;
        var system = Path.Join(etc, "containers");
        var named = environment("CONTAINERS_REGISTRIES_CONF") is { Length: > 0 } said ? said : null;
        var isUsers = named is null && users is not null && File.Exists(Path.Join(users, "registries.conf"));
        conf.Take(named ?? Path.Join(isUsers ? users : system, "registries.conf"));
        if (!isUsers)
        {
            conf.TakeFolder(system);
        }

        conf.TakeFolder(users);
        return conf;
    }

    /// <summary>The table with the longest prefix that a repository lies under; null for none.</summary>
    internal Entry? Find(string registry, string repository) =>
        entries.Values.Where(e => e.Rest(registry, repository) is not null).MaxBy(e => (e.Prefix.Length, !e.Prefix.StartsWith('*')));

    /// <summary>A location such as <c>mirror.example:5000/path</c>, with the rest of a repository's name below it.</summary>
    internal static Endpoint At(string location, string rest, string file, bool insecure = false)
    {
        var start = location.IndexOf("://", StringComparison.Ordinal);
        var transport = insecure ? Transport.Insecure : start < 0 ? Transport.Usual : location.StartsWith("http://", StringComparison.Ordinal) ? Transport.Http : Transport.Https;
        var whole = $"{(start < 0 ? location : location[(start + 3)..]).TrimEnd('/')}/{rest}".TrimEnd('/');
        var slash = whole.IndexOf('/', StringComparison.Ordinal);
        return new(slash < 0 ? whole : whole[..slash], slash < 0 ? "" : whole[(slash + 1)..], file, transport);
    }

    private void TakeFolder(string? folder)
    {
        var drops = folder is null ? null : Path.Join(folder, "registries.conf.d");
        try
        {
            foreach (var file in Directory.Exists(drops) ? Directory.GetFiles(drops, "*.conf").Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
            {
                Take(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{drops} cannot be read: {e.Message}");
        }
    }

    private void Take(string path)
    {
        if (!TomlFile.TryRead(path, out var file, out var problem))
        {
            problems.AddRange(problem is null ? [] : [problem]);
            return;
        }

        Files.Add(path);
        if (file.Has(TomlFile.Root, "registries"))
        {
            problems.Add($"{path} is of version 1, which is not read: write [[registry]] tables");
        }

        foreach (var table in file.Tables(TomlFile.Root, "registry"))
        {
            var location = file.Text(table, "location");
            if ((file.Text(table, "prefix") ?? location) is not { } prefix)
            {
                problems.Add($"{path}: a [[registry]] without prefix and location was left out");
                continue;
            }

            var digestOnly = file.IsTrue(table, "mirror-by-digest-only");
            entries[prefix.TrimEnd('/')] = new(path, prefix.TrimEnd('/'), location, file.IsTrue(table, "insecure"), file.IsTrue(table, "blocked"),
            [
                .. file.Tables(table, "mirror").Where(m => file.Text(m, "location") is not null).Select(m => new Mirror(
                    file.Text(m, "location")!, file.IsTrue(m, "insecure"), file.Text(m, "pull-from-mirror") ?? (digestOnly ? "digest-only" : "all"))),
            ]);
        }
    }

    /// <param name="From"><c>all</c>, <c>digest-only</c> or <c>tag-only</c>.</param>
    internal sealed record Mirror(string Location, bool Insecure, string From);

    /// <summary>One table.</summary>
    /// <param name="Prefix"><c>host</c>, <c>host/path</c> or <c>*.domain</c>.</param>
    /// <param name="Location">What stands in the prefix's place; null for the prefix itself.</param>
    internal sealed record Entry(string File, string Prefix, string? Location, bool Insecure, bool Blocked, IReadOnlyList<Mirror> Mirrors)
    {
        /// <summary>What follows the prefix, without a slash in front; null when the repository does not lie under it.</summary>
        internal string? Rest(string registry, string repository)
        {
            if (Prefix.StartsWith("*.", StringComparison.Ordinal))
            {
                return registry.EndsWith(Prefix[1..], StringComparison.Ordinal) ? repository : null;
            }

            var whole = $"{registry}/{repository}";
            return whole == Prefix ? "" : whole.StartsWith(Prefix + "/", StringComparison.Ordinal) ? whole[(Prefix.Length + 1)..] : null;
        }

        internal IEnumerable<Endpoint> Places(string registry, string repository, bool byTag) => Mirrors
            .Where(m => m.From != (byTag ? "digest-only" : "tag-only"))
            .Select(m => At(m.Location, Rest(registry, repository)!, File, m.Insecure));

        /// <summary>The registry itself, where nothing moves it and nothing is said of how it is spoken to: null.</summary>
        internal Endpoint? Origin(string registry, string repository) =>
            Location is not null && Location != Prefix ? At(Location, Rest(registry, repository)!, File, Insecure)
            : Insecure ? new(registry, repository, null, Transport.Insecure)
            : null;
    }
}
