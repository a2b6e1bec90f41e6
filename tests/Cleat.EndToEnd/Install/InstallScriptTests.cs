using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Cleat.Cli.Tests;
using Cleat.Tests;
using Cleat.Tests.Registries;

namespace Cleat.EndToEnd.Install;

/// <summary><c>install.sh</c> from an address, with each program that it fetches with. The release is a small one made here: its program is a script.</summary>
public sealed class InstallScriptTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string name = $"cleat-1.0.0-linux-{(RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("curl")]
    [InlineData("wget")]
    public async Task It_installs_over_https_through_a_redirect_that_stays_there(string fetches)
    {
        using var certificate = TestCertificate.OfLoopback();
        Make();
        await using ScriptedServer other = new(Serve, certificate);
        await using ScriptedServer first = new(request => Replies.With(302, null, $"Location: https://{other.Host}{request.Target}"), certificate);
        var (code, error) = Run(fetches, first, certificate.ExportCertificatePem());
        Assert.True(code == 0, error);
        Assert.True(File.Exists(folder["to/cleat"]));
    }

    [Theory]
    [InlineData("curl")]
    [InlineData("wget")]
    public async Task It_installs_nothing_that_a_redirect_takes_from_an_address_without_https(string fetches)
    {
        using var certificate = TestCertificate.OfLoopback();
        Make();
        await using ScriptedServer plain = new(Serve);
        await using ScriptedServer first = new(request => Replies.With(302, null, $"Location: http://{plain.Host}{request.Target}"), certificate);
        var (code, error) = Run(fetches, first, certificate.ExportCertificatePem());
        Assert.Equal(1, code);
        Assert.Contains("SHA256SUMS cannot be had", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["to"]));
    }

    private void Make()
    {
        folder.Put($"made/{name}/cleat", "#!/bin/sh\necho cleat 1.0.0\n");
        Execute("chmod", "+x", folder[$"made/{name}/cleat"]);
        Execute("tar", "-czf", folder[$"{name}.tar.gz"], "-C", folder["made"], name);
        folder.Put("SHA256SUMS", $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder[$"{name}.tar.gz"])))}  {name}.tar.gz\n");
    }

    private ScriptedReply Serve(ScriptedRequest request) => Replies.With(200, File.ReadAllBytes(folder[request.Target[1..]]));

    // a PATH on which only one of the two is found
    private (int Code, string Error) Run(string fetches, ScriptedServer server, string authority)
    {
        folder.Put("ca.pem", authority);
        folder.Put("wgetrc", $"ca_certificate={folder["ca.pem"]}\n");
        Directory.CreateDirectory(folder["bin"]);
        foreach (var program in (string[])["sh", "dirname", "uname", "ls", "mktemp", "rm", "cp", "sed", "head", "cut", "sha256sum", "tar", "gzip", "mkdir", "chmod", "mv", "grep", fetches])
        {
            File.CreateSymbolicLink(folder[$"bin/{program}"], $"/usr/bin/{program}");
        }

        ProcessStartInfo start = new("/bin/sh", [Path.Combine(SourceTree.Root, "install.sh"), "--from", $"https://{server.Host}", "--to", folder["to"]]) { WorkingDirectory = folder[""], RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["PATH"], start.Environment["CURL_CA_BUNDLE"], start.Environment["WGETRC"]) = (folder["bin"], folder["ca.pem"], folder["wgetrc"]);
        start.Environment.Remove("CLEAT_VERSION");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }

    private static void Execute(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
