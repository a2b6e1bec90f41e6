using System.Text.Json;
using Cleat.Formats.Kubernetes;
using static Cleat.Tests.Running.Kubernetes.Objects;

namespace Cleat.Cli.Tests.Cluster;

/// <summary><c>cleat cluster</c>: owners, digests, and the race.</summary>
public sealed class ClusterTests : IDisposable
{
    private readonly LoopbackApi api = new();

    public void Dispose() => api.Dispose();

    [Theory]
    [InlineData("docker.io/library/nginx@{0}", true, null)]
    [InlineData("docker-pullable://nginx@{0}", true, null)]
    [InlineData("docker://{0}", false, "only the image's id is told, no registry digest")]
    [InlineData("{0}", false, "only the image's id is told, no registry digest")]
    [InlineData("1111111111111111111111111111111111111111111111111111111111111111", false, "only the image's id is told, no registry digest")]
    [InlineData("", false, "not told yet")]
    [InlineData("something else", false, "told in a form that is not known")]
    [InlineData("nginx@sha256:short", false, "told in a form that is not known")]
    public async Task Each_form_of_an_imageID_is_a_digest_or_says_why_not(string form, bool known, string? why)
    {
        Deployment("web", "nginx:1.27");
        api.List("/api/v1/pods", Pod("web-1-a", "apps/v1 ReplicaSet web-1", "nginx:1.27", form.Replace("{0}", One, StringComparison.Ordinal), "n1"));
        var running = Assert.Single((await ReferencesAsync())["web"].GetProperty("running").EnumerateArray());
        Assert.Equal((known ? One : null, why), (running.GetProperty("digest").GetString(), running.GetProperty("why").GetString()));
    }

    [Fact]
    public async Task A_container_that_waits_runs_nothing_that_is_known()
    {
        Deployment("web", "nginx:1.27");
        api.List("/api/v1/pods", Pod("web-1-a", "apps/v1 ReplicaSet web-1", "nginx:1.27", $"nginx@{One}", "n1", state: """{"waiting":{"reason":"CrashLoopBackOff"} }"""));
        Assert.Equal("not running: CrashLoopBackOff", Assert.Single((await ReferencesAsync())["web"].GetProperty("running").EnumerateArray()).GetProperty("why").GetString());
    }

    // (nodes of the two pods, the repositories their nodes tell) and what is to be said of two digests
    [Theory]
    [InlineData("amd64 containerd", "amd64 containerd", "nginx", "nginx", true, null)]
    [InlineData("amd64 containerd", "arm64 containerd", "nginx", "nginx", false, "each architecture runs a digest of its own")]
    [InlineData("amd64 containerd", "amd64 docker", "nginx", "nginx", false, "each container runtime tells a digest of its own")]
    [InlineData("amd64 containerd", "amd64 containerd", "nginx", "mirror.example/nginx", false, "under another name")]
    [InlineData("amd64 containerd", "", "nginx", "nginx", false, "whose platform is not known")]
    public async Task Two_digests_are_a_race_only_where_they_cannot_be_one_image(string first, string second, string one, string two, bool mixed, string? note)
    {
        Deployment("web", "nginx:1.27");
        api.List("/api/v1/nodes", [.. new[] { first, second }.Select((n, i) => n.Split(' ') is [var architecture, var runtime] ? Node($"n{i}", architecture, runtime + "://1") : Node("elsewhere"))]);
        api.List("/api/v1/pods", Pod("a", "apps/v1 ReplicaSet web-1", "nginx:1.27", $"{one}@{One}", "n0"), Pod("b", "apps/v1 ReplicaSet web-1", "nginx:1.27", $"{two}@{Two}", "n1"));
        var web = (await ReferencesAsync())["web"];
        Assert.Equal(mixed ? "mixed-digests" : "unpinned-image", web.GetProperty("rule").GetString());
        Assert.Equal(note is not null, web.GetProperty("notes").EnumerateArray().Any(n => note is not null && n.GetString()!.Contains(note, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Two_revisions_of_one_workload_are_no_race()
    {
        Deployment("web", "nginx:1.28");
        api.List("/api/v1/nodes", Node("n1"));
        api.List("/api/v1/pods", Pod("a", "apps/v1 ReplicaSet web-1", "nginx:1.27", $"nginx@{One}", "n1"), Pod("b", "apps/v1 ReplicaSet web-1", "nginx:1.28", $"nginx@{Two}", "n1"));
        var (_, output, _) = await api.CleatAsync("--format", "json");
        Assert.Contains("\"mixed\": 0", output, StringComparison.Ordinal);
        Assert.Contains("only pods name this, not the workload: they are of an older revision", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_pod_stands_under_the_owner_at_the_top()
    {
        Deployment("web", "nginx:1.27");
        api.List("/apis/apps/v1/statefulsets", Template("db", "postgres:16", "example.com/v1 Database main"));
        api.List("/apis/batch/v1beta1/cronjobs", """{"metadata":{"name":"nightly","namespace":"shop","uid":"nightly"},"spec":{"jobTemplate":{"spec":{"template":{"spec":{"containers":[{"name":"app","image":"alpine:3.20"}]} } } } } }""");
        api.List("/apis/batch/v1/jobs", Template("nightly-1", "alpine:3.20", "batch/v1beta1 CronJob nightly"), Template("once", "busybox:1"));
        api.List("/apis/argoproj.io/v1alpha1/rollouts", """{"apiVersion":"argoproj.io/v1alpha1","kind":"Rollout","metadata":{"name":"canary","namespace":"shop","uid":"canary"},"spec":{"template":{"spec":{"containers":[{"name":"app","image":"canary:1"}]} } } }""");
        api.List("/apis/apps/v1/replicasets", Template("web-1", "nginx:1.27", "apps/v1 Deployment web"), Template("canary-1", "canary:1", "argoproj.io/v1alpha1 Rollout canary"), Template("lonely", "httpd:2"));
        api.List("/apis/argoproj.io/v1alpha1/cronworkflows", """{"apiVersion":"argoproj.io/v1alpha1","kind":"CronWorkflow","metadata":{"name":"flow","namespace":"shop","uid":"flow"},"spec":{"workflowSpec":{"templates":[{"script":{"image":"python:3.12"} }]} } }""");
        api.List("/api/v1/pods",
            Pod("web-1-a", "apps/v1 ReplicaSet web-1", "nginx:1.27", $"nginx@{One}", "n1"),
            Pod("canary-1-a", "apps/v1 ReplicaSet canary-1", "canary:1", $"canary@{One}", "n1"),
            Pod("db-0", "apps/v1 StatefulSet db", "postgres:16", $"postgres@{One}", "n1"),
            Pod("nightly-1-a", "batch/v1 Job nightly-1", "alpine:3.20", $"alpine@{One}", "n1"),
            Pod("bare", null, "redis:7", $"redis@{One}", "n1"),
            Pod("kube-proxy-n1", "v1 Node n1", "kube-proxy:1", $"kube-proxy@{One}", "n1", ""","annotations":{"kubernetes.io/config.mirror":"x"}"""),
            Pod("forged", "apps/v1 ReplicaSet web-1 of-another-uid", "evil:1", $"evil@{Two}", "n1"));
        var seen = await ReferencesAsync();
        Assert.Equal(
            ["CronJob nightly 1", "CronWorkflow flow 0", "Deployment web 1", "Job once 0", "Pod bare 1", "Pod forged 1", "Pod kube-proxy-n1 1", "ReplicaSet lonely 0", "Rollout canary 1", "StatefulSet db 1"],
            seen.Values.Select(r => $"{r.GetProperty("object").GetProperty("kind")} {r.GetProperty("object").GetProperty("name")} {r.GetProperty("running").GetArrayLength()}").Order());
        Assert.Contains("which is not there under that uid", seen["forged"].GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains("static pod", seen["kube-proxy-n1"].GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("# Database main makes it: change the image in Database main, which owns it", seen["db"].GetProperty("fix")[0].GetString());
    }

    [Fact]
    public async Task Init_and_debug_containers_and_image_volumes_are_seen()
    {
        api.List("/api/v1/pods", $$"""
            {"metadata":{"name":"all","namespace":"shop","uid":"all"},
             "spec":{"nodeName":"n1","initContainers":[{"name":"setup","image":"setup:1"}],"containers":[{"name":"app","image":"app:1"}],"ephemeralContainers":[{"name":"debug","image":"debug:1"}],"volumes":[{"name":"data","image":{"reference":"data:1"} }]},
             "status":{"initContainerStatuses":[{"name":"setup","imageID":"setup@{{One}}","state":{"terminated":{} } }],"ephemeralContainerStatuses":[{"name":"debug","imageID":"debug@{{Two}}","state":{"running":{} } }]} }
            """);
        var (_, output, _) = await api.CleatAsync("--format", "json");
        using var json = JsonDocument.Parse(output);
        Assert.Equal(["app app:1 ", $"debug debug:1 {Two}", $"setup setup:1 {One}", "volume data data:1 "], json.RootElement.GetProperty("references").EnumerateArray().Select(r =>
            $"{r.GetProperty("object").GetProperty("container")} {r.GetProperty("text")} {r.GetProperty("running").EnumerateArray().Select(x => x.GetProperty("digest").GetString()).FirstOrDefault()}").Order());
    }

    [Fact]
    public async Task Labels_and_namespaces_choose()
    {
        api.List("/apis/apps/v1/namespaces/shop/deployments", Template("web", "nginx:1.27", null, ""","labels":{"app":"web","tier":"front"}"""), Template("api", "api:1", null, ""","labels":{"app":"api"}"""));
        Assert.Equal(["api", "web"], (await ReferencesAsync("-n", "shop")).Keys.Order());
        Assert.Equal(["web"], (await ReferencesAsync("-n", "shop", "-l", "app in (web, db),tier!=back")).Keys);
        Assert.Equal(["api"], (await ReferencesAsync("-n", "shop", "-l", "!tier")).Keys);
        Assert.Empty(await ReferencesAsync("-n", "elsewhere"));
        var (code, _, error) = await api.CleatAsync("-l", "app in web");
        Assert.Equal((2, true), (code, error.StartsWith("cleat: --selector 'app in web' is no label selector", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_annotation_with_a_reason_silences()
    {
        api.List("/apis/apps/v1/deployments", Template("web", "nginx:1.27", null, ""","annotations":{"cleat.dev/ignore":"rebuilt nightly"}"""));
        var (code, output, error) = await api.CleatAsync("--format", "json");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("rebuilt nightly", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_shipped_role_has_every_group_that_is_looked_at()
    {
        var role = File.ReadAllText(Path.Combine(SourceTree.Root, "deploy", "cluster-reader.yaml"));
        Assert.All(CustomResources.Groups, group => Assert.Contains($"  - {group}\n", role, StringComparison.Ordinal));
        Assert.DoesNotContain("secrets", role.Replace("Secrets,", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private void Deployment(string name, string image)
    {
        api.List("/apis/apps/v1/deployments", Template(name, image));
        api.List("/apis/apps/v1/replicasets", Template($"{name}-1", image, $"apps/v1 Deployment {name}"));
    }

    private async Task<Dictionary<string, JsonElement>> ReferencesAsync(params string[] arguments)
    {
        var (_, output, error) = await api.CleatAsync([.. arguments, "--format", "json"]);
        Assert.True(output.Length > 0, error);
        using var json = JsonDocument.Parse(output);
        return json.RootElement.GetProperty("references").EnumerateArray().ToDictionary(r => r.GetProperty("object").GetProperty("name").GetString()!, r => r.Clone());
    }
}
