using Cleat.Files;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography;

namespace Cleat.Registries.Client;

/// <summary>Judges servers' certificates: the system's authorities, and those of a file beside them. Remembers why one was not trusted.</summary>
internal sealed class ServerCertificates
{
    private readonly ConcurrentDictionary<string, string> problems = new(StringComparer.OrdinalIgnoreCase);
    private readonly HostCertificates folders;
    private readonly X509Certificate2Collection extra;
    private readonly Dictionary<string, X509Certificate2Collection> extraOfHosts = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="folders">What lies in folders of the host's name.</param>
    /// <param name="byHost">By <c>host[:port]</c>: a certificate is shown by a host, whatever the port.</param>
    internal ServerCertificates(string? caFile, IReadOnlyDictionary<string, string>? byHost = null, HostCertificates? folders = null)
    {
        this.folders = folders ?? new([], null);
        extra = Read(caFile);
        foreach (var (host, file) in byHost ?? FrozenDictionary<string, string>.Empty)
        {
            extraOfHosts[RegistryHost.Origin("https", RegistryHost.Api(host))?.IdnHost ?? host] = Read(file);
        }
    }

    /// <summary>Why the file could not be used, or null.</summary>
    internal string? FileProblem { get; private set; }

    internal string? Problem(string host) => problems.GetValueOrDefault(host);

    private X509Certificate2Collection Read(string? caFile)
    {
        X509Certificate2Collection read = [];
        if (caFile is null)
        {
            return read;
        }

        if (SettingsFile.ReadText(caFile, out var problem) is not { } pem)
        {
            FileProblem ??= $"the CA file {caFile} cannot be read: {problem}";
            return read;
        }

        try
        {
            read.ImportFromPem(pem);
            FileProblem ??= read.Count == 0 ? $"the CA file {caFile} holds no certificate in PEM form" : null;
        }
        catch (CryptographicException)
        {
            FileProblem ??= $"the CA file {caFile} cannot be read: it is not PEM";
        }

        return read;
    }

    internal bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var host = (sender as SslStream)?.TargetHostName ?? "";
        if (errors == SslPolicyErrors.None || (errors == SslPolicyErrors.RemoteCertificateChainErrors && ChainsToExtra(host, certificate, chain)))
        {
            problems.TryRemove(host, out _);
            return true;
        }

        problems[host] = (errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0 ? "it is for another name"
            : chain is null ? "it shows none"
            : string.Join(", ", [.. chain.ChainStatus.Select(s => s.Status.ToString()).Distinct(), .. folders.Of(host).Problems]);
        return false;
    }

    /// <summary>What is shown to a server that asks who calls; null for nothing.</summary>
    internal X509Certificate? Client(object sender, string targetHost, X509CertificateCollection local, X509Certificate? remote, string[] issuers) => folders.Of(targetHost).Client;

    private bool ChainsToExtra(string host, X509Certificate? certificate, X509Chain? sent)
    {
        X509Certificate2Collection trusted = [.. extra, .. extraOfHosts.GetValueOrDefault(host) ?? [], .. folders.Of(host).Authorities];
        if (trusted.Count == 0 || certificate is not X509Certificate2 leaf)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.ExtraStore.AddRange(sent?.ChainPolicy.ExtraStore ?? []);
        return chain.Build(leaf);
    }
}
