using Cleat.Registries.Client;
using Cleat.Registries.SignIn;
using Cleat.Registries;

namespace Cleat.Tests.Registries;

public sealed class Redirects
{
    private static readonly SampleImage Image = new("linux/amd64");

    [Fact]
    public async Task A_circle_is_refused()
    {
        await using var server = new ScriptedServer(r => Replies.With(302, [], $"Location: {(r.Target.EndsWith("/a", StringComparison.Ordinal) ? "/b" : "/a")}"));
        Assert.Contains("circle", Assert.IsType<Resolution.Refused>(await Ask.Async(server)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_five_are_refused()
    {
        await using var server = new ScriptedServer(r => Replies.With(307, [], $"Location: {r.Target}x"));
        Assert.Contains("more than 5", Assert.IsType<Resolution.Refused>(await Ask.Async(server)).Message, StringComparison.Ordinal);
        Assert.Equal(6, server.Requests.Count);
    }

    [Theory]
    [InlineData("X-Nothing: 1")]
    [InlineData("Location: file:///etc/passwd")]
    [InlineData("Location: http://")]
    public async Task One_to_nowhere_is_refused(string header)
    {
        await using var server = new ScriptedServer(_ => Replies.With(302, [], header));
        Assert.IsType<Resolution.Refused>(await Ask.Async(server));
    }

    [Fact]
    public async Task Authorization_stays_with_its_host_and_port()
    {
        await using var other = new ScriptedServer(_ => Replies.Manifest(Image.Index, SampleImage.IndexType));
        await using var server = new ScriptedServer(r =>
            r["Authorization"] is null ? Replies.With(401, [], "WWW-Authenticate: Basic realm=\"r\"")
            : r.Target.EndsWith("/moved", StringComparison.Ordinal) ? Replies.With(307, [], $"Location: http://{other.Host}/elsewhere")
            : Replies.With(307, [], "Location: /moved"));
        var answer = await Ask.Async(server, Ask.Quick with { Credentials = Credentials.For(server.Host, new("ann", new("s3cret-Vx"))) });
        Assert.IsType<Resolution.Resolved>(answer);
        Assert.NotNull(server.Requests.Last()["Authorization"]);
        Assert.Null(Assert.Single(other.Requests)["Authorization"]);
    }

    [Fact]
    public async Task A_challenge_of_another_host_gets_no_credentials()
    {
        await using var other = new ScriptedServer(_ => Replies.With(401, [], "WWW-Authenticate: Basic realm=\"give\""));
        await using var server = new ScriptedServer(_ => Replies.With(307, [], $"Location: http://{other.Host}/elsewhere"));
        var answer = await Ask.Async(server, Ask.Quick with { Credentials = Credentials.For(server.Host, new("ann", new("s3cret-Vx"))) });
        Assert.IsType<Resolution.Denied>(answer);
        Assert.All(other.Requests, r => Assert.Null(r["Authorization"]));
    }

    [Fact]
    public async Task From_https_to_http_is_refused()
    {
        using var handler = new StubHandler(_ => StubHandler.Reply(302, "", ("Location", "http://registry.example/elsewhere")));
        using var client = new RegistryApi(Ask.Quick with { Handler = handler });
        Assert.Contains("plain http", Assert.IsType<Resolution.Refused>(await Ask.Async(client, "registry.example/app:1")).Message, StringComparison.Ordinal);
        Assert.Single(handler.Requests);
    }
}
