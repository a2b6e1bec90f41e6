using System.Net;
using System.Security.Cryptography;
using System.Text;
using Cleat.Running.Docker;
using Cleat.Tests.Files;
using Cleat.Tests.Registries;

namespace Cleat.Tests.Running.Docker;

/// <summary>Which engine is meant, in docker's own order; and TLS with the certificates that go with it.</summary>
public sealed class EngineContextTests : IDisposable
{
    private readonly TemporaryTree folder = new();
    private readonly Dictionary<string, string> environment = new(StringComparer.Ordinal);

    public EngineContextTests() => environment["HOME"] = folder.Root;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_the_config()
    {
        Context("prod", "tcp://prod.example:2375");
        Context("test", "unix:///run/test.sock");
        folder.Write(".docker/config.json", """{"currentContext":"prod"}""");
        Assert.Equal(("prod", "tcp://prod.example:2375"), Find());
        environment["DOCKER_CONTEXT"] = "test";
        Assert.Equal(("test", "unix:///run/test.sock"), Find());
        environment["DOCKER_HOST"] = "tcp://env.example";
        Assert.Equal(("tcp://env.example", "tcp://env.example:2375"), Find());
        Assert.Equal(("prod", "tcp://prod.example:2375"), Find(context: "prod"));
        Assert.Equal(("unix:///x.sock", "unix:///x.sock"), Find(host: "unix:///x.sock"));
    }

    [Fact]
    public void Podmans_socket_is_taken_where_docker_has_none()
    {
        Assert.SkipWhen(File.Exists("/var/run/docker.sock"), "this machine has a Docker engine of its own");
        folder.Write("podman/podman.sock", "");
        environment["XDG_RUNTIME_DIR"] = folder.Root;
        Assert.Equal($"unix://{folder.At("podman/podman.sock")}", Find().Host);
        environment["CONTAINER_HOST"] = "unix:///run/other.sock";
        Assert.Equal("unix:///run/other.sock", Find().Host);
    }

    [Theory]
    [InlineData("tcp://box:1234", "", "tcp://box:1234", false)]
    [InlineData("box", "", "tcp://box:2375", false)]
    [InlineData("tcp://box", "/certs", "tcp://box:2376", true)]
    [InlineData("https://box:443", "", "tcp://box:443", true)]
    [InlineData("unix:///a b.sock", "/certs", "unix:///a b.sock", false)]
    public void Addresses_are_read_as_docker_reads_them(string text, string certificates, string host, bool tls)
    {
        environment["DOCKER_CERT_PATH"] = certificates;
        var address = new EngineContexts(environment.GetValueOrDefault).Find(text, null, out var problem);
        Assert.Null(problem);
        Assert.Equal((host, tls), (address!.Host.Replace(":443", "", StringComparison.Ordinal) + (text.EndsWith(":443", StringComparison.Ordinal) ? ":443" : ""), address.TlsFolder is not null));
    }

    [Fact]
    public void A_socket_with_too_long_a_path_is_an_answer()
    {
        Assert.Null(new EngineContexts(environment.GetValueOrDefault).Find("unix:///" + new string('x', 200), null, out var problem));
        Assert.Contains("longer than the 107 bytes", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_context_is_named()
    {
        folder.Write($".docker/contexts/meta/{Id("bad")}/meta.json", "{");
        Assert.Null(new EngineContexts(environment.GetValueOrDefault).Find(null, "bad", out var problem));
        Assert.Contains("is no JSON", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_the_folders_own_authority_is_trusted_and_no_other()
    {
        using var certificate = TestCertificate.OfLoopback();
        await using ScriptedServer server = new(_ => Replies.Text(200, """{"Name":"box"}"""), certificate);

        folder.Write("certs/readme", "");
        environment["DOCKER_CERT_PATH"] = folder.At("certs");
        Assert.Contains("its certificate is not trusted", (await Info(server)).Problem, StringComparison.Ordinal);
        folder.Write("certs/ca.pem", certificate.ExportCertificatePem());
        Assert.Equal("box", (await Info(server)).Value?.Name);
        folder.Write("certs/ca.pem", "-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----\n");
        using var broken = EngineClient.Open(Address(server), TimeSpan.FromSeconds(5), out var problem);
        Assert.Null(broken);
        Assert.Contains("the certificates for", problem, StringComparison.Ordinal);
    }

    private async Task<EngineAnswer<EngineInfo>> Info(ScriptedServer server)
    {
        using var client = EngineClient.Open(Address(server), TimeSpan.FromSeconds(5), out var problem);
        Assert.Null(problem);
        return await client!.GetAsync("info", EngineJson.Default.EngineInfo, TestContext.Current.CancellationToken);
    }

    private EngineAddress Address(ScriptedServer server) => new EngineContexts(environment.GetValueOrDefault).Find($"tcp://{server.Host}", null, out _)!;

    private (string Name, string Host) Find(string? host = null, string? context = null)
    {
        var address = new EngineContexts(environment.GetValueOrDefault).Find(host, context, out var problem);
        Assert.Null(problem);
        return (address!.Name, address.Host);
    }

    private void Context(string name, string host) => folder.Write($".docker/contexts/meta/{Id(name)}/meta.json", $$$$"""{"Name":"{{{{name}}}}","Endpoints":{"docker":{"Host":"{{{{host}}}}"}}}""");

    private static string Id(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
