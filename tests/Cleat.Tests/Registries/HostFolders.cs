using System.Net.Security;
using System.Net.Sockets;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Cleat.Registries.Client;
using Cleat.Registries.Settings;
using Cleat.Registries;

namespace Cleat.Tests.Registries;

/// <summary>Authorities and client certificates that lie in a host's folder.</summary>
public sealed class HostFolders : IDisposable
{
    private static readonly SampleImage Image = new("linux/amd64");
    private readonly SettingsFolder settings = new();
    private readonly X509Certificate2 certificate = TestCertificate.OfLoopback();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public void Dispose()
    {
        listener.Dispose();
        certificate.Dispose();
        settings.Dispose();
    }

    [Theory]
    [InlineData("{0}/ca.crt", true)]
    [InlineData("127.0.0.1/ca.crt", true)]
    [InlineData("127.0.0.2/ca.crt", false)]
    [InlineData("{0}/ca.pem", false)]
    public async Task An_authority_is_trusted_for_its_host(string file, bool trusted)
    {
        await using var server = new ScriptedServer(_ => Replies.Manifest(Image.Index, SampleImage.IndexType), certificate);
        settings.Put("certs.d/" + string.Format(System.Globalization.CultureInfo.InvariantCulture, file, server.Host), certificate.ExportCertificatePem());
        Assert.Equal(trusted, await Ask.Async(server, Options()) is Resolution.Resolved);
    }

    [Fact]
    public async Task What_is_no_certificate_is_named()
    {
        await using var server = new ScriptedServer(_ => Replies.Manifest(Image.Index, SampleImage.IndexType), certificate);
        settings.Put($"certs.d/{server.Host}/ca.crt", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        var answer = Assert.IsType<Resolution.Unreachable>(await Ask.Async(server, Options()));
        Assert.Contains($"certs.d/{server.Host}/ca.crt is not PEM", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Containerd_s_authority_is_trusted_for_the_mirror()
    {
        await using var origin = new ScriptedServer(_ => Replies.With(404));
        await using var mirror = new ScriptedServer(_ => Replies.Manifest(Image.Index, SampleImage.IndexType), certificate);
        settings.Put($"etc/containerd/certs.d/{origin.Host}/ca.pem", certificate.ExportCertificatePem());
        settings.Put($"etc/containerd/certs.d/{origin.Host}/hosts.toml", $"[host.\"https://{mirror.Host}\"]\nca = \"ca.pem\"\n");
        Assert.IsType<Resolution.Resolved>(await Ask.Async(origin, Ask.Quick with { Mirrors = settings.Read() }));
        Assert.Empty(origin.Requests);
    }

    [Fact]
    public async Task The_client_s_certificate_is_shown_to_its_host()
    {
        using var own = TestCertificate.OfLoopback();
        listener.Start();
        var host = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        settings.Put($"certs.d/{host}/ca.crt", certificate.ExportCertificatePem());
        settings.Put($"certs.d/{host}/client.cert", own.ExportCertificatePem());
        settings.Put($"certs.d/{host}/client.key", TestCertificate.Key(own));
        var shown = ServeOnceAsync();

        using var client = new RegistryApi(Options() with { TotalTime = TimeSpan.FromSeconds(5), Attempts = 1 });
        await Ask.Async(client, $"{host}/team/app:1");
        Assert.Equal(own.Thumbprint, await shown.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    private RegistryOptions Options() => Ask.Quick with { CertificateFolders = [$"{settings.Path}/certs.d"] };

    // says whose certificate the first caller showed, and hangs up
    private async Task<string?> ServeOnceAsync()
    {
        using var caller = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using SslStream tls = new(caller.GetStream());
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = certificate,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
        });
        await tls.WriteAsync(Encoding.Latin1.GetBytes("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        return tls.RemoteCertificate?.GetCertHashString();
    }
}
