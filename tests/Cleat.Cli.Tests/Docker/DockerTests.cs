using System.Text.Json;
using Cleat.Findings;
using Cleat.References;
using Cleat.Running.Docker;
using Cleat.Running.Kubernetes;
using Cleat.Tests.Registries;
using Cleat.Tests.Running.Docker;

namespace Cleat.Cli.Tests.Docker;

/// <summary><c>cleat docker</c> against an engine on loopback that says what the test wants.</summary>
public sealed class DockerTests
{
    private const string OldName = $"reg.example/web@{CannedEngine.Old}";
    private const string NewName = $"reg.example/web@{CannedEngine.New}";

    [Fact]
    public async Task What_is_pinned_is_one_calm_line()
    {
        await using var engine = CannedEngine.Start().Image("sha256:aaaaaaaaaaaaaaaa", OldName).Container("web", $"reg.example/web:1@{CannedEngine.Old}", "sha256:aaaaaaaaaaaaaaaa");
        Assert.Equal((0, "The one image reference in 1 workload is pinned.\n", ""), await engine.Run("docker"));
    }

    [Fact]
    public async Task An_engine_without_containers_is_one_calm_line()
    {
        await using var engine = CannedEngine.Start();
        Assert.Equal((0, "Nothing runs here.\n", ""), await engine.Run("docker"));
    }

    [Fact]
    public async Task One_reference_that_runs_as_two_images_is_a_race_on_each_of_its_containers()
    {
        await using var engine = Race();
        var (code, output, error) = await engine.Run("docker", "--format", "json");

        Assert.Equal((1, ""), (code, error));
        using var json = JsonDocument.Parse(output);
        var references = json.RootElement.GetProperty("references").EnumerateArray().ToDictionary(r => r.GetProperty("object").GetProperty("name").GetString()!);
        Assert.Equal("mixed-digests", references["a"].GetProperty("rule").GetString());
        Assert.Equal("mixed-digests", references["b"].GetProperty("rule").GetString());
        Assert.Equal("unpinned-image", references["alone"].GetProperty("rule").GetString());
        Assert.Equal("unpinned", references["a"].GetProperty("verdict").GetString());
        Assert.False(references["a"].TryGetProperty("file", out _));
        var running = references["b"].GetProperty("running").EnumerateArray().Single();
        Assert.Equal((CannedEngine.New, 1, "box", "linux/amd64"), (running.GetProperty("digest").GetString(), running.GetProperty("count").GetInt32(), running.GetProperty("nodes")[0].GetString(), running.GetProperty("platform").GetString()));
        Assert.Equal(JsonValueKind.Null, references["a"].GetProperty("pin").ValueKind);
        Assert.Equal((3, 2), (json.RootElement.GetProperty("summary").GetProperty("objects").GetInt32(), json.RootElement.GetProperty("summary").GetProperty("mixed").GetInt32()));
    }

    [Fact]
    public async Task A_race_is_told_with_what_else_runs_and_the_choice_there_is()
    {
        await using var engine = Race();
        var (_, output, _) = await engine.Run("docker");
        Assert.Contains($"""
            Container a  error  mixed-digests
              reg.example/web:1  the same reference also runs as another image
              | sha256:111111111111…  x1  box  linux/amd64
              = note: on this engine Container b runs the same reference as {CannedEngine.New}
              = help: # choose one, and start all of it from that (or let --to registry choose what the tag means now):
                      #   reg.example/web:1@{CannedEngine.Old}
                      #   reg.example/web:1@{CannedEngine.New}

            """, output, StringComparison.Ordinal);
        Assert.EndsWith("3 workloads, 3 references: 3 unpinned, 2 running as several images\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_container_is_judged_and_is_no_part_of_a_race()
    {
        await using var engine = CannedEngine.Start().Image("sha256:aaaaaaaaaaaaaaaa", OldName).Image("sha256:bbbbbbbbbbbbbbbb", NewName)
            .Container("a", "reg.example/web:1", "sha256:aaaaaaaaaaaaaaaa", "exited").Container("b", "reg.example/web:1", "sha256:bbbbbbbbbbbbbbbb");
        var (code, output, _) = await engine.Run("docker");
        Assert.Equal(1, code);
        Assert.DoesNotContain("mixed", output, StringComparison.Ordinal);
        Assert.Contains($"note: stopped; made from {CannedEngine.Old}", output, StringComparison.Ordinal);
        Assert.Contains($"docker --host {engine.Host} pull reg.example/web@{CannedEngine.New}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_built_here_has_no_digest_and_that_is_said()
    {
        await using var engine = CannedEngine.Start().Image("sha256:cccccccccccccccc").Container("app", "app:dev", "sha256:cccccccccccccccc");
        var (code, output, _) = await engine.Run("docker");
        Assert.Equal(1, code);
        Assert.Contains("| built here (id cccccccccccc)  x1  box  linux/amd64", output, StringComparison.Ordinal);
        Assert.Contains("# it was built here and never pushed, so it has no digest: push it, then run it by the digest that the push prints", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_under_a_second_name_keeps_the_digest_of_the_first()
    {
        await using var engine = CannedEngine.Start().Image("sha256:aaaaaaaaaaaaaaaa", OldName).Container("app", "mine:1", "sha256:aaaaaaaaaaaaaaaa");
        var (_, output, _) = await engine.Run("docker");
        Assert.Contains($"note: registries know this image as {OldName}; here it was given the name mine:1", output, StringComparison.Ordinal);
        Assert.DoesNotContain("mine:1@", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sha256:aaaaaaaaaaaaaaaa")]
    [InlineData("aaaaaaaaaaaa")]
    public async Task An_image_id_is_no_reference(string asked)
    {
        await using var engine = CannedEngine.Start().Image("sha256:aaaaaaaaaaaaaaaa", OldName).Container("app", asked, "sha256:aaaaaaaaaaaaaaaa");
        Assert.Equal((0, "No image references in 1 workload.\n", ""), await engine.Run("docker"));
    }

    [Fact]
    public async Task A_compose_service_is_one_workload_and_its_file_is_named_with_the_line()
    {
        using CommandRun folder = new();
        folder.Put("compose.yaml", "services:\n  db:\n    image: db:2\n  web:\n    image: reg.example/web:1\n");
        (string, string)[] labels = [("com.docker.compose.project", "shop"), ("com.docker.compose.service", "web"), ("com.docker.compose.project.config_files", folder.At("compose.yaml"))];
        await using var engine = CannedEngine.Start().Image("sha256:aaaaaaaaaaaaaaaa", OldName)
            .Container("w1", "reg.example/web:1", "sha256:aaaaaaaaaaaaaaaa", "running", labels).Container("w2", "reg.example/web:1", "sha256:aaaaaaaaaaaaaaaa", "running", labels);
        var (_, output, _) = await engine.Run("docker");
        Assert.Contains("ComposeService shop/web  error  unpinned-image\n", output, StringComparison.Ordinal);
        Assert.Contains("x2  box", output, StringComparison.Ordinal);
        Assert.Contains($"# write image: reg.example/web:1@{CannedEngine.Old} for services.web in {folder.At("compose.yaml")}:5, then\n", output, StringComparison.Ordinal);
        Assert.Contains($"compose -f {folder.At("compose.yaml")} -p shop up -d web\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replicas_of_a_compose_service_that_differ_are_a_race_within_it()
    {
        (string, string)[] labels = [("com.docker.compose.project", "shop"), ("com.docker.compose.service", "web")];
        await using var engine = CannedEngine.Start().Image("sha256:aaaaaaaaaaaaaaaa", OldName).Image("sha256:bbbbbbbbbbbbbbbb", NewName)
            .Container("w1", "reg.example/web:1", "sha256:aaaaaaaaaaaaaaaa", "running", labels).Container("w2", "reg.example/web:1", "sha256:bbbbbbbbbbbbbbbb", "running", labels);
        var (code, output, _) = await engine.Run("docker");
        Assert.Equal(1, code);
        Assert.Contains("this one reference runs as 2 images\n  | sha256:111111111111…  x1  box  linux/amd64\n  | sha256:222222222222…  x1  box  linux/amd64\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exemption_of_the_config_holds_for_what_runs()
    {
        using CommandRun folder = new();
        folder.Put("cleat.yaml", "exempt:\n  - image: reg.example/web\n    reason: rebuilt nightly\n");
        await using var engine = Race();
        var (code, output, _) = await engine.Run("docker", "--config", folder.At("cleat.yaml"));
        Assert.Equal(1, code);
        Assert.DoesNotContain("reg.example/web", output, StringComparison.Ordinal);
        Assert.EndsWith("(2 ignored)\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbose_shows_all_that_runs_as_a_table_first()
    {
        await using var engine = Race().Container("pinned", $"reg.example/web:1@{CannedEngine.Old}", "sha256:aaaaaaaaaaaaaaaa");
        var (_, output, _) = await engine.Run("docker", "--verbose");
        Assert.StartsWith($"""
            Container a       several   sha256:111111111111…  x1  box  linux/amd64  reg.example/web:1
            Container alone   unpinned  sha256:222222222222…  x1  box  linux/amd64  reg.example/api:1
            Container b       several   sha256:222222222222…  x1  box  linux/amd64  reg.example/web:1
            Container pinned  pinned    sha256:111111111111…  x1  box  linux/amd64  reg.example/web:1@{CannedEngine.Old}

            Container a  error  mixed-digests

            """, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_registry_says_whether_the_tag_still_means_what_runs()
    {
        using CommandRun folder = new();
        SampleImage image = new("linux/amd64");
        image.WriteLayout(folder.At("web"), "1");
        await using var engine = CannedEngine.Start().Image("sha256:aaaaaaaaaaaaaaaa", OldName).Image("sha256:bbbbbbbbbbbbbbbb", $"reg.example/web@{image.IndexDigest}")
            .Container("behind", "reg.example/web:1", "sha256:aaaaaaaaaaaaaaaa");
        var (_, output, _) = await engine.Run("docker", "--registry", "--from", folder.At("web"));
        Assert.Contains($"note: the tag means {image.IndexDigest} at the registry now: it was moved since this was started", output, StringComparison.Ordinal);
        Assert.Contains($"pull reg.example/web@{CannedEngine.Old}", output, StringComparison.Ordinal);
        (_, output, _) = await engine.Run("docker", "--to", "registry", "--from", folder.At("web"));
        Assert.Contains($"pull reg.example/web@{image.IndexDigest}", output, StringComparison.Ordinal);
        await using var pinned = CannedEngine.Start().Image("sha256:aaaaaaaaaaaaaaaa", OldName).Container("pinned", $"reg.example/web:1@{CannedEngine.Old}", "sha256:aaaaaaaaaaaaaaaa");
        (var code, output, _) = await pinned.Run("docker", "--registry", "--from", folder.At("web"));
        Assert.Equal(1, code);
        Assert.StartsWith("Container pinned  warning  moved-tag\n", output, StringComparison.Ordinal);
        (code, _, var error) = await engine.Run("docker", "--registry", "--from", folder.Folder);
        Assert.Equal(2, code);
        Assert.StartsWith("cleat: --from: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sarif_names_the_workload_as_a_logical_location()
    {
        await using var engine = Race();
        var (_, output, _) = await engine.Run("docker", "--format", "sarif");
        using var json = JsonDocument.Parse(output);
        var result = json.RootElement.GetProperty("runs")[0].GetProperty("results")[0];
        Assert.Equal("mixed-digests", result.GetProperty("ruleId").GetString());
        var location = result.GetProperty("locations")[0];
        Assert.False(location.TryGetProperty("physicalLocation", out _));
        Assert.EndsWith("/Container/a", location.GetProperty("logicalLocations")[0].GetProperty("fullyQualifiedName").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("``", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_shows_the_race_first_and_needs_nothing_from_elsewhere()
    {
        await using var engine = Race().Container("evil", "x:1", "sha256:dddddddddddddddd", "running", ("com.docker.compose.project", "<script>"), ("com.docker.compose.service", "\"x\""));
        var (code, output, _) = await engine.Run("docker", "--format", "html");
        Assert.Equal(1, code);
        Assert.DoesNotContain("<script", output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", output, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", output, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", output, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;/<b>&quot;x&quot;</b>", output, StringComparison.Ordinal);
        Assert.True(output.IndexOf("<b>b</b>", StringComparison.Ordinal) < output.IndexOf("<b>alone</b>", StringComparison.Ordinal));
        Assert.Equal(2, output.Split("<tr class=\"race\">").Length - 1);
        Assert.Contains($"title=\"{CannedEngine.New}\"", output, StringComparison.Ordinal);

        // the same letter is the same digest in both rows, and the page has a column for the node
        Assert.Contains($"<b class=\"d a\" title=\"{CannedEngine.Old}\">A</b>", output, StringComparison.Ordinal);
        Assert.Contains($"<td class=\"n\"><b class=\"d b\" title=\"{CannedEngine.New}\">B</b>", output, StringComparison.Ordinal);
        Assert.Contains("<th class=\"n\">box", output, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_fix_is_printed_as_lines_for_a_shell_and_a_race_is_left_to_the_user()
    {
        await using var engine = Race();
        var (code, output, error) = await engine.Run("docker", "pin");
        Assert.Equal(3, code);
        Assert.Contains($"docker --host {engine.Host} pull reg.example/api@{CannedEngine.New}\n", output, StringComparison.Ordinal);
        Assert.All(output.TrimEnd('\n').Split('\n'), line => Assert.True(line.StartsWith('#') || line.StartsWith("docker ", StringComparison.Ordinal), line));
        Assert.Contains("error[pin]: Container a: it runs as several images, so that which one to pin is for you to choose", error, StringComparison.Ordinal);
    }

    private static CannedEngine Race() => CannedEngine.Start()
        .Image("sha256:aaaaaaaaaaaaaaaa", OldName).Image("sha256:bbbbbbbbbbbbbbbb", NewName).Image("sha256:cccccccccccccccc", $"reg.example/api@{CannedEngine.New}")
        .Container("a", "reg.example/web:1", "sha256:aaaaaaaaaaaaaaaa").Container("alone", "reg.example/api:1", "sha256:cccccccccccccccc").Container("b", "reg.example/web:1", "sha256:bbbbbbbbbbbbbbbb");
}
