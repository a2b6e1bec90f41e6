using System.Net;
using System.Security.Cryptography.X509Certificates;
using Cleat.Registries;

namespace Cleat.Tests.Registries;

public sealed class Certificates : IDisposable
{
    private static readonly SampleImage Image = new("linux/amd64");

    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public async Task An_unknown_authority_is_said_and_a_ca_file_makes_it_known()
    {
        using var certificate = Certificate(san => san.AddIpAddress(IPAddress.Loopback));
        await using var server = new ScriptedServer(_ => Replies.Manifest(Image.Index, SampleImage.IndexType), certificate);

        var answer = Assert.IsType<Resolution.Unreachable>(await Ask.Async(server));
        Assert.Contains("certificate that is not trusted", answer.Message, StringComparison.Ordinal);
        Assert.Contains("--ca-file", answer.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
        Assert.IsType<Resolution.Resolved>(await Ask.Async(server, Ask.Quick with { CaFile = file }));
        Assert.Equal(["GET /v2/", "HEAD /v2/team/app/manifests/1"], server.Lines);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_not_trusted_even_by_the_ca_file()
    {
        using var certificate = Certificate(san => san.AddDnsName("other.example"));
        await using var server = new ScriptedServer(_ => Replies.Manifest(Image.Index, SampleImage.IndexType), certificate);
        var answer = Assert.IsType<Resolution.Unreachable>(await Ask.Async(server, Ask.Quick with { CaFile = file }));
        Assert.Contains("another name", answer.Message, StringComparison.Ordinal);
    }

    // also writes its public half where the CA file is
    private X509Certificate2 Certificate(Action<SubjectAlternativeNameBuilder> names)
    {
        var certificate = TestCertificate.Of(names);
        File.WriteAllText(file, certificate.ExportCertificatePem());
        return certificate;
    }
}
