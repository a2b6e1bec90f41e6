using System.Text;
using Cleat.References;
using Cleat.Registries;
using static Cleat.Tests.Registries.FaultyServer;

namespace Cleat.Tests.Registries;

public sealed class RegistryClientTests
{
    private const string Index = """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:1111111111111111111111111111111111111111111111111111111111111111","platform":{"os":"linux","architecture":"amd64"}},{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:2222222222222222222222222222222222222222222222222222222222222222","platform":{"os":"linux","architecture":"arm64","variant":"v8"}}]}""";
    private const string IndexType = "Content-Type: application/vnd.oci.image.index.v1+json\r\n";

    private static readonly string Right = Digest.Sha256(Encoding.ASCII.GetBytes(Index)).ToString();
    private static readonly string Wrong = "sha256:" + new string('e', 64);

    [Fact]
    public async Task The_header_of_HEAD_is_enough()
    {
        var (found, server) = await Ask(_ => Http(200, $"{IndexType}Docker-Content-Digest: {Right}\r\n"));
        Assert.Equal((Right, false), (Found(found).Digest.ToString(), Found(found).Verified));
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("HEAD /v2/acme/app/manifests/1 ", request, StringComparison.Ordinal);
        Assert.Contains("Accept-Encoding: identity\r\n", request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Docker-Content-Digest: sha256:12\r\n")]
    public async Task Without_a_good_header_the_body_is_hashed(string header)
    {
        var (found, _) = await Ask(r => IsHead(r) ? Http(200, IndexType + header) : Http(200, IndexType + header, Index));
        Assert.Equal((Right, true), (Found(found).Digest.ToString(), Found(found).Verified));
    }

    [Fact]
    public async Task A_header_that_lies_is_refused_when_the_body_is_seen()
    {
        var (found, _) = await Ask(r => Http(200, $"{IndexType}Docker-Content-Digest: {Wrong}\r\n", IsHead(r) ? "" : Index), o => o with { Verify = true });
        Assert.Contains(Right, Assert.IsType<Resolution.Refused>(found).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nexus_answers_HEAD_with_404_and_GET_all_the_same()
    {
        var (found, _) = await Ask(r => IsHead(r) ? Http(404) : Http(200, IndexType, Index));
        Assert.Equal(Right, Found(found).Digest.ToString());
    }

    [Fact]
    public async Task What_is_not_there_is_not_found() => Assert.IsType<Resolution.NotFound>((await Ask(_ => Http(404))).Found);

    [Fact]
    public async Task A_stall_a_reset_and_half_a_body_are_unreachable()
    {
        Assert.IsType<Resolution.Unreachable>((await Ask(_ => null)).Found);
        Assert.IsType<Resolution.Unreachable>((await Ask(_ => [])).Found);
        Assert.IsType<Resolution.Unreachable>((await Ask(r => IsHead(r) ? Http(200, IndexType) : Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nhalf"))).Found);
    }

    [Fact]
    public async Task Passing_errors_are_tried_again_and_no_more_than_told()
    {
        var asked = 0;
        var (found, _) = await Ask(_ => Interlocked.Increment(ref asked) < 3 ? Http(503) : Http(200, $"{IndexType}Docker-Content-Digest: {Right}\r\n"));
        Assert.Equal(Right, Found(found).Digest.ToString());
        var (limited, server) = await Ask(_ => Http(429, "Retry-After: 0\r\n"));
        Assert.IsType<Resolution.RateLimited>(limited);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_in_circles_and_a_body_without_end_are_refused()
    {
        Assert.IsType<Resolution.Refused>((await Ask(_ => Http(302, "Location: /v2/round\r\n"))).Found);
        Assert.IsType<Resolution.Refused>((await Ask(r => IsHead(r) ? Http(200) : Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"))).Found);
        var chunk = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + new string('x', 5 << 20));
        Assert.IsType<Resolution.Refused>((await Ask(r => IsHead(r) ? Http(200) : chunk)).Found);
    }

    [Fact]
    public async Task Schema_1_and_a_document_that_is_two_things_are_refused()
    {
        Assert.IsType<Resolution.Refused>((await Ask(_ => Http(200, $"Content-Type: {Manifests.SignedSchema1}\r\nDocker-Content-Digest: {Right}\r\n"))).Found);
        Assert.IsType<Resolution.Refused>((await Ask(r => Http(200, "", IsHead(r) ? "" : """{"manifests":[],"layers":[]}"""))).Found);
    }

    [Fact]
    public async Task A_platform_is_chosen_from_the_index()
    {
        var (found, _) = await Ask(_ => Http(200, IndexType, Index), platform: "linux/arm64");
        Assert.Equal("sha256:" + new string('2', 64), Found(found).Digest.ToString());
        Assert.Contains("linux/amd64", Assert.IsType<Resolution.NotFound>((await Ask(_ => Http(200, IndexType, Index), platform: "linux/s390x")).Found).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_asked_for_pull_only_among_several_challenges()
    {
        FaultyServer? self = null;
        using FaultyServer server = self = new(r => r.StartsWith("GET /token", StringComparison.Ordinal)
            ? Http(200, "", """{"access_token":"t0ken","expires_in":300}""")
            : r.Contains("Authorization: Bearer t0ken", StringComparison.Ordinal)
                ? Http(200, $"{IndexType}Docker-Content-Digest: {Right}\r\n")
                : Http(401, $"WWW-Authenticate: Negotiate, Bearer realm=\"http://{self!.Host}/token?a=1\",service=\"s, \\\"x\\\"\"\r\n"));
        Assert.Equal(Right, Found(await Ask(server, o => o)).Digest.ToString());
        Assert.Contains(server.Requests, r => r.StartsWith("GET /token?a=1&service=s%2C%20%22x%22&scope=repository%3Aacme%2Fapp%3Apull ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_forged_realm_gets_nothing()
    {
        var (found, server) = await Ask(_ => Http(401, "WWW-Authenticate: Bearer realm=\"http://evil.example/token\"\r\n"));
        Assert.IsType<Resolution.Refused>(found);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Credentials_stay_with_their_registry_and_out_of_every_message()
    {
        const string Secret = "s3cr3t-word";
        using FaultyServer elsewhere = new(_ => Http(404));
        using FaultyServer server = new(r => r.Contains("Authorization", StringComparison.Ordinal)
            ? Http(307, $"Location: http://{elsewhere.Host}/v2/acme/app/manifests/1\r\n")
            : Http(401, "WWW-Authenticate: Basic realm=\"x\"\r\n"));
        var found = await Ask(server, o => o with { Credentials = Stored(server.Host, Secret) });
        Assert.Contains(server.Requests, r => r.Contains("Authorization: Basic ", StringComparison.Ordinal));
        Assert.NotEmpty(elsewhere.Requests);
        Assert.DoesNotContain(elsewhere.Requests, r => r.Contains("Authorization", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Secret, found.Describe(), StringComparison.Ordinal);
        Assert.Equal("***", Stored(server.Host, Secret).For(server.Host, "acme/app")!.ToString());
    }

    [Fact]
    public async Task Stale_credentials_are_left_out_and_that_is_said()
    {
        FaultyServer? self = null;
        using FaultyServer server = self = new(r => r.StartsWith("GET /token", StringComparison.Ordinal)
            ? r.Contains("Authorization: Basic", StringComparison.Ordinal) ? Http(403) : Http(200, "", """{"token":"anonymous"}""")
            : r.Contains("Bearer anonymous", StringComparison.Ordinal)
                ? Http(200, $"{IndexType}Docker-Content-Digest: {Right}\r\n")
                : Http(401, $"WWW-Authenticate: Bearer realm=\"http://{self!.Host}/token\"\r\n"));
        var found = Found(await Ask(server, o => o with { Credentials = Stored(server.Host, "old") }));
        Assert.Contains("refuses the credentials", found.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_match_at_path_boundaries_longest_first()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """{"auths":{"reg.example":{"auth":"YTox"},"https://reg.example/team":{"auth":"Yjoy"},"https://index.docker.io/v1/":{"username":"hub","password":"3"}}}""");
        var stored = Credentials.Load([file], out var problems);
        File.Delete(file);
        Assert.Empty(problems);
        Assert.Equal("b", stored.For("reg.example", "team/app")!.User);
        Assert.Equal("a", stored.For("reg.example", "teamster/app")!.User);
        Assert.Equal("hub", stored.For("docker.io", "library/nginx")!.User);
        Assert.Null(stored.For("reg.example.evil", "team/app"));
    }

    private static bool IsHead(string request) => request.StartsWith("HEAD ", StringComparison.Ordinal);

    private static Resolution.Resolved Found(Resolution resolution) => Assert.IsType<Resolution.Resolved>(resolution);

    private static Credentials Stored(string host, string secret)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "{\"auths\":{\"" + host + "\":{\"username\":\"me\",\"password\":\"" + secret + "\"}}}");
        var stored = Credentials.Load([file], out _);
        File.Delete(file);
        return stored;
    }

    private static async Task<(Resolution Found, FaultyServer Server)> Ask(Func<string, byte[]?> answer, Func<RegistryOptions, RegistryOptions>? change = null, string? platform = null)
    {
        using FaultyServer server = new(answer);
        return (await Ask(server, change ?? (o => o), platform), server);
    }

    private static async Task<Resolution> Ask(FaultyServer server, Func<RegistryOptions, RegistryOptions> change, string? platform = null)
    {
        RegistryOptions options = new() { PlainHttpHosts = [server.Host], Attempts = 3, FirstWait = TimeSpan.FromMilliseconds(1), RequestLimit = TimeSpan.FromMilliseconds(700) };
        using RegistryClient client = new(change(options));
        Assert.True(ImageReference.TryParse($"{server.Host}/acme/app:1", out var reference, out _));
        return await client.ResolveAsync(reference, platform, TestContext.Current.CancellationToken);
    }
}
