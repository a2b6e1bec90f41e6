using System.Text.Json;
using Cleat.Tests.Registries;
using Cleat.Tests.Running.Docker;

namespace Cleat.Cli.Tests.Docker;

/// <summary>Swarm services: what the engine resolved, what it could not, what other nodes run, and the update.</summary>
public sealed class SwarmTests
{
    private const string Pinned = $"reg.example/web:1@{CannedEngine.Old}";

    [Fact]
    public async Task A_service_that_swarm_resolved_is_pinned_although_a_tag_was_typed()
    {
        await using var engine = Swarm(Pinned);
        var (code, output, _) = await engine.Run("docker", "--format", "json");
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        var use = json.RootElement.GetProperty("references").EnumerateArray().Single();
        Assert.Equal(("pinned", "SwarmService", "shop", "shop_web"), (use.GetProperty("verdict").GetString(), use.GetProperty("object").GetProperty("kind").GetString(), use.GetProperty("object").GetProperty("namespace").GetString(), use.GetProperty("object").GetProperty("name").GetString()));
        Assert.Contains("the stack's file says reg.example/web:1", use.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);

        // the other node was told the same digest; its platform is its own
        Assert.Equal(
            [("linux/amd64", 1), ("linux/arm64", 1)],
            use.GetProperty("running").EnumerateArray().Select(r => (r.GetProperty("platform").GetString()!, r.GetProperty("count").GetInt32())).Order());
        Assert.All(use.GetProperty("running").EnumerateArray(), r => Assert.Equal(CannedEngine.Old, r.GetProperty("digest").GetString()));
    }

    [Fact]
    public async Task A_bare_tag_is_unpinned_and_what_other_nodes_run_is_not_known()
    {
        await using var engine = Swarm("reg.example/web:1");
        var (code, output, _) = await engine.Run("docker");
        Assert.Equal(1, code);
        Assert.Contains("SwarmService shop/shop_web  error  unpinned-image\n", output, StringComparison.Ordinal);
        Assert.Contains("swarm holds the bare tag", output, StringComparison.Ordinal);
        Assert.Contains("on another node: ask that node's engine  x1  other  linux/arm64", output, StringComparison.Ordinal);
        Assert.Contains($"service update --image {Pinned} shop_web\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_says_that_it_sees_its_own_part_only_and_pins_nothing()
    {
        await using var engine = Swarm("reg.example/web:1").Says("/info", """{"Name":"box","OSType":"linux","Architecture":"x86_64","Swarm":{"NodeID":"n1","LocalNodeState":"active","ControlAvailable":false}}""");
        var (code, output, _) = await engine.Run("docker", "pin", "--apply");
        Assert.Equal((1, "# SwarmService shop_web: reg.example/web:1\n# run this on a manager of the swarm: it prints the line that updates the service\n# 1 workload to pin.\n"), (code, output));
        Assert.Contains("seen from this worker alone", (await engine.Run("docker")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tasks_of_an_update_under_way_are_told_apart()
    {
        await using var engine = Swarm(Pinned).Says("/tasks", $$"""[{{Task("n1", "t1", Pinned)}},{{Task("n2", "t2", "reg.example/web:0")}}]""");
        var (code, output, _) = await engine.Run("docker", "--format", "json");
        Assert.Equal(0, code);
        Assert.Contains("1 of its tasks still runs reg.example/web:0: an update is under way, or stuck", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_sends_the_whole_spec_back_with_nothing_but_the_image_changed()
    {
        await using var engine = Swarm("reg.example/web:1").Says("/services/shop_web/update", """{"Warnings":null}""");
        engine.Says("/services/shop_web", Service("reg.example/web:1"));
        var (code, output, error) = await engine.Run("docker", "pin", "--apply");

        Assert.Equal((0, ""), (code, error));
        Assert.EndsWith($"# done: SwarmService shop/shop_web asks for {Pinned} now\n# 1 workload pinned.\n", output, StringComparison.Ordinal);
        var post = Assert.Single(engine.Requests, r => r.Method == "POST");
        Assert.Equal("/services/shop_web/update?version=7", post.Target);
        using var was = JsonDocument.Parse(Service("reg.example/web:1"));
        Assert.Equal(was.RootElement.GetProperty("Spec").GetRawText().Replace("\"Image\":\"reg.example/web:1\"", $"\"Image\":\"{Pinned}\"", StringComparison.Ordinal), post.Body);
    }

    [Fact]
    public async Task A_service_that_was_changed_meanwhile_is_left_alone()
    {
        await using var engine = Swarm("reg.example/web:1").Says("/services/shop_web", Service("reg.example/web:2"));
        var (code, _, error) = await engine.Run("docker", "pin", "--apply");
        Assert.Equal(3, code);
        Assert.Contains("was not changed: it asks for reg.example/web:2 now, no more for reg.example/web:1: look again", error, StringComparison.Ordinal);
        Assert.DoesNotContain(engine.Requests, r => r.Method == "POST");
    }

    [Fact]
    public async Task An_update_that_the_engine_refuses_is_told_in_its_words()
    {
        await using var engine = Swarm("reg.example/web:1").Says("/services/shop_web", Service("reg.example/web:1"))
            .Says("/services/shop_web/update", Replies.Text(500, """{"message":"rpc error: update out of sequence"}"""));
        var (code, _, error) = await engine.Run("docker", "pin", "--apply");
        Assert.Equal(3, code);
        Assert.Contains("was not changed: ", error, StringComparison.Ordinal);
        Assert.Contains("update out of sequence", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_apply_nothing_is_posted()
    {
        await using var engine = Swarm("reg.example/web:1");
        var (code, output, _) = await engine.Run("docker", "pin");
        Assert.Equal(1, code);
        Assert.Contains($"docker --host {engine.Host} service update --image {Pinned} shop_web\n", output, StringComparison.Ordinal);
        Assert.All(engine.Requests, r => Assert.Equal("GET", r.Method));
    }

    private static CannedEngine Swarm(string image) => CannedEngine.Start().Manager()
        .Image("sha256:aaaaaaaaaaaaaaaa", $"reg.example/web@{CannedEngine.Old}")
        .Container("t1", image, "sha256:aaaaaaaaaaaaaaaa", "running", ("com.docker.swarm.service.name", "shop_web"))
        .Says("/services", $"[{Service(image)}]")
        .Says("/tasks", $"[{Task("n1", "t1", image)},{Task("n2", "t2", image)}]");

    private static string Service(string image) =>
        $$$"""{"ID":"s1","Version":{"Index":7},"Spec":{"Name":"shop_web","Labels":{"com.docker.stack.namespace":"shop","com.docker.stack.image":"reg.example/web:1"},"TaskTemplate":{"ContainerSpec":{"Image":"{{{image}}}"},"ForceUpdate":18446744073709551615},"Own":[1.50,null]}}""";

    private static string Task(string node, string container, string image) =>
        $$$$"""{"ServiceID":"s1","NodeID":"{{{{node}}}}","DesiredState":"running","Status":{"State":"running","ContainerStatus":{"ContainerID":"{{{{container}}}}"}},"Spec":{"ContainerSpec":{"Image":"{{{{image}}}}"}}}""";
}
