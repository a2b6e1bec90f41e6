using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Cleat.Tests.Registries;
using Cleat.Tests.Running.Kubernetes;

namespace Cleat.Cli.Tests.Cluster;

/// <summary>How a kubeconfig says whom to trust, as whom to come, and by which way (kubernetes.io, "kubeconfig (v1)").</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_private_authority_counts_where_the_kubeconfig_names_it()
    {
        using var certificate = TestCertificate.OfLoopback();
        await using ScriptedServer server = new(Api, certificate);
        var (code, _, error) = await CleatAsync($"server: 'https://{server.Host}'");
        Assert.Equal(3, code);
        Assert.Contains("has a certificate that is not trusted", error, StringComparison.Ordinal);
        Assert.Empty(server.Requests);

        await SeesAsync(server, $"server: 'https://{server.Host}', certificate-authority-data: {Base64(certificate.ExportCertificatePem())}");
        folder.Put("ca.pem", certificate.ExportCertificatePem());
        await SeesAsync(server, $"server: 'https://{server.Host}', certificate-authority: ca.pem");

        using var other = TestCertificate.OfLoopback();
        folder.Put("ca.pem", other.ExportCertificatePem());
        Assert.Equal(3, (await CleatAsync($"server: 'https://{server.Host}', certificate-authority: ca.pem")).Code);
    }

    [Fact]
    public async Task A_certificate_for_another_name_counts_where_tls_server_name_says_so()
    {
        using var certificate = TestCertificate.Of(names => names.AddDnsName("api.example"));
        await using ScriptedServer server = new(Api, certificate);
        var cluster = $"server: 'https://{server.Host}', certificate-authority-data: {Base64(certificate.ExportCertificatePem())}";
        var (code, _, error) = await CleatAsync(cluster);
        Assert.Equal(3, code);
        Assert.Contains("has a certificate that is not trusted", error, StringComparison.Ordinal);

        await SeesAsync(server, $"{cluster}, tls-server-name: api.example");
        Assert.All(server.Requests, r => Assert.Equal("api.example", r.ServerName));
        Assert.Equal(3, (await CleatAsync($"{cluster}, tls-server-name: other.example")).Code);
    }

    [Fact]
    public async Task No_certificate_is_looked_at_where_insecure_skip_tls_verify_says_so()
    {
        using var certificate = TestCertificate.Of(names => names.AddDnsName("other.example"));
        await using ScriptedServer server = new(Api, certificate);
        Assert.Equal(3, (await CleatAsync($"server: 'https://{server.Host}', insecure-skip-tls-verify: false")).Code);
        await SeesAsync(server, $"server: 'https://{server.Host}', insecure-skip-tls-verify: true");
    }

    [Fact]
    public async Task The_client_s_certificate_is_shown()
    {
        using var certificate = TestCertificate.OfLoopback();
        using var own = TestCertificate.OfLoopback();
        await using ScriptedServer server = new(Api, certificate);
        var cluster = $"server: 'https://{server.Host}', certificate-authority-data: {Base64(certificate.ExportCertificatePem())}";
        await SeesAsync(server, cluster, $"client-certificate-data: {Base64(own.ExportCertificatePem())}, client-key-data: {Base64(TestCertificate.Key(own))}");
        Assert.All(server.Requests, r => Assert.Equal((own.Thumbprint, null), (r.ClientCertificate, r["Authorization"])));

        folder.Put("me.pem", own.ExportCertificatePem());
        folder.Put("me.key", TestCertificate.Key(own));
        server.Requests.Clear();
        await SeesAsync(server, cluster, "client-certificate: me.pem, client-key: me.key");
        Assert.All(server.Requests, r => Assert.Equal(own.Thumbprint, r.ClientCertificate));

        server.Requests.Clear();
        await SeesAsync(server, cluster, "token: t");
        Assert.All(server.Requests, r => Assert.Equal((null, "Bearer t"), (r.ClientCertificate, r["Authorization"])));
    }

    [Fact]
    public async Task A_key_that_is_not_the_certificate_s_is_said_without_it()
    {
        using var one = TestCertificate.OfLoopback();
        using var other = TestCertificate.OfLoopback();
        folder.Put("me.pem", one.ExportCertificatePem());
        folder.Put("me.key", TestCertificate.Key(other));
        var (code, _, error) = await CleatAsync("server: 'https://127.0.0.1:1'", "client-certificate: me.pem, client-key: me.key");
        Assert.Equal(2, code);
        Assert.Contains("a certificate or key of loop is not good", error, StringComparison.Ordinal);
        Assert.DoesNotContain(TestCertificate.Key(other)[100..140], error, StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_plugin_s_certificate_is_shown()
    {
        using var certificate = TestCertificate.OfLoopback();
        using var own = TestCertificate.OfLoopback();
        await using ScriptedServer server = new(Api, certificate);
        folder.Put("answer", System.Text.Json.JsonSerializer.Serialize(new { status = new { clientCertificateData = own.ExportCertificatePem(), clientKeyData = TestCertificate.Key(own) } }));
        await SeesAsync(
            server,
            $"server: 'https://{server.Host}', certificate-authority-data: {Base64(certificate.ExportCertificatePem())}",
            $"exec: {{apiVersion: client.authentication.k8s.io/v1, command: cat, args: ['{folder["answer"]}']}}");
        Assert.All(server.Requests, r => Assert.Equal(own.Thumbprint, r.ClientCertificate));
    }

    [Fact]
    public async Task The_proxy_is_asked_in_the_server_s_place()
    {
        await using ScriptedServer proxy = new(Api);
        await SeesAsync(proxy, $"server: 'http://api.example:6443', proxy-url: 'http://{proxy.Host}'");
        Assert.Contains("GET http://api.example:6443/apis", proxy.Lines);
        Assert.All(proxy.Requests, r => Assert.StartsWith("http://api.example:6443/", r.Target, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ann:s3cret@proxy")]
    [InlineData("ftp://ann:s3cret@proxy")]
    public async Task A_proxy_url_that_is_none_is_said_without_it(string said)
    {
        var (code, _, error) = await CleatAsync($"server: 'http://127.0.0.1:1', proxy-url: '{said}'");
        Assert.Equal(2, code);
        Assert.Contains("a proxy-url is http://, https:// or socks5:// with a host", error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error, StringComparison.Ordinal);
    }

    private static ScriptedReply Api(ScriptedRequest request) => Replies.Text(200, (request.Target.StartsWith("http", StringComparison.Ordinal) ? new Uri(request.Target).PathAndQuery : request.Target) switch
    {
        "/apis" => """{"kind":"APIGroupList","groups":[{"name":"apps","versions":[{"version":"v1"}],"preferredVersion":{"version":"v1"}}]}""",
        "/apis/apps/v1" => """{"kind":"APIResourceList","resources":[{"name":"deployments","kind":"Deployment","namespaced":true,"verbs":["list"]}]}""",
        var path => LoopbackApi.Items(path.StartsWith("/apis/apps/v1/", StringComparison.Ordinal) ? [Objects.Template("web", "nginx:1.27")] : []),
    });

    private async Task SeesAsync(ScriptedServer server, string cluster, string user = "token: t")
    {
        var (code, output, error) = await CleatAsync(cluster, user);
        Assert.Equal((1, ""), (code, error));
        Assert.Contains("Deployment shop/web", output, StringComparison.Ordinal);
        Assert.NotEmpty(server.Requests);
    }

    private Task<(int Code, string Output, string Error)> CleatAsync(string cluster, string user = "token: t")
    {
        var kubeconfig = folder.Put("kubeconfig", $$"""
            current-context: loop
            clusters: [{name: loop, cluster: { {{cluster}} } }]
            users: [{name: me, user: { {{user}} } }]
            contexts: [{name: loop, context: {cluster: loop, user: me, namespace: shop} }]
            """);
        return InProcess.RunAsync("", "cluster", "--kubeconfig", kubeconfig);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));
}
