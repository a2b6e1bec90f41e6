using System.Text;
using Cleat.Registries.Client;
using Cleat.Registries.Settings;
using Cleat.Registries.SignIn;
using Cleat.Registries;

namespace Cleat.Tests.Registries;

public sealed class SigningIn
{
    private const string Secret = "s3cret-Vx91";
    private static readonly string Basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"ann:{Secret}"));
    private static readonly SampleImage Image = new("linux/amd64");
    private static readonly ScriptedReply Found = Replies.Manifest(Image.Index, SampleImage.IndexType);

    private static RegistryOptions Ann(string host) => Ask.Quick with { Credentials = Credentials.For(host, new("ann", new(Secret))) };

    [Fact]
    public async Task Bearer_among_several_challenges_with_credentials()
    {
        await using var server = new ScriptedServer(r =>
            r.Target.StartsWith("/token", StringComparison.Ordinal) ? Replies.Text(200, r["Authorization"] == Basic ? """{"access_token":"T1"}""" : "{}")
            : r["Authorization"] == "Bearer T1" ? Found
            : Replies.With(401, [], $"WWW-Authenticate: Negotiate abc==, Basic realm=\"a, \\\"b\\\"\", Bearer service=\"reg, istry\" ,realm=\"http://{r["Host"]}/token?x=1\",scope=\"*\""));
        Assert.IsType<Resolution.Resolved>(await Ask.Async(server, Ann(server.Host)));
        Assert.Contains("GET /token?x=1&service=reg%2C%20istry&scope=repository%3Ateam%2Fapp%3Apull", server.Lines);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_challenge_without_service_and_scope_is_answered_anonymously()
    {
        await using var server = new ScriptedServer(r =>
            r.Target.StartsWith("/token", StringComparison.Ordinal) ? Replies.Text(200, """{"token":"T1"}""")
            : r["Authorization"] == "Bearer T1" ? Found : Replies.With(401, [], $"WWW-Authenticate: Bearer realm=\"http://{r["Host"]}/token\""));
        Assert.IsType<Resolution.Resolved>(await Ask.Async(server));
        Assert.Contains("GET /token?scope=repository%3Ateam%2Fapp%3Apull", server.Lines);
    }

    [Fact]
    public async Task A_token_serves_its_repository_until_it_runs_out()
    {
        var issued = 0;
        var clock = new SteppingClock();
        await using var server = new ScriptedServer(r =>
            r.Target.StartsWith("/token", StringComparison.Ordinal) ? Replies.Text(200, $$"""{"token":"T{{Interlocked.Increment(ref issued)}}","expires_in":1}""")
            : r["Authorization"] is not null ? Found : Replies.With(401, [], $"WWW-Authenticate: Bearer realm=\"http://{r["Host"]}/token\""));
        using var client = new RegistryApi(Ask.Quick with { Clock = clock });
        await Ask.OkAsync(client, $"{server.Host}/team/app:1");
        await Ask.OkAsync(client, $"{server.Host}/team/app:2");
        Assert.Equal(1, issued);
        clock.Now += TimeSpan.FromSeconds(59);
        await Ask.OkAsync(client, $"{server.Host}/team/app:3");
        Assert.Equal(1, issued);
        clock.Now += TimeSpan.FromSeconds(2);
        await Ask.OkAsync(client, $"{server.Host}/team/app:4");
        Assert.Equal(2, issued);
        await Ask.OkAsync(client, $"{server.Host}/team/other:1");
        Assert.Equal(3, issued);
        Assert.Equal(1, server.Requests.Count(r => !r.Target.StartsWith("/token", StringComparison.Ordinal) && r["Authorization"] is null));
    }

    [Fact]
    public async Task Many_askers_at_once_share_a_token()
    {
        var issued = 0;
        await using var server = new ScriptedServer(r =>
            r.Target.StartsWith("/token", StringComparison.Ordinal) ? Replies.Text(200, $$"""{"token":"T{{Interlocked.Increment(ref issued)}}"}""")
            : r["Authorization"] is not null ? Found : Replies.With(401, [], $"WWW-Authenticate: Bearer realm=\"http://{r["Host"]}/token\""));
        using var client = new RegistryApi(Ask.Quick);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Ask.OkAsync(client, $"{server.Host}/team/app:{i}")));
        Assert.Equal(1, issued);
    }

    [Fact]
    public async Task A_token_that_is_refused_early_is_fetched_anew()
    {
        var issued = 0;
        await using var server = new ScriptedServer(r =>
            r.Target.StartsWith("/token", StringComparison.Ordinal) ? Replies.Text(200, $$"""{"token":"T{{Interlocked.Increment(ref issued)}}","expires_in":3600}""")
            : r["Authorization"] == (r.Target.EndsWith('2') ? "Bearer T2" : "Bearer T1") ? Found : Replies.With(401, [], $"WWW-Authenticate: Bearer realm=\"http://{r["Host"]}/token\""));
        using var client = new RegistryApi(Ask.Quick);
        await Ask.OkAsync(client, $"{server.Host}/team/app:1");
        await Ask.OkAsync(client, $"{server.Host}/team/app:2");
        Assert.Equal(2, issued);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Stale_credentials_are_left_out_and_said(int status)
    {
        await using var server = new ScriptedServer(r =>
            r.Target.StartsWith("/token", StringComparison.Ordinal) ? r["Authorization"] is null ? Replies.Text(200, """{"token":"open"}""") : Replies.Text(status, """{"errors":[{"code":"DENIED"}]}""")
            : r["Authorization"] == "Bearer open" ? Found : Replies.With(401, [], $"WWW-Authenticate: Bearer realm=\"http://{r["Host"]}/token\""));
        var answer = Assert.IsType<Resolution.Resolved>(await Ask.Async(server, Ann(server.Host)));
        Assert.Contains($"docker logout {server.Host}", answer.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stale_credentials_that_the_registry_itself_denies()
    {
        await using var server = new ScriptedServer(r =>
            r.Target.StartsWith("/token", StringComparison.Ordinal) ? Replies.Text(200, r["Authorization"] is null ? """{"token":"open"}""" : """{"token":"stale"}""")
            : r["Authorization"] == "Bearer open" ? Found : r["Authorization"] is null ? Replies.With(401, [], $"WWW-Authenticate: Bearer realm=\"http://{r["Host"]}/token\"") : Replies.With(403));
        Assert.NotNull(Assert.IsType<Resolution.Resolved>(await Ask.Async(server, Ann(server.Host))).Note);
    }

    [Theory]
    [InlineData("http://collector.example/token")]
    [InlineData("http://127.0.0.1:9/token")]
    [InlineData("ftp://registry.example/token")]
    [InlineData("https://ann@registry.example/token")]
    [InlineData("/token")]
    public async Task A_forged_realm_is_not_asked(string realm)
    {
        using var handler = new StubHandler(_ => StubHandler.Reply(401, "", ("WWW-Authenticate", $"Bearer realm=\"{realm}\",service=\"x\"")));
        using var client = new RegistryApi(Ann("registry.example") with { Handler = handler });
        Assert.Contains("must not be asked", Assert.IsType<Resolution.Refused>(await Ask.Async(client, "registry.example/app:1")).Message, StringComparison.Ordinal);
        Assert.All(handler.Requests, r => Assert.Equal(("HEAD https://registry.example/v2/app/manifests/1", null), r));
    }

    [Fact]
    public async Task A_plain_http_registry_cannot_send_credentials_elsewhere()
    {
        using var handler = new StubHandler(r => r.RequestUri!.AbsolutePath == "/token"
            ? StubHandler.Reply(200, """{"token":"T1"}""")
            : StubHandler.Reply(401, "", ("WWW-Authenticate", "Bearer realm=\"https://collector.example/token\"")));
        using var client = new RegistryApi(Ann("registry.example") with { Handler = handler, PlainHttpHosts = new HashSet<string> { "registry.example" } });
        Assert.IsType<Resolution.Denied>(await Ask.Async(client, "registry.example/app:1"));
        Assert.Contains(handler.Requests, r => r.Line.StartsWith("GET https://collector.example/token", StringComparison.Ordinal));
        Assert.DoesNotContain(handler.Requests, r => r.Authorization == Basic);
        Assert.All(handler.Requests.Where(r => r.Line.Contains("//registry", StringComparison.Ordinal)), r => Assert.StartsWith("GET http://registry.example/", r.Line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Docker_hub_is_asked_at_its_api_host_with_its_credentials()
    {
        using var handler = new StubHandler(r => r.RequestUri!.Host == "auth.docker.io" ? StubHandler.Reply(200, """{"token":"T1"}""")
            : r.Headers.Authorization is null ? StubHandler.Reply(401, "", ("WWW-Authenticate", "Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\""))
            : StubHandler.Reply(200, "", ("Content-Type", SampleImage.IndexType), ("Docker-Content-Digest", Image.IndexDigest.ToString())));
        using var client = new RegistryApi(Ann("https://index.docker.io/v1/") with { Handler = handler });
        await Ask.OkAsync(client, "nginx:1.27");
        Assert.Equal(
            [("HEAD https://registry-1.docker.io/v2/library/nginx/manifests/1.27", null),
             ("GET https://auth.docker.io/token?service=registry.docker.io&scope=repository%3Alibrary%2Fnginx%3Apull", Basic),
             ("HEAD https://registry-1.docker.io/v2/library/nginx/manifests/1.27", "Bearer T1")],
            handler.Requests);
    }

    [Theory]
    [InlineData(200, 0)]
    [InlineData(400, 1)]
    [InlineData(401, 1)]
    [InlineData(404, 1)]
    [InlineData(405, 1)]
    public async Task An_identity_token_is_posted_and_falls_back_to_get(int status, int gets)
    {
        await using var server = new ScriptedServer(r =>
            r.Method == "POST" ? Replies.Text(status, """{"access_token":"T1"}""")
            : r.Target.StartsWith("/token", StringComparison.Ordinal) ? Replies.Text(200, """{"token":"T1"}""")
            : r["Authorization"] == "Bearer T1" ? Found : Replies.With(401, [], $"WWW-Authenticate: Bearer realm=\"http://{r["Host"]}/token\",service=\"s\""));
        var options = Ask.Quick with { Credentials = Credentials.For(server.Host, new("0000", new(""), new("refresh-Me77"))) };
        Assert.IsType<Resolution.Resolved>(await Ask.Async(server, options));
        var post = Assert.Single(server.Requests, r => r.Method == "POST");
        Assert.Equal("grant_type=refresh_token&client_id=cleat&scope=repository%3Ateam%2Fapp%3Apull&refresh_token=refresh-Me77&service=s", post.Body);
        Assert.Equal(gets, server.Requests.Count(r => r.Method == "GET" && r.Target.StartsWith("/token", StringComparison.Ordinal)));
    }

    public static TheoryData<int, string> EveryEcho { get; } = new MatrixTheoryData<int, string>([200, 302, 400, 401, 403, 404, 429, 500], ["Basic", "Bearer"]);

    [Theory]
    [MemberData(nameof(EveryEcho))]
    public async Task A_registry_that_repeats_what_it_was_sent_puts_no_secret_into_a_message(int status, string scheme)
    {
        await using var server = new ScriptedServer(r =>
        {
            var echo = $"{r["Authorization"]} {r.Body} {Secret}";
            var challenge = $"WWW-Authenticate: {scheme} realm=\"http://{r["Host"]}/token\", error=\"{echo}\"";
            return r["Authorization"] is null ? Replies.With(401, [], challenge)
                : Replies.Text(status, $$"""{"errors":[{"code":"{{echo}}","message":"{{echo}}"}],"token":"{{echo}}"}""", challenge, $"Content-Type: {echo}", $"Docker-Content-Digest: {echo}", $"Location: /{echo}");
        });
        var options = Ann(server.Host);
        var said = $"{await Ask.Async(server, options)} {await Ask.Async(server, options, "linux/amd64")} {options} {await options.Credentials.FindAsync(server.Host, "app", TestContext.Current.CancellationToken)}";
        Assert.DoesNotContain(Secret, said, StringComparison.Ordinal);
        Assert.DoesNotContain(Basic[6..], said, StringComparison.Ordinal);
        Assert.Contains("***", said, StringComparison.Ordinal);
    }

    private sealed class SteppingClock : TimeProvider
    {
        internal DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
