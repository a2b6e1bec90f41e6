using Cleat.Trees;
using static Cleat.Tests.Running.Kubernetes.Objects;

namespace Cleat.Cli.Tests.Cluster;

/// <summary><c>cleat cluster pin</c>: what it prints, what it does, and what it leaves alone.</summary>
public sealed class ClusterPinTests : IDisposable
{
    private const string Deployment = "/apis/apps/v1/namespaces/shop/deployments/web";

    private readonly LoopbackApi api = new();

    public void Dispose() => api.Dispose();

    [Fact]
    public async Task Commands_for_each_kind_and_the_reason_where_there_is_none()
    {
        Running("apps/v1 ReplicaSet web-1");
        api.List("/apis/argoproj.io/v1alpha1/rollouts", """{"apiVersion":"argoproj.io/v1alpha1","kind":"Rollout","metadata":{"name":"canary","namespace":"shop","uid":"canary"},"spec":{"template":{"spec":{"containers":[{"name":"app","image":"nginx:1.27"}]} } } }""");
        api.List("/apis/batch/v1/jobs", Template("once", "nginx:1.27"));
        api.List("/api/v1/pods", Pod("a", "apps/v1 ReplicaSet web-1", "nginx:1.27", $"nginx@{One}", "n1"), Pod("b", "argoproj.io/v1alpha1 Rollout canary", "nginx:1.27", $"nginx@{One}", "n1"), Pod("bare", null, "nginx:1.27", $"nginx@{One}", "n1"));
        var (code, output, _) = await api.CleatAsync("pin");
        Assert.Equal(1, code);
        var lines = output.Split('\n').Select(l => l[(l.IndexOf(" -n shop ", StringComparison.Ordinal) + 1)..]).ToList();
        Assert.Contains($"-n shop set image deployment/web app=nginx:1.27@{One}", lines);
        Assert.Contains($"-n shop set image pod/bare app=nginx:1.27@{One}", lines);
        Assert.Contains("""-n shop patch rollouts.argoproj.io/canary --type json -p '[{"op":"test","path":"/spec/template/spec/containers/0/image","value":"nginx:1.27"},{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"nginx:1.27@""" + One + "\"}]'", lines);
        Assert.Contains("# Job shop/once, container app: nginx:1.27 is left: a Job's pods cannot be changed: delete it, and create it anew from a pinned manifest", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patches_in_YAML()
    {
        Running("apps/v1 ReplicaSet web-1");
        var (_, output, _) = await api.CleatAsync("pin", "--format", "patch");
        Assert.StartsWith($"""
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              namespace: shop
            spec:
              template:
                spec:
                  containers:
                  - name: app
                    image: nginx:1.27@{One}

            """, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""","annotations":{"argocd.argoproj.io/tracking-id":"front:apps/Deployment:shop/web"}""", "Argo CD application front")]
    [InlineData(""","labels":{"kustomize.toolkit.fluxcd.io/name":"apps","kustomize.toolkit.fluxcd.io/namespace":"flux-system"}""", "Flux Kustomization flux-system/apps")]
    [InlineData(""","labels":{"helm.toolkit.fluxcd.io/name":"apps"}""", "Flux HelmRelease apps")]
    [InlineData(""","annotations":{"meta.helm.sh/release-name":"front"}""", "Helm release front")]
    public async Task What_something_else_makes_is_left_alone_unless_forced(string marks, string maker)
    {
        Running("apps/v1 ReplicaSet web-1", marks);
        var (code, output, _) = await api.CleatAsync("pin", "--apply");
        Assert.Equal(1, code);
        Assert.Contains($"# Deployment shop/web: {maker} makes it, so that it is left alone (--force). Change ", output, StringComparison.Ordinal);
        Assert.DoesNotContain(api.Asked, a => a.StartsWith("PATCH", StringComparison.Ordinal));
        Assert.Contains("set image deployment/web", (await api.CleatAsync("pin", "--force")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_tries_first_then_changes_then_waits_until_the_controller_has_it()
    {
        Running("apps/v1 ReplicaSet web-1");
        var gets = 0;
        api.Answer("PATCH " + Deployment, """{"metadata":{"generation":2},"status":{"observedGeneration":1} }""");
        api.Answer(Deployment, _ => Task.FromResult((200, $$"""{"metadata":{"generation":2},"status":{"observedGeneration":{{(++gets < 3 ? 1 : 2)}} } }""")));
        var (code, output, error) = await api.CleatAsync("pin", "--apply");
        Assert.Equal((0, ""), (code, error));
        Assert.EndsWith("# done: Deployment shop/web\n# 1 workload pinned.\n", output, StringComparison.Ordinal);
        Assert.Equal([$"PATCH {Deployment}?dryRun=All&fieldManager=cleat", $"PATCH {Deployment}?fieldManager=cleat", $"GET {Deployment}", $"GET {Deployment}", $"GET {Deployment}"], api.Asked.Where(a => a.Contains(Deployment, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_the_dry_run_refuses_is_not_changed()
    {
        Running("apps/v1 ReplicaSet web-1");
        api.Answer("PATCH " + Deployment, """{"kind":"Status","message":"admission webhook \"policy\" denied the request"}""", 400);
        var (code, _, error) = await api.CleatAsync("pin", "--apply");
        Assert.Equal(3, code);
        Assert.Contains("""Deployment shop/web was not changed: the API server answers 400 when asked to patch deployments in namespace shop: admission webhook "policy" denied the request""", error, StringComparison.Ordinal);
        Assert.Single(api.Asked, a => a.StartsWith("PATCH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_the_race_is_on_nothing_is_chosen()
    {
        Running("apps/v1 ReplicaSet web-1");
        api.List("/api/v1/nodes", Node("n1"));
        api.List("/api/v1/pods", Pod("a", "apps/v1 ReplicaSet web-1", "nginx:1.27", $"nginx@{One}", "n1"), Pod("b", "apps/v1 ReplicaSet web-1", "nginx:1.27", $"nginx@{Two}", "n1"));
        var (code, output, error) = await api.CleatAsync("pin");
        Assert.Equal(3, code);
        Assert.DoesNotContain("kubectl", output, StringComparison.Ordinal);
        Assert.Contains("it runs as several images now, so that which one is meant is yours to say: --to registry", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_manifest_that_made_it_is_pinned_and_only_that()
    {
        Running("apps/v1 ReplicaSet web-1", ""","annotations":{"argocd.argoproj.io/tracking-id":"front:x"}""");
        using TemporaryFolder checkout = new();
        const string Manifest = "# kept\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: NAME, namespace: SPACE}\nspec:\n  template:\n    spec:\n      containers:\n      - name: app\n        image: nginx:1.27 # front\n      - name: other\n        image: nginx:1.27\n";
        var mine = Manifest.Replace("NAME", "web", StringComparison.Ordinal).Replace(", namespace: SPACE", "", StringComparison.Ordinal);
        checkout.Put("web.yaml", Manifest.Replace("NAME", "db", StringComparison.Ordinal).Replace("SPACE", "shop", StringComparison.Ordinal) + "---\n" + mine);
        checkout.Put("elsewhere.yaml", Manifest.Replace("NAME", "web", StringComparison.Ordinal).Replace("SPACE", "elsewhere", StringComparison.Ordinal));
        var (code, output, error) = await api.CleatAsync("pin", "--source", checkout.Path);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains($"web.yaml:23: nginx:1.27 is nginx:1.27@{One} now", output, StringComparison.Ordinal);
        Assert.EndsWith(mine.Replace("nginx:1.27 # front", $"nginx:1.27@{One} # front", StringComparison.Ordinal), checkout.Read("web.yaml"), StringComparison.Ordinal);
        Assert.Equal(2, checkout.Read("web.yaml").Split(One).Length);
        Assert.DoesNotContain("sha256", checkout.Read("elsewhere.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workload_that_no_manifest_makes_is_said()
    {
        Running("apps/v1 ReplicaSet web-1");
        using TemporaryFolder checkout = new();
        var (code, _, error) = await api.CleatAsync("pin", "--source", checkout.Path);
        Assert.Equal(3, code);
        Assert.Contains("Deployment shop/web is not pinned: no manifest in", error, StringComparison.Ordinal);
    }

    private void Running(string owner, string metadata = "")
    {
        api.List("/apis/apps/v1/deployments", Template("web", "nginx:1.27", null, metadata));
        api.List("/apis/apps/v1/replicasets", Template("web-1", "nginx:1.27", "apps/v1 Deployment web"));
        api.List("/api/v1/pods", Pod("a", owner, "nginx:1.27", $"docker.io/library/nginx@{One}", "n1"));
    }
}
