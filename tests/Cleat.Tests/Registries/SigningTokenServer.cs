using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography;
using System.Text;
using Cleat.Formats.Code;

namespace Cleat.Tests.Registries;

/// <summary>A token server on loopback that signs real tokens for one user (distribution: "Token Authentication Implementation").</summary>
internal sealed class SigningTokenServer : IAsyncDisposable
{
    private readonly X509Certificate2 certificate = TestCertificate.OfLoopback();
    private readonly string bundle = Path.GetTempFileName();
    private readonly ScriptedServer server;
    private int issued;

    internal SigningTokenServer(string user, string password)
    {
        File.WriteAllText(bundle, certificate.ExportCertificatePem());
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        server = new(request => request["Authorization"] is { } given && given != basic
            ? Replies.Text(401, """{"details":"incorrect username or password"}""")
            : Replies.Text(200, $$"""{"token":"{{Token(request)}}","expires_in":300,"issued_at":"{{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ssZ}}"}"""));
    }

    /// <summary>What the registry's settings say of it.</summary>
    internal string Settings => $"realm: \"http://{server.Host}/token\", service: test-registry, issuer: test-issuer, rootcertbundle: {bundle}";

    internal int Issued => issued;

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        certificate.Dispose();
        File.Delete(bundle);
    }

    // who is nobody gets a token that allows nothing
    private string Token(ScriptedRequest request)
    {
        Interlocked.Increment(ref issued);
        var scopes = new Uri($"http://{server.Host}{request.Target}").Query.TrimStart('?').Split('&')
            .Select(p => p.Split('=', 2)).Where(p => p[0] == "scope").Select(p => Uri.UnescapeDataString(p[1].Replace('+', ' ')).Split(':')).Where(s => s.Length == 3);
        var access = request["Authorization"] is null ? "" : string.Join(",", scopes.Select(s => $$"""{"type":"{{s[0]}}","name":"{{s[1]}}","actions":["{{string.Join("\",\"", s[2].Split(','))}}"]}"""));
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var head = $$"""{"typ":"JWT","alg":"RS256","x5c":["{{Convert.ToBase64String(certificate.RawData)}}"]}""";
        var claims = $$"""{"iss":"test-issuer","sub":"ann","aud":"test-registry","exp":{{now + 300}},"nbf":{{now - 60}},"iat":{{now}},"jti":"{{Guid.NewGuid()}}","access":[{{access}}]}""";
        var signed = $"{Part(Encoding.UTF8.GetBytes(head))}.{Part(Encoding.UTF8.GetBytes(claims))}";
        using var key = certificate.GetRSAPrivateKey()!;
        return $"{signed}.{Part(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Part(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
