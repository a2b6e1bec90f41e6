using Cleat.References;
using Cleat.Registries.Client;
using Cleat.Registries;

namespace Cleat.Tests.Registries;

public sealed class MisbehavingRegistry
{
    private static readonly SampleImage Image = new("linux/amd64");
    private static readonly byte[] Manifest = Image.Manifests["linux/amd64"].Bytes;
    private static readonly Digest True = Image.Manifests["linux/amd64"].Digest;
    private const string Type = $"Content-Type: {SampleImage.ManifestType}";
    private const string False = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task A_good_one_is_asked_once_with_one_accept_header()
    {
        await using var server = new ScriptedServer(_ => Replies.Manifest(Manifest, SampleImage.ManifestType));
        var answer = Assert.IsType<Resolution.Resolved>(await Ask.Async(server));
        Assert.Equal(new(True, SampleImage.ManifestType, Verified: false), answer);
        var request = Assert.Single(server.Requests);
        Assert.Equal("HEAD /v2/team/app/manifests/1", $"{request.Method} {request.Target}");
        Assert.StartsWith("application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json", request["Accept"], StringComparison.Ordinal);
        Assert.DoesNotContain("q=", request["Accept"], StringComparison.Ordinal);
        Assert.Equal("identity", request["Accept-Encoding"]);
        Assert.StartsWith("cleat/", request["User-Agent"], StringComparison.Ordinal);
        Assert.Null(request["Authorization"]);
    }

    [Theory]
    [InlineData("X-Nothing: 1")]
    [InlineData("Docker-Content-Digest: sha256:abc")]
    [InlineData("Docker-Content-Digest: latest")]
    [InlineData("Docker-Content-Digest: md5:0123456789abcdef0123456789abcdef")]
    public async Task Without_a_usable_digest_header_the_body_is_hashed(string header)
    {
        await using var server = new ScriptedServer(_ => Replies.With(200, Manifest, Type, header));
        Assert.Equal(new Resolution.Resolved(True, SampleImage.ManifestType, Verified: true), await Ask.Async(server));
        Assert.Equal(["HEAD", "GET"], server.Requests.Select(r => r.Method));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    [InlineData(405)]
    [InlineData(501)]
    public async Task Head_fails_where_get_works(int status)
    {
        await using var server = new ScriptedServer(r => r.Method == "HEAD" ? Replies.With(status) : Replies.Manifest(Manifest, SampleImage.ManifestType));
        Assert.Equal(new Resolution.Resolved(True, SampleImage.ManifestType, Verified: true), await Ask.Async(server));
    }

    [Fact]
    public async Task An_octet_stream_with_a_digest_is_looked_at()
    {
        await using var server = new ScriptedServer(_ => Replies.With(200, Image.Index, "Content-Type: application/octet-stream", $"Docker-Content-Digest: {Image.IndexDigest}"));
        Assert.Equal(new Resolution.Resolved(Image.IndexDigest, SampleImage.IndexType, Verified: true), await Ask.Async(server));
    }

    [Fact]
    public async Task A_header_that_the_body_does_not_hash_to_is_refused()
    {
        await using var server = new ScriptedServer(_ => Replies.With(200, Manifest, Type, $"Docker-Content-Digest: {False}"));
        var answer = Assert.IsType<Resolution.Refused>(await Ask.Async(server, Ask.Quick with { Verify = true }));
        Assert.Contains($"the registry said {False}, the body hashes to {True}", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_shorter_than_its_length_is_unreachable()
    {
        await using var server = new ScriptedServer(r => Replies.With(200, Manifest[..40], Type, $"Content-Length: {Manifest.Length}"));
        Assert.Contains("reset", Assert.IsType<Resolution.Unreachable>(await Ask.Async(server)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_longer_than_its_length_is_refused()
    {
        await using var server = new ScriptedServer(r => Replies.With(200, Manifest, Type, "Content-Length: 40"));
        Assert.IsType<Resolution.Refused>(await Ask.Async(server));
    }

    [Fact]
    public async Task A_length_beyond_the_cap_is_refused_unread()
    {
        await using var server = new ScriptedServer(r => Replies.With(200, Manifest, Type, "Content-Length: 1073741824"));
        Assert.Contains("4194304", Assert.IsType<Resolution.Refused>(await Ask.Async(server)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gigabyte_is_not_read()
    {
        long sent = 0;
        await using var server = new ScriptedServer(r => r.Method == "HEAD" ? Replies.With(404) : Replies.Endless(n => Interlocked.Add(ref sent, n)));
        Assert.IsType<Resolution.Refused>(await Ask.Async(server));
        Assert.InRange(Interlocked.Read(ref sent), 0, 64 * 1024 * 1024);
    }

    [Fact]
    public async Task A_reset_is_tried_again_and_then_told()
    {
        await using var server = new ScriptedServer(_ => Replies.Reset);
        Assert.Contains("reset", Assert.IsType<Resolution.Unreachable>(await Ask.Async(server)).Message, StringComparison.Ordinal);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task A_stall_ends_at_the_request_limit()
    {
        await using var server = new ScriptedServer(_ => Replies.Stall);
        var answer = await Ask.Async(server, Ask.Quick with { RequestTime = TimeSpan.FromMilliseconds(150), Attempts = 2 });
        Assert.Contains("stalled: no whole answer within the time limit of 150 ms", Assert.IsType<Resolution.Unreachable>(answer).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stall_ends_at_the_total_limit()
    {
        await using var server = new ScriptedServer(_ => Replies.Stall);
        var answer = await Ask.Async(server, Ask.Quick with { TotalTime = TimeSpan.FromMilliseconds(300) });
        Assert.Contains("total time limit of 300 ms", Assert.IsType<Resolution.Unreachable>(answer).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_gives_up_gets_a_cancellation()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new ScriptedServer(_ =>
        {
            cancel.Cancel();
            return Replies.Stall;
        });
        using var client = new RegistryApi(Ask.Quick);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.ResolveAsync(Ask.Reference($"{server.Host}/a:1"), null, cancel.Token));
    }

    [Theory]
    [InlineData("Retry-After: 0")]
    [InlineData("Retry-After: Fri, 01 Jan 2021 00:00:00 GMT")]
    [InlineData("X-Nothing: 1")]
    public async Task A_429_is_tried_again_and_then_told(string header)
    {
        await using var server = new ScriptedServer(_ => Replies.With(429, [], header));
        Assert.Contains("429", Assert.IsType<Resolution.RateLimited>(await Ask.Async(server)).Message, StringComparison.Ordinal);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task A_wait_beyond_the_total_time_is_not_begun()
    {
        await using var server = new ScriptedServer(_ => Replies.With(429, [], "Retry-After: 3600"));
        Assert.Equal(TimeSpan.FromHours(1), Assert.IsType<Resolution.RateLimited>(await Ask.Async(server)).RetryAfter);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(522)]
    public async Task What_passes_is_waited_for(int status)
    {
        var asked = 0;
        await using var server = new ScriptedServer(_ => Interlocked.Increment(ref asked) < 4 ? Replies.With(status) : Replies.Manifest(Manifest, SampleImage.ManifestType));
        Assert.IsType<Resolution.Resolved>(await Ask.Async(server));
    }

    [Fact]
    public async Task What_does_not_pass_is_unreachable()
    {
        await using var server = new ScriptedServer(_ => Replies.With(503));
        Assert.Contains("503", Assert.IsType<Resolution.Unreachable>(await Ask.Async(server)).Message, StringComparison.Ordinal);
        Assert.Equal(4, server.Requests.Count);
    }

    [Theory]
    [InlineData("application/vnd.docker.distribution.manifest.v1+prettyjws")]
    [InlineData("application/vnd.docker.distribution.manifest.v1+json")]
    public async Task Schema_1_is_refused_by_its_type(string type)
    {
        await using var server = new ScriptedServer(_ => Replies.With(200, "{}"u8.ToArray(), $"Content-Type: {type}", $"Docker-Content-Digest: {False}"));
        Assert.Contains("schema 1", Assert.IsType<Resolution.Refused>(await Ask.Async(server)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"schemaVersion":1,"fsLayers":[]}""", "schema 1")]
    [InlineData("""{"schemaVersion":2,"manifests":[],"layers":[]}""", "at once")]
    [InlineData("""{"schemaVersion":2,"manifests":[],"config":{}}""", "at once")]
    [InlineData("""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","manifests":[]}""", "media type")]
    [InlineData("""{"schemaVersion":2}""", "neither")]
    [InlineData("""{"manifests":[],"manifests":[]}""", "JSON")]
    [InlineData("<html>sign in to the wifi</html>", "JSON")]
    [InlineData("", "JSON")]
    public async Task Bodies_that_no_pin_may_rest_on_are_refused(string body, string why)
    {
        await using var server = new ScriptedServer(_ => Replies.Text(200, body, "Content-Type: application/json"));
        Assert.Contains(why, Assert.IsType<Resolution.Refused>(await Ask.Async(server)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_said_in_two_ways()
    {
        await using var server = new ScriptedServer(r => Replies.Text(404, r.Target.Contains("/app/", StringComparison.Ordinal)
            ? """{"errors":[{"code":"MANIFEST_UNKNOWN"}]}""" : """{"errors":[{"code":"NAME_UNKNOWN"}]}"""));
        using var client = new RegistryApi(Ask.Quick);
        Assert.Contains("check the spelling of the repository", Assert.IsType<Resolution.NotFound>(await Ask.Async(client, $"{server.Host}/app:1")).Message, StringComparison.Ordinal);
        Assert.Contains("no repository", Assert.IsType<Resolution.NotFound>(await Ask.Async(client, $"{server.Host}/other:1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_listens()
    {
        var server = new ScriptedServer(_ => Replies.Reset);
        await server.DisposeAsync();
        Assert.Contains("refused the connection", Assert.IsType<Resolution.Unreachable>(await Ask.Async(server)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_beyond_all_ports_is_refused()
    {
        using var client = new RegistryApi(Ask.Quick);
        Assert.IsType<Resolution.Refused>(await Ask.Async(client, "registry.example:99999999/app:1"));
    }

    [Fact]
    public async Task A_ca_file_that_cannot_be_read_is_told()
    {
        using var client = new RegistryApi(Ask.Quick with { CaFile = "/nowhere/ca.pem" });
        Assert.Contains("/nowhere/ca.pem", client.Problem, StringComparison.Ordinal);
        Assert.IsType<Resolution.Refused>(await Ask.Async(client, "registry.example/app:1"));
    }
}
