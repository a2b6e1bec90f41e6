using Cleat.References;
using Cleat.Registries.Client;
using Cleat.Registries.SignIn;

namespace Cleat.Registries.Settings;

/// <summary>
/// Who is asked in a registry's place: the config's mirror first, then those of containers' registries.conf, then those of containerd's
/// hosts.toml, and the registry itself last.
/// </summary>
internal sealed class Mirrors
{
    private readonly IReadOnlyDictionary<string, string> own;
    private readonly string ownFile;
    private readonly RegistriesConf conf;
    private readonly ContainerdHosts? containerd;

    private Mirrors(IReadOnlyDictionary<string, string> own, string ownFile, RegistriesConf conf, ContainerdHosts? containerd)
    {
        this.own = own;
        this.ownFile = ownFile;
        this.conf = conf;
        this.containerd = containerd;
    }

    /// <summary>Every registry is asked itself.</summary>
    public static Mirrors None { get; } = new(new Dictionary<string, string>(), "", RegistriesConf.Empty, null);

    /// <summary>What of registries.conf could not be read, naming the files; or null.</summary>
    public string? Problem => conf.Problems.Count == 0 ? null : string.Join("; ", conf.Problems);

    /// <summary>Authorities and client certificates that hosts.toml names for a host.</summary>
    internal ContainerdHosts? Containerd => containerd;

    /// <param name="environment">Looks an environment variable up: HOME, XDG_CONFIG_HOME, CONTAINERS_REGISTRIES_CONF.</param>
    /// <param name="own">By registry, the mirror that Cleat's config names: <c>host[:port][/path]</c>.</param>
    /// <param name="ownFile">That config, for messages.</param>
    /// <param name="etc">The system's folder of settings.</param>
    public static Mirrors Read(Func<string, string?> environment, IReadOnlyDictionary<string, string> own, string ownFile, string etc = "/etc") =>
        new(own, ownFile, RegistriesConf.Read(environment, etc), new(Path.Join(etc, "containerd", "certs.d")));

    /// <param name="byTag">True when a tag's meaning is asked for: some mirrors serve digests only.</param>
    internal Route Route(ImageReference reference, bool byTag)
    {
        var (registry, repository) = (reference.Registry, reference.Repository);
        List<Endpoint> mirrors = [];
        if (own.GetValueOrDefault(registry) is { } mirror)
        {
            mirrors.Add(RegistriesConf.At(mirror, repository, ownFile));
        }

        var entry = conf.Find(registry, repository);
        if (entry is { Blocked: true })
        {
            return new([], new(registry, repository), $"{entry.File} blocks {entry.Prefix}: {registry} is not asked");
        }

        mirrors.AddRange(entry?.Places(registry, repository, byTag) ?? []);
        var origin = entry?.Origin(registry, repository) ?? new(registry, repository);
        string? note = null;
        if (origin.Host == registry && containerd?.Of(registry) is { } hosts)
        {
            note = hosts.Problem;
            mirrors.AddRange(hosts.Places(repository, byTag));
            origin = hosts.Origin(repository) ?? origin;
        }

        return new([.. mirrors.DistinctBy(m => (m.Host, m.Base, m.Repository)).Where(m => (m.Host, m.Base, m.Repository) != (origin.Host, origin.Base, origin.Repository))], origin, null, note);
    }

    /// <summary>What decides over a registry's mirrors: the config's own, and the files with their sizes and times.</summary>
    internal string Scope(string registry) =>
        string.Join(' ', conf.Files.Concat(containerd?.Of(registry) is { } hosts ? [hosts.File] : []).Select(CredentialScope.Stamp).Prepend(own.GetValueOrDefault(registry, "-")));
}
