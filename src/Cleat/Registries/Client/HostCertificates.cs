using Cleat.References;
using Cleat.Files;
using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography;
using Cleat.Registries.Settings;

namespace Cleat.Registries.Client;

/// <summary>
/// Authorities and client certificates of one host: <c>certs.d/HOST[:PORT]/*.crt</c>, <c>NAME.cert</c> with <c>NAME.key</c>
/// (docs.docker.com, "Verify repository client with certificates"; containers-certs.d(5)), and what containerd's hosts.toml names.
/// A certificate is shown by a host whatever the port, so the folders of all its ports count.
/// </summary>
/// <param name="folders">Such as <c>/etc/docker/certs.d</c>; they need not be there.</param>
internal sealed class HostCertificates(IReadOnlyList<string> folders, ContainerdHosts? containerd)
{
    private readonly ConcurrentDictionary<string, OfOneHost> found = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The folders of docker and of podman, the user's first.</summary>
    internal static IReadOnlyList<string> Folders(Func<string, string?> environment, string etc = "/etc") =>
    [
        .. environment("HOME") is { Length: > 0 } home ? [Path.Join(home, ".config", "containers", "certs.d")] : Array.Empty<string>(),
        Path.Join(etc, "containers", "certs.d"),
        Path.Join(etc, "docker", "certs.d"),
    ];

    internal OfOneHost Of(string host) => found.GetOrAdd(host, Read);

    private OfOneHost Read(string host)
    {
        OfOneHost read = new();
        foreach (var folder in folders.SelectMany(f => Listed(f, read, () => Of(f, host))))
        {
            foreach (var file in Listed(folder, read, () => Directory.GetFiles(folder, "*.crt")))
            {
                read.AddAuthorities(file);
            }

            foreach (var file in Listed(folder, read, () => Directory.GetFiles(folder, "*.cert")))
            {
                read.AddClient(file, Path.ChangeExtension(file, ".key"));
            }
        }

        containerd?.AddTo(read, host);
        return read;
    }

    // by exact name, and with each port
    private static string[] Of(string root, string host)
    {
        string[] names = [host, KnownRegistries.NameOf(host)];
        return Directory.Exists(root) ? [.. Directory.GetDirectories(root).Where(d => names.Any(n => Path.GetFileName(d) is var name && (name == n || name.StartsWith($"{n}:", StringComparison.Ordinal))))] : [];
    }

    private static IEnumerable<string> Listed(string folder, OfOneHost read, Func<string[]> list)
    {
        try
        {
            return list().Order(StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            read.Problems.Add($"{folder} cannot be read");
            return [];
        }
    }

    /// <summary>What there is for a host.</summary>
    internal sealed class OfOneHost
    {
        internal X509Certificate2Collection Authorities { get; } = [];

        /// <summary>What is shown to the host, with its key; null for nothing.</summary>
        internal X509Certificate2? Client { get; private set; }

        internal List<string> Problems { get; } = [];

        internal void AddAuthorities(string file)
        {
            if (Read(file) is { } pem)
            {
                InPem(file, () => Authorities.ImportFromPem(pem));
            }
        }

        /// <param name="key">The file of its key; null when that stands in the same file.</param>
        internal void AddClient(string file, string? key)
        {
            if (Read(file) is { } pem && (key is null ? pem : Read(key)) is { } keyPem)
            {
                // a key that was only read is of no use to TLS on Windows; one that was loaded is
                InPem(file, () =>
                {
                    using var pair = X509Certificate2.CreateFromPem(pem, keyPem);
                    Client ??= X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pfx), null);
                });
            }
        }

        private string? Read(string file)
        {
            var text = SettingsFile.ReadText(file, out var problem);
            Problems.AddRange(problem is null ? [] : [$"{file} cannot be read: {problem}"]);
            return text;
        }

        private void InPem(string file, Action read)
        {
            try
            {
                read();
            }
            catch (CryptographicException)
            {
                Problems.Add($"{file} is not PEM");
            }
        }
    }
}
