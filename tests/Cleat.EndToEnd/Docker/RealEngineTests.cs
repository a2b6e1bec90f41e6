using System.Text.Json;
using Cleat.References;

namespace Cleat.EndToEnd.Docker;

/// <summary>The race made for real, and mended with the program's own lines.</summary>
public sealed class RealEngineTests(RealEngine engine) : IClassFixture<RealEngine>
{
    [Fact]
    public async Task A_tag_that_moves_between_two_runs_is_a_race_and_the_printed_fix_ends_it()
    {
        var name = $"{engine.Registry}/race/web:1.27";
        var old = await engine.PushAsync("race/web:1.27", "old");
        await engine.DockerAsync("run", "--detach", "--network=none", "--name=first", name);
        Assert.Equal("unpinned-image", (await SeenAsync("first")).GetProperty("rule").GetString());

        var moved = await engine.PushAsync("race/web:1.27", "new");
        await engine.DockerAsync("run", "--detach", "--network=none", "--name=second", name);
        var (first, second) = (await SeenAsync("first"), await SeenAsync("second", "--registry"));
        Assert.NotEqual(old, moved);
        Assert.Equal(("mixed-digests", name, old), (first.GetProperty("rule").GetString(), first.GetProperty("text").GetString(), Digest(first)));
        Assert.Equal(("mixed-digests", moved, moved), (second.GetProperty("rule").GetString(), Digest(second), second.GetProperty("meansNow").GetString()));

        // while the race is on nothing is chosen for the user
        var (code, output, error) = await engine.CleatAsync("pin");
        Assert.Equal(3, code);
        Assert.Contains("for you to choose", error, StringComparison.Ordinal);
        Assert.DoesNotContain("\ndocker", output, StringComparison.Ordinal);

        // told to take what the tag means, it prints lines that run as they are
        (_, output, _) = await engine.CleatAsync("pin", "--to", "registry");
        var lines = output.Split('\n').Where(l => l.StartsWith("docker ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Count);
        await engine.DockerAsync("rm", "--force", "first", "second");
        foreach (var line in lines)
        {
            await RealEngine.ShellAsync(line);
        }

        await engine.DockerAsync("run", "--detach", "--network=none", "--name=first", $"{name}@{moved}");
        Assert.Equal((JsonValueKind.Null, "pinned", moved), ((await SeenAsync("first")).GetProperty("rule").ValueKind, (await SeenAsync("first")).GetProperty("verdict").GetString(), Digest(await SeenAsync("first"))));
        Assert.Equal($"FROM {name}@{moved}\n", await FromThisEngineAsync($"FROM {name}\n"));
        await engine.DockerAsync("rm", "--force", "first");
        Assert.Equal((0, "Nothing runs here.\n", ""), await engine.CleatAsync());
    }

    [Fact]
    public async Task Swarm_pins_what_it_can_reach_and_apply_pins_the_rest()
    {
        await engine.SwarmAsync();
        var digest = await engine.PushAsync("swarm/web:1", "swarm");
        var name = $"{engine.Registry}/swarm/web:1";

        // a service whose registry answers is pinned by the engine itself, although a tag was typed
        await engine.DockerAsync("service", "create", "--detach", "--network=host", "--name=resolved", name);
        Assert.Equal(("pinned", $"{name}@{digest}"), await AskedAsync("resolved"));

        // told not to ask, or not reaching the registry, it keeps the bare tag
        await engine.DockerAsync("service", "create", "--network=host", "--quiet", "--no-resolve-image", "--name=bare", name);
        await engine.DockerAsync("tag", name, "127.0.0.1:1/swarm/web:1");
        await engine.DockerAsync("service", "create", "--network=host", "--quiet", "--name=unreachable", "127.0.0.1:1/swarm/web:1");
        Assert.Equal(("unpinned", name), await AskedAsync("bare"));
        Assert.Equal(("unpinned", "127.0.0.1:1/swarm/web:1"), await AskedAsync("unreachable"));
        Assert.Equal(digest, Digest(await SeenAsync("bare")));
        var (code, output, _) = await engine.CleatAsync();
        Assert.Equal(1, code);
        Assert.Contains("could not reach the registry", output, StringComparison.Ordinal);

        await engine.DockerAsync("service", "rm", "unreachable");
        (code, output, var error) = await engine.CleatAsync("pin", "--apply");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains($"# done: SwarmService bare asks for {name}@{digest} now", output, StringComparison.Ordinal);
        Assert.Equal(("pinned", $"{name}@{digest}"), await AskedAsync("bare"));
        Assert.Equal($"{name}@{digest}", await engine.DockerAsync("service", "inspect", "bare", "--format", "{{.Spec.TaskTemplate.ContainerSpec.Image}}"));
        (code, output, error) = await engine.CleatAsync();
        Assert.Equal((0, ""), (code, error));
        Assert.Equal("All 2 image references in 2 workloads are pinned.\n", output);
        await engine.DockerAsync("service", "rm", "bare", "resolved");
        await engine.DockerAsync("swarm", "leave", "--force");
    }

    // in a process of its own: the engine is the one that the environment names
    private async Task<string> FromThisEngineAsync(string dockerfile)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("cleat-from-").FullName, "Dockerfile");
        await File.WriteAllTextAsync(file, dockerfile);
        await RealEngine.ShellAsync($"DOCKER_HOST={engine.Host} dotnet {Path.Combine(AppContext.BaseDirectory, "cleat.dll")} pin --from docker {file}");
        var pinned = await File.ReadAllTextAsync(file);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return pinned;
    }

    private async Task<(string?, string?)> AskedAsync(string name) => await SeenAsync(name) is var seen ? (seen.GetProperty("verdict").GetString(), seen.GetProperty("text").GetString()) : default;

    private async Task<JsonElement> SeenAsync(string name, params string[] options)
    {
        var (_, output, _) = await engine.CleatAsync([.. options, "--format", "json"]);
        using var json = JsonDocument.Parse(output);
        return json.RootElement.GetProperty("references").EnumerateArray().Single(r => r.GetProperty("object").GetProperty("name").GetString() == name).Clone();
    }

    private static string? Digest(JsonElement seen) => Assert.Single(seen.GetProperty("running").EnumerateArray()).GetProperty("digest").GetString();
}
