using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.Versioning;
using System.Text;
using Cleat.Cli;
using Cleat.Cli.Tests;
using Cleat.Tests.Registries;

namespace Cleat.EndToEnd.Trust;

/// <summary>
/// <c>--require-signature</c> with a real cosign (<c>tests/tools/cosign</c> fetches one) and a real registry. Its keys are made here and nothing is logged, so
/// a word before it says <c>--insecure-ignore-tlog</c>: all else is cosign's own.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class RealCosignTests : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/root", ".cache", "cleat-cosign", "cosign");

    private readonly TemporaryFolder folder = new();
    private LoopbackRegistry? registry;

    public async ValueTask DisposeAsync()
    {
        folder.Dispose();
        if (registry is not null)
        {
            await registry.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_signature_by_the_key_counts_and_nothing_else_does()
    {
        var (signed, other) = await StartAsync();
        Assert.Equal((ExitCode.Done, ""), await PinAsync(registry!.Host, "app:signed", "a"));
        Assert.Contains($"{registry.Host}/app:signed@{signed}", folder.Read("work/Dockerfile"), StringComparison.Ordinal);
        await RefusedAsync(registry.Host, "app:signed", "b");
        await RefusedAsync(registry.Host, "app:other", "a");

        // the signature of one image, put where that of the other would be
        using HttpClient http = new() { BaseAddress = new($"http://{registry.Host}/v2/app/manifests/") };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/vnd.oci.image.index.v1+json");
        using var signature = await http.GetAsync(new Uri($"sha256-{signed[7..]}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True(signature.IsSuccessStatusCode, "cosign keeps its bundle elsewhere");
        using ByteArrayContent copy = new(await signature.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        copy.Headers.ContentType = MediaTypeHeaderValue.Parse(signature.Content.Headers.ContentType!.ToString());
        using var put = await http.PutAsync(new Uri($"sha256-{other[7..]}", UriKind.Relative), copy, TestContext.Current.CancellationToken);
        Assert.True(put.IsSuccessStatusCode);
        await RefusedAsync(registry.Host, "app:other", "a");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_registry_that_shows_cosign_another_image_gets_none_written(bool underTheDigest)
    {
        var (signed, other) = await StartAsync();

        // cosign is given the signed image, whichever it asks for; we are given the other
        using HttpClient http = new() { BaseAddress = new($"http://{registry!.Host}") };
        await using ScriptedServer between = new(request => async (_, stream, cancellation) =>
        {
            var isCosign = request["User-Agent"]?.Contains("cosign", StringComparison.OrdinalIgnoreCase) == true;
            var target = isCosign && underTheDigest ? request.Target.Replace(other[7..], signed[7..], StringComparison.Ordinal) : request.Target;
            target = isCosign ? target : target.Replace("app/manifests/signed", "app/manifests/other", StringComparison.Ordinal);
            using HttpRequestMessage question = new(new(request.Method), target);
            question.Headers.TryAddWithoutValidation("Accept", request["Accept"] ?? "*/*");
            using var answer = await http.SendAsync(question, cancellation);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
            var digest = answer.Headers.TryGetValues("Docker-Content-Digest", out var values) ? $"Docker-Content-Digest: {values.First().Replace(signed[7..], isCosign && underTheDigest ? other[7..] : signed[7..], StringComparison.Ordinal)}\r\n" : "";
            var head = $"HTTP/1.1 {(int)answer.StatusCode} Status\r\nContent-Length: {answer.Content.Headers.ContentLength ?? body.Length}\r\nContent-Type: {answer.Content.Headers.ContentType}\r\n{digest}Docker-Distribution-Api-Version: registry/2.0\r\nConnection: close\r\n\r\n";
            await stream.WriteAsync(Encoding.Latin1.GetBytes(head), cancellation);
            await stream.WriteAsync(request.Method == "HEAD" ? [] : body, cancellation);
        });
        await RefusedAsync(between.Host, "app:signed", "a");
        Assert.Contains(between.Requests, r => r["User-Agent"]?.Contains("cosign", StringComparison.OrdinalIgnoreCase) == true);
    }

    private async Task<(string Signed, string Other)> StartAsync()
    {
        Assert.SkipUnless(File.Exists(Program), "there is no cosign: run tests/tools/cosign");
        Assert.SkipUnless(LoopbackRegistry.IsInstalled, "there is no docker-registry or skopeo");
        registry = await LoopbackRegistry.StartAsync();
        var layout = Path.Combine(SourceTree.Root, "examples/registry");
        await registry.PushAsync($"{layout}:docker.io/library/nginx:1.27", "app:signed");
        await registry.PushAsync($"{layout}:docker.io/library/redis:7.4", "app:other");
        var signed = await registry.InspectAsync("app:signed");
        folder.Put("bin/cosign", $"#!/bin/sh\nexec {Program} \"$@\" --insecure-ignore-tlog\n");
        File.SetUnixFileMode(folder["bin/cosign"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var key in (string[])["a", "b"])
        {
            Directory.CreateDirectory(folder[$"keys/{key}"]);
            Assert.Equal(0, (await RunAsync(Program, folder[$"keys/{key}"], "generate-key-pair")).Code);
        }

        var (code, error) = await RunAsync(
            Program, folder["keys/a"], "sign", "-y", "--key", "cosign.key", "--allow-http-registry", "--use-signing-config=false", "--tlog-upload=false", $"{registry.Host}/app@{signed}");
        Assert.True(code == 0, error);
        return (signed, await registry.InspectAsync("app:other"));
    }

    private async Task RefusedAsync(string host, string image, string key)
    {
        var (code, error) = await PinAsync(host, image, key);
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.Contains("cosign finds no valid signature", error, StringComparison.Ordinal);
        Assert.DoesNotContain("@sha256", folder.Read("work/Dockerfile"), StringComparison.Ordinal);
    }

    private async Task<(int Code, string Error)> PinAsync(string host, string image, string key)
    {
        folder.Put("work/Dockerfile", $"FROM {host}/{image}\n");
        return await RunAsync("dotnet", folder["work"], Path.Combine(AppContext.BaseDirectory, "cleat.dll"), "pin", "-q", "--require-signature", "--cosign-key", folder[$"keys/{key}/cosign.pub"], ".");
    }

    private async Task<(int Code, string Error)> RunAsync(string program, string work, params string[] args)
    {
        ProcessStartInfo start = new(program, args) { WorkingDirectory = work, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["COSIGN_PASSWORD"] = "";
        start.Environment["HOME"] = folder.Path;
        start.Environment["XDG_CACHE_HOME"] = folder["cache"];
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await error);
    }
}
