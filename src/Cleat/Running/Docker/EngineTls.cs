using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cleat.Files;

namespace Cleat.Running.Docker;

/// <summary>The certificates in an engine's folder, as docker has them: <c>ca.pem</c> in place of the system's authorities, <c>cert.pem</c> and <c>key.pem</c> to show.</summary>
internal static class EngineTls
{
    /// <exception cref="CryptographicException">One of them cannot be read, or is no certificate.</exception>
    public static SslClientAuthenticationOptions In(string folder)
    {
        SslClientAuthenticationOptions options = new();
        var (ca, certificate, key) = (Path.Combine(folder, "ca.pem"), Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"));
        if (Text(ca) is { } authorities)
        {
            X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPem(authorities);
            options.CertificateChainPolicy = policy.CustomTrustStore.Count > 0 ? policy : throw new CryptographicException($"{ca} holds no certificate");
        }

        if (Text(certificate) is { } shown)
        {
#pragma warning disable CA2000 // it lives as long as the connections that show it
            options.ClientCertificates = [X509Certificate2.CreateFromPem(shown, Text(key) ?? throw new CryptographicException($"{key}: no such file"))];
#pragma warning restore CA2000
        }

        return options;
    }

    private static string? Text(string file) =>
        !File.Exists(file) ? null : SettingsFile.ReadText(file, out var problem) ?? throw new CryptographicException($"{file}: {problem}");
}
