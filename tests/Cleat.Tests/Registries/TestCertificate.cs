using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography;

namespace Cleat.Tests.Registries;

/// <summary>Certificates that are their own authority, with their keys, which may be exported.</summary>
internal static class TestCertificate
{
    /// <summary>One for 127.0.0.1.</summary>
    internal static X509Certificate2 OfLoopback() => Of(names => names.AddIpAddress(IPAddress.Loopback));

    internal static X509Certificate2 Of(Action<SubjectAlternativeNameBuilder> names)
    {
        using var key = RSA.Create(2048);
        CertificateRequest request = new("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder builder = new();
        names(builder);
        request.CertificateExtensions.Add(builder.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var signed = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        // Windows cannot serve with a key that lives in memory only
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }

    /// <summary>Its key as it stands in a PEM file.</summary>
    internal static string Key(X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }
}
