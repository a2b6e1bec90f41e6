using System.Collections.Concurrent;
using Cleat.Registries.Client;
using Cleat.Text;

namespace Cleat.Registries.Settings;

/// <summary>
/// containerd's <c>certs.d/HOST/hosts.toml</c> (containerd docs, "Registry Configuration"): mirrors, the server in the registry's place,
/// authorities. <c>skip_verify</c> is not followed: a digest from a server that nobody checked is no pin.
/// </summary>
/// <param name="folder"><c>/etc/containerd/certs.d</c></param>
internal sealed class ContainerdHosts(string folder)
{
    private readonly ConcurrentDictionary<string, Hosts?> read = new(StringComparer.Ordinal);

    /// <summary>What is said of a registry, or of every one that has no folder of its own (<c>_default</c>); null for nothing.</summary>
    internal Hosts? Of(string registry) => read.GetOrAdd(registry, Read);

    /// <summary>Adds the authorities and client certificates that the files read so far name for a host, as mirror or as server.</summary>
    internal void AddTo(HostCertificates.OfOneHost certificates, string host)
    {
        foreach (var one in read.Values.OfType<Hosts>().SelectMany(h => h.Mirrors.Append(h.Server.Url.Length > 0 ? h.Server : h.Server with { Url = h.Registry })))
        {
            if (Endpoint.Of(one.Url, "", "", false, null) is not { } place || RegistryHost.Origin("https", RegistryHost.Api(place.Host))?.IdnHost != host)
            {
                continue;
            }

            foreach (var file in one.Ca)
            {
                certificates.AddAuthorities(file);
            }

            for (var i = 0; i < one.Client.Count; i += 2)
            {
                certificates.AddClient(one.Client[i], i + 1 < one.Client.Count ? one.Client[i + 1] : null);
            }
        }
    }

    private Hosts? Read(string registry)
    {
        // a port's colon may stand as underscores, for file systems that know no colon
        string[] names = [registry, registry.LastIndexOf(':') is var colon and > 0 && !registry.EndsWith(']') ? $"{registry[..colon]}_{registry[(colon + 1)..]}_" : registry, "_default"];
        var path = names.Distinct().Select(n => Path.Join(folder, n)).FirstOrDefault(Directory.Exists);
        if (path is null)
        {
            return null;
        }

        if (!TomlFile.TryRead(Path.Join(path, "hosts.toml"), out var file, out var wrong))
        {
            return wrong is null ? null : new(registry, path, new("", null, false, [], []), [], wrong);
        }

        List<string> problems = [];
        var server = ReadHost(file, TomlFile.Root, file.Text(TomlFile.Root, "server") ?? "", problems);
        List<Host> hosts = [.. file.Entries(TomlFile.Root, "host").Select(e => ReadHost(file, e.Table, e.Key, problems))];
        return new(registry, file.Path, server, [.. hosts.Where(IsAddress)], problems.Count == 0 ? null : string.Join("; ", problems));
    }

    private static bool IsAddress(Host host) => Endpoint.Of(host.Url, "", "", false, null) is not null;

    private static Host ReadHost(TomlFile file, int table, string url, List<string> problems)
    {
        var folder = Path.GetDirectoryName(file.Path)!;
        var name = url.Length == 0 ? "the server" : PrintableText.Abbreviated(url);
        Host host = new(url, file.Texts(table, "capabilities"), file.IsTrue(table, "override_path"),
            [.. (file.Texts(table, "ca") ?? []).Select(f => Path.Combine(folder, f))],
            [.. (file.Texts(table, "client") ?? []).Select(f => Path.Combine(folder, f))]);
        if (url.Length > 0 && !IsAddress(host))
        {
            problems.Add($"{file.Path}: '{name}' is no address: it is not asked");
        }

        if (file.IsTrue(table, "skip_verify"))
        {
            problems.Add($"{file.Path}: skip_verify of {name} is not followed: certificates are always checked; name its authority with ca");
        }

        if (file.Has(table, "header"))
        {
            problems.Add($"{file.Path}: the headers of {name} are not sent");
        }

        return host;
    }

    /// <param name="Can"><c>pull</c>, <c>resolve</c>, <c>push</c>; null for all.</param>
    /// <param name="Ca">Files in PEM.</param>
    /// <param name="Client">A certificate and its key, by turns; or files with both.</param>
    internal sealed record Host(string Url, IReadOnlyList<string>? Can, bool OverridePath, IReadOnlyList<string> Ca, IReadOnlyList<string> Client)
    {
        internal bool Serves(bool byTag) => Can is null || Can.Contains(byTag ? "resolve" : "pull");
    }

    /// <summary>One file.</summary>
    /// <param name="Problem">What in it is not followed, or null.</param>
    internal sealed record Hosts(string Registry, string File, Host Server, IReadOnlyList<Host> Mirrors, string? Problem)
    {
        internal IEnumerable<Endpoint> Places(string repository, bool byTag) => Mirrors
            .Where(m => m.Serves(byTag))
            .Select(m => Endpoint.Of(m.Url, repository, File, m.OverridePath, Registry)!);

        internal Endpoint? Origin(string repository) => Server.Url.Length == 0 ? null : Endpoint.Of(Server.Url, repository, File, Server.OverridePath, Registry);
    }
}
