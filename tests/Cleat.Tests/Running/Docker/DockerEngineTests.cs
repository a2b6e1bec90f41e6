using Cleat.Tests.Registries;
using Cleat.Uses;

namespace Cleat.Tests.Running.Docker;

/// <summary>The library's own way to an engine: look, plan, apply.</summary>
public sealed class DockerEngineTests
{
    private const string Pinned = $"reg.example/web:1@{CannedEngine.Old}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_runs_is_a_report_like_any_other()
    {
        await using var engine = Race();
        using var docker = DockerEngine.Open(new() { Host = engine.Host });
        var report = await docker.LookAsync(new(), Stop);
        Assert.Equal(engine.Host, docker.Name);
        Assert.Equal(["Container a mixed-digests", "Container b mixed-digests", "Container pinned "], report.Findings.Select(f => $"{f.Running!.Workload} {f.Rule?.Name}"));
        Assert.Equal((true, true, 3, 0), (report.IsRunning, report.Fails, report.FilesRead, report.Errors.Count));
    }

    [Fact]
    public async Task What_cannot_be_decided_is_a_problem_of_its_step()
    {
        await using var engine = Race();
        using var docker = DockerEngine.Open(new() { Host = engine.Host });
        var plan = await docker.PlanAsync(new(), Stop);
        Assert.Equal(["Container a", "Container b"], plan.Steps.Select(s => s.Workload.ToString()));
        Assert.All(plan.Steps, s => Assert.False(s.CanApply));
        Assert.Equal(["pin", "pin"], plan.Errors.Select(e => e.Code));
        await Assert.ThrowsAsync<InvalidOperationException>(() => plan.Steps[0].ApplyAsync(Stop));
        Assert.DoesNotContain(engine.Requests, r => r.Method != "GET");
    }

    [Fact]
    public async Task A_service_of_a_swarm_is_pinned_at_once()
    {
        await using var engine = Swarm("reg.example/web:1").Says("/services/web/update", """{"Warnings":null}""").Says("/services/web", Service("reg.example/web:1"));
        using var docker = DockerEngine.Open(new() { Host = engine.Host });
        var step = Assert.Single((await docker.PlanAsync(new(), Stop)).Steps);
        Assert.Equal((true, $"SwarmService web asks for {Pinned} now"), (step.CanApply, step.Done));
        Assert.Null(await step.TryAsync(Stop));
        Assert.DoesNotContain(engine.Requests, r => r.Method == "POST");
        Assert.Null(await step.ApplyAsync(Stop));
        Assert.Contains($"\"Image\":\"{Pinned}\"", Assert.Single(engine.Requests, r => r.Method == "POST").Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_changed_meanwhile_is_left_with_the_reason()
    {
        await using var engine = Swarm("reg.example/web:1").Says("/services/web", Service("reg.example/web:2"));
        using var docker = DockerEngine.Open(new() { Host = engine.Host });
        var problem = await Assert.Single((await docker.PlanAsync(new(), Stop)).Steps).ApplyAsync(Stop);
        Assert.Equal(("write", "SwarmService web was not changed: it asks for reg.example/web:2 now, no more for reg.example/web:1: look again"), (problem?.Code, problem?.Message));
    }

    [Fact]
    public async Task To_pin_to_what_the_registry_says_wants_a_registry()
    {
        await using var engine = Race();
        using var docker = DockerEngine.Open(new() { Host = engine.Host });
        await Assert.ThrowsAsync<ArgumentException>(() => docker.PlanAsync(new() { To = PinTo.Registry }, Stop));
    }

    [Theory]
    [InlineData("ssh://box", null, "forward its socket")]
    [InlineData("tcp://box", "prod", "name an engine each")]
    public void What_cannot_be_opened_says_what_to_do(string host, string? context, string message) =>
        Assert.Contains(message, Assert.Throws<CleatException>(() => DockerEngine.Open(new() { Host = host, Context = context, Environment = _ => null })).Message, StringComparison.Ordinal);

    private static CannedEngine Race() => CannedEngine.Start()
        .Image("sha256:aaaaaaaaaaaaaaaa", $"reg.example/web@{CannedEngine.Old}").Image("sha256:bbbbbbbbbbbbbbbb", $"reg.example/web@{CannedEngine.New}")
        .Container("a", "reg.example/web:1", "sha256:aaaaaaaaaaaaaaaa").Container("b", "reg.example/web:1", "sha256:bbbbbbbbbbbbbbbb").Container("pinned", Pinned, "sha256:aaaaaaaaaaaaaaaa");

    private static CannedEngine Swarm(string image) => CannedEngine.Start().Manager()
        .Image("sha256:aaaaaaaaaaaaaaaa", $"reg.example/web@{CannedEngine.Old}").Container("t1", image, "sha256:aaaaaaaaaaaaaaaa", "running", ("com.docker.swarm.service.name", "web"))
        .Says("/services", $"[{Service(image)}]")
        .Says("/tasks", $$$$"""[{"ServiceID":"s1","NodeID":"n1","Status":{"State":"running","ContainerStatus":{"ContainerID":"t1"}},"Spec":{"ContainerSpec":{"Image":"{{{{image}}}}"}}}]""");

    private static string Service(string image) =>
        """{"ID":"s1","Version":{"Index":7},"Spec":{"Name":"web","TaskTemplate":{"ContainerSpec":{"Image":"IMAGE"}}}}""".Replace("IMAGE", image, StringComparison.Ordinal);
}
