using Cleat.Registries.Client;
using Cleat.Tests.Registries;
using Cleat.Tests.Running.Docker;

namespace Cleat.Cli.Tests.Docker;

/// <summary>What goes wrong between the program and an engine is told in words, the rest is seen, and the exit code is 3.</summary>
public sealed class EngineFaultTests
{
    private const string Id = "sha256:aaaaaaaaaaaaaaaa";

    public static TheoryData<string, string> Faults => new()
    {
        { "reset", "closed the connection before the answer was whole" },
        { "half", "closed the connection before the answer was whole" },
        { "stall", "gave no whole answer within 1 s" },
        { "html", "with something that is not what a Docker engine says" },
        { "list", "with something that is not what a Docker engine says" },
        { "null", "answered nothing" },
        { "500", "the engine is on fire" },
        { "403", "HTTP status 403" },
        { "http", "does not speak HTTP as an engine does" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_faulty_engine_is_exit_3_with_the_reason(string fault, string words)
    {
        await using var engine = CannedEngine.Start().Says("/info", Reply(fault));
        var (code, output, error) = await engine.Run("docker", "--engine-timeout", "1");
        Assert.Equal(3, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.StartsWith("error[engine]: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing runs here", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task One_container_that_cannot_be_seen_is_named_and_the_rest_is_seen(string fault, string words)
    {
        await using var engine = CannedEngine.Start().Image(Id, $"web@{CannedEngine.Old}").Container("seen", "web:1", Id).Container("lost", "web:1", Id).Says("/containers/lost/json", Reply(fault));
        var (code, output, error) = await engine.Run("docker", "--engine-timeout", "1");
        Assert.Equal(3, code);
        Assert.Contains("the container lost could not be seen", error, StringComparison.Ordinal);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Contains("Container seen  error  unpinned-image", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_that_is_gone_meanwhile_is_no_error()
    {
        await using var engine = CannedEngine.Start().Container("gone", "web:1", Id).Says("/containers/gone/json", Replies.Text(404, """{"message":"No such container: gone"}"""));
        Assert.Equal((0, "Nothing runs here.\n", ""), await engine.Run("docker"));
    }

    [Fact]
    public async Task Services_that_cannot_be_seen_are_said()
    {
        await using var engine = CannedEngine.Start().Manager().Says("/services", Reply("500"));
        var (code, _, error) = await engine.Run("docker");
        Assert.Equal(3, code);
        Assert.Contains("the swarm's services could not be seen", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_that_is_not_there_is_named_with_what_to_do()
    {
        using CommandRun folder = new();
        var (code, _, error) = await CommandRun.Of("docker", "--host", $"unix://{folder.At("none.sock")}");
        Assert.Equal(3, code);
        Assert.Contains($"there is no socket {folder.At("none.sock")}: start Docker or Podman", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_where_nothing_listens_is_named()
    {
        var engine = CannedEngine.Start();
        var host = engine.Host;
        await engine.DisposeAsync();
        var (code, _, error) = await CommandRun.Of("docker", "--host", host);
        Assert.Equal(3, code);
        Assert.Contains($"{host} refused the connection: no engine listens there", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--host=ssh://me@box", "forward its socket")]
    [InlineData("--host=ftp://box", "must read unix:///path or tcp://host:port")]
    [InlineData("--host=unix://", "must read unix:///path or tcp://host:port")]
    [InlineData("--host=", "Required argument missing for option: '--host'")]
    [InlineData("--host=npipe:////./pipe/docker_engine", "cannot be asked")]
    [InlineData("--context=no-such-context", "there is no docker context 'no-such-context'")]
    [InlineData("--engine-timeout=0", "must be 1 to 3600")]
    public async Task A_wrong_command_line_is_one_line_and_exit_2(string option, string words)
    {
        var (code, output, error) = await CommandRun.Of("docker", option);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    private static ScriptedReply Reply(string fault) => fault switch
    {
        "reset" => Replies.Reset,
        "half" => Replies.With(200, "{\"Name\":\"b"u8.ToArray(), "Content-Length: 500"),
        "stall" => Replies.Stall,
        "html" => Replies.Text(200, "<html>proxy</html>"),
        "list" => Replies.Text(200, "[1]"),
        "null" => Replies.Text(200, "null"),
        "500" => Replies.Text(500, """{"message":"the engine is on fire"}"""),
        "403" => Replies.Text(403, "Forbidden"),
        _ => async (_, stream, cancellation) => await stream.WriteAsync("SSH-2.0-OpenSSH_9.2\r\n\r\n"u8.ToArray(), cancellation),
    };
}
