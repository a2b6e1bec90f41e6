using System.Text.Json;
using Cleat.Cli.Tests;

namespace Cleat.EndToEnd.Cluster;

/// <summary>What a real API server and its controllers say, the race by the pods' status, and the fix that ends it.</summary>
public sealed class RealClusterTests(RealCluster cluster) : IClassFixture<RealCluster>
{
    private static readonly string Old = "sha256:" + new string('a', 64);
    private static readonly string New = "sha256:" + new string('b', 64);

    [Fact]
    public async Task The_race_is_seen_under_the_deployment_and_the_fix_makes_the_next_scan_clean()
    {
        await cluster.ApplyAsync("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
        await cluster.NodeAsync("amd-1", "amd64", "containerd://1.7.1");
        await cluster.NodeAsync("amd-2", "amd64", "containerd://1.7.2");
        await cluster.NodeAsync("arm-1", "arm64", "containerd://1.7.1");
        await cluster.NodeAsync("old-1", "amd64", "docker://20.10.1");
        await cluster.ApplyAsync(Workload("web", 3, "nginx:1.27") + Workload("steady", 3, "ghcr.io/shop/api:v1") + Workload("helmed", 1, "redis:7", "{app.kubernetes.io/managed-by: Helm}", "{meta.helm.sh/release-name: cache}"));

        var pods = await cluster.PodsAsync("app=web", 3);
        await cluster.RunOnAsync(pods[0], "amd-1", ("app", "docker.io/library/nginx:1.27", $"docker.io/library/nginx@{Old}"));
        await cluster.RunOnAsync(pods[1], "amd-2", ("app", "docker.io/library/nginx:1.27", $"docker.io/library/nginx@{New}"));
        await cluster.RunOnAsync(pods[2], "old-1", ("app", "nginx:1.27", $"docker://{Old}"));
        pods = await cluster.PodsAsync("app=steady", 3);
        await cluster.RunOnAsync(pods[0], "amd-1", ("app", "ghcr.io/shop/api:v1", $"ghcr.io/shop/api@{Old}"));
        await cluster.RunOnAsync(pods[1], "old-1", ("app", "ghcr.io/shop/api:v1", $"docker-pullable://ghcr.io/shop/api@{Old}"));
        await cluster.RunOnAsync(pods[2], "arm-1", ("app", "ghcr.io/shop/api:v1", ""));
        await cluster.RunOnAsync((await cluster.PodsAsync("app=helmed", 1))[0], "amd-1", ("app", "redis:7", $"docker.io/library/redis@{Old}"));

        var (code, output, error) = await cluster.CleatAsync("--format", "json");
        Assert.Equal((1, ""), (code, error));
        using var json = JsonDocument.Parse(output);
        var seen = json.RootElement.GetProperty("references").EnumerateArray().ToDictionary(r => r.GetProperty("object").GetProperty("name").GetString()!);
        Assert.Equal(["helmed", "steady", "web"], seen.Keys.Order());
        Assert.All(seen.Values, r => Assert.Equal("Deployment", r.GetProperty("object").GetProperty("kind").GetString()));
        Assert.Equal(("mixed-digests", "unpinned-image"), (seen["web"].GetProperty("rule").GetString(), seen["steady"].GetProperty("rule").GetString()));
        Assert.Equal($"{Old} x1 amd-1 linux/amd64, {New} x1 amd-2 linux/amd64, only the image's id is told, no registry digest x1 old-1 linux/amd64", Running(seen["web"]));
        Assert.Equal($"{Old} x1 amd-1 linux/amd64, {Old} x1 old-1 linux/amd64, not running: ImagePullBackOff x1 arm-1 linux/arm64", Running(seen["steady"]));

        // printed: the race is not decided for the user, Helm's is left alone
        (code, output, error) = await cluster.CleatAsync("pin");
        Assert.Equal(3, code);
        Assert.Contains("Deployment shop/web is not pinned: nginx:1.27: it runs as several images now", error, StringComparison.Ordinal);
        Assert.Contains("# Deployment shop/helmed: Helm release cache makes it, so that it is left alone (--force)", output, StringComparison.Ordinal);
        var line = Assert.Single(output.Split('\n'), l => l.StartsWith("kubectl", StringComparison.Ordinal));
        Assert.Equal($"kubectl --kubeconfig {cluster.Kubeconfig} -n shop set image deployment/steady app=ghcr.io/shop/api:v1@{Old}", line);
        await cluster.ShellAsync(line);
        Assert.Equal($"ghcr.io/shop/api:v1@{Old}", await ImageAsync("steady"));

        // applied: from a layout in the registry's place, which says what the tag means
        (code, output, error) = await cluster.CleatAsync("pin", "--to", "registry", "--apply", "--from", Path.Combine(SourceTree.Root, "examples", "registry"), "-l", "app=web");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("# done: Deployment shop/web", output, StringComparison.Ordinal);
        var image = await ImageAsync("web");
        Assert.StartsWith("nginx:1.27@sha256:", image, StringComparison.Ordinal);

        // the rollout: the controller has made pods of the new revision, and they run what they ask for
        await cluster.KubectlAsync("delete", "pods", "-n", "shop", "--all", "--force", "--grace-period=0");
        await cluster.KubectlAsync("delete", "deployment", "-n", "shop", "helmed");
        await cluster.KubectlAsync("delete", "replicasets", "-n", "shop", "--all");
        foreach (var pod in await cluster.PodsAsync("app=web", 3))
        {
            await cluster.RunOnAsync(pod, "amd-1", ("app", image, image.Replace(":1.27", "", StringComparison.Ordinal)));
        }

        (code, output, error) = await cluster.CleatAsync();
        Assert.Equal((0, "All 2 image references in 2 workloads are pinned.\n", ""), (code, output, error));
    }

    [Fact]
    public async Task What_may_not_be_seen_is_named_and_the_shipped_role_is_enough()
    {
        await cluster.ApplyAsync("{apiVersion: v1, kind: Namespace, metadata: {name: seen}}\n---\n{apiVersion: v1, kind: Namespace, metadata: {name: hidden}}\n---\n" + Workload("api", 0, "nginx:1.27").Replace("namespace: shop", "namespace: seen", StringComparison.Ordinal));
        var (code, output, error) = await ReaderAsync("-n", "seen");
        Assert.Equal((3, true), (code, error.Contains("not allowed to list deployments in namespace seen (403)", StringComparison.Ordinal)));

        var role = Path.Combine(SourceTree.Root, "deploy", "cluster-reader.yaml");
        await cluster.KubectlAsync("apply", "-f", role);
        await cluster.KubectlAsync("create", "rolebinding", "reader", "-n", "seen", "--clusterrole", "cleat-reader", "--user", "reader");
        (code, output, error) = await ReaderAsync("-n", "seen", "-n", "hidden");
        Assert.Equal(3, code);
        Assert.Contains("Deployment seen/api, container app", output, StringComparison.Ordinal);
        Assert.Contains("namespace hidden (403)", error, StringComparison.Ordinal);
        Assert.DoesNotContain("namespace seen", error, StringComparison.Ordinal);

        await cluster.KubectlAsync("create", "clusterrolebinding", "reader", "--clusterrole", "cleat-reader", "--user", "reader");
        (code, output, error) = await ReaderAsync("-A");
        Assert.Equal((1, ""), (code, error));
        Assert.Contains("Deployment seen/api, container app", output, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> ReaderAsync(params string[] arguments) => InProcess.RunAsync("", ["cluster", "--kubeconfig", cluster.ReaderKubeconfig, .. arguments]);

    private Task<string> ImageAsync(string name) => cluster.KubectlAsync("get", "deployment", "-n", "shop", name, "-o", "jsonpath={.spec.template.spec.containers[0].image}");

    private static string Running(JsonElement reference) => string.Join(", ", reference.GetProperty("running").EnumerateArray().Select(r =>
        $"{r.GetProperty("digest").GetString() ?? r.GetProperty("why").GetString()} x{r.GetProperty("count").GetInt32()} {string.Join('+', r.GetProperty("nodes").EnumerateArray())} {r.GetProperty("platform").GetString()}"));

    private static string Workload(string name, int replicas, string image, string labels = "{}", string annotations = "{}") => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: {{name}}, namespace: shop, labels: {{(labels == "{}" ? $"{{app: {name}}}" : labels)}}, annotations: {{annotations}}}
        spec:
          replicas: {{replicas}}
          selector: {matchLabels: {app: {{name}} } }
          template:
            metadata: {labels: {app: {{name}} } }
            spec: {containers: [{name: app, image: "{{image}}"}]}
        ---

        """;
}
