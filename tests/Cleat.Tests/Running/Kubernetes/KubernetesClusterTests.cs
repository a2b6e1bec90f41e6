using Cleat.Tests.Files;
using Cleat.Tests.Registries;
using static Cleat.Tests.Running.Kubernetes.Objects;

namespace Cleat.Tests.Running.Kubernetes;

/// <summary>The library's own way to a cluster: look, plan, apply; and the manifests of a checkout in the cluster's place.</summary>
public sealed class KubernetesClusterTests : IDisposable
{
    private const string Deployment = "/apis/apps/v1/namespaces/shop/deployments/web";

    private readonly TemporaryTree folder = new();

    public void Dispose() => folder.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_runs_is_a_report_like_any_other()
    {
        await using var server = Server();
        using var cluster = await OpenAsync(server);
        var report = await cluster.LookAsync(new(), Stop);
        Assert.Equal("loop", cluster.Name);
        var finding = Assert.Single(report.Findings);
        Assert.Equal(("Deployment shop/web, container app", "unpinned-image", One), (finding.Running!.Workload.ToString(), finding.Rule?.Name, finding.Running.Running[0].Digest?.ToString()));
        Assert.Equal((true, true, 1, 0), (report.IsRunning, report.Fails, report.FilesRead, report.Errors.Count));
    }

    [Fact]
    public async Task A_plan_is_tried_and_applied_step_by_step()
    {
        await using var server = Server();
        using var cluster = await OpenAsync(server);
        var step = Assert.Single((await cluster.PlanAsync(new(), cancellation: Stop)).Steps);
        Assert.EndsWith($" -n shop set image deployment/web app=nginx:1.27@{One}", Assert.Single(step.Lines), StringComparison.Ordinal);
        Assert.Contains($"    image: nginx:1.27@{One}\n", step.Patch, StringComparison.Ordinal);
        Assert.Null(await step.TryAsync(Stop));
        Assert.Equal([$"PATCH {Deployment}?dryRun=All&fieldManager=cleat"], server.Lines.Where(l => l.StartsWith("PATCH", StringComparison.Ordinal)));
        Assert.Null(await step.ApplyAsync(Stop));
        Assert.Equal($"PATCH {Deployment}?fieldManager=cleat", server.Lines.Last());
    }

    [Fact]
    public async Task What_is_refused_says_why()
    {
        await using var server = Server(refuses: true);
        using var cluster = await OpenAsync(server);
        var problem = await Assert.Single((await cluster.PlanAsync(new(), cancellation: Stop)).Steps).TryAsync(Stop);
        Assert.Equal("pin", problem?.Code);
        Assert.Equal("Deployment shop/web was not changed: the API server answers 400 when asked to patch deployments in namespace shop: no", problem?.Message);
    }

    [Fact]
    public async Task A_checkout_is_pinned_in_the_cluster_s_place()
    {
        await using var server = Server();
        using var cluster = await OpenAsync(server);
        folder.Write("deploy/web.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: app, image: nginx:1.27}]}}}\n");
        var plan = await ImageTree.Open([folder.At("deploy")], new()).Judge(Stop).PlanClusterPinsAsync(cluster, new(), Stop);
        Assert.Empty(plan.Report.Errors);
        Assert.Contains($"+spec: {{template: {{spec: {{containers: [{{name: app, image: nginx:1.27@{One}}}]}}}}}}\n", Assert.Single(plan.Changes).Diff, StringComparison.Ordinal);
        Assert.DoesNotContain("sha256", await File.ReadAllTextAsync(folder.At("deploy/web.yaml"), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_selector_that_is_none_is_said_before_anything_is_asked()
    {
        await using var server = Server();
        var error = await Assert.ThrowsAsync<CleatException>(() => KubernetesCluster.OpenAsync(Settings(server) with { Selector = "app in web" }, Stop));
        Assert.StartsWith("--selector 'app in web' is no label selector", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    private Task<KubernetesCluster> OpenAsync(ScriptedServer server) => KubernetesCluster.OpenAsync(Settings(server), Stop);

    private ClusterSettings Settings(ScriptedServer server) => new()
    {
        Kubeconfig = folder.Write("kubeconfig", $$"""
            current-context: loop
            clusters: [{name: loop, cluster: {server: "http://{{server.Host}}"} }]
            contexts: [{name: loop, context: {cluster: loop, namespace: shop} }]
            """),
    };

    private static ScriptedServer Server(bool refuses = false) => new(request => (request.Method, request.Target.Split('?')[0]) switch
    {
        ("PATCH", Deployment) => refuses ? Replies.Text(400, """{"kind":"Status","message":"no"}""") : Replies.Text(200, "{}"),
        (_, "/apis") => Replies.Text(200, """{"kind":"APIGroupList","groups":[{"name":"apps","versions":[{"version":"v1"}],"preferredVersion":{"version":"v1"}}]}"""),
        (_, "/apis/apps/v1") => Replies.Text(200, """{"resources":[{"name":"deployments","kind":"Deployment","namespaced":true,"verbs":["list"]}]}"""),
        (_, "/apis/apps/v1/namespaces/shop/deployments") => Items(Template("web", "nginx:1.27")),
        (_, "/api/v1/namespaces/shop/pods") => Items(Pod("a", "apps/v1 Deployment web", "nginx:1.27", $"docker.io/library/nginx@{One}", "n1")),
        _ => Items(),
    });

    private static ScriptedReply Items(params string[] items) => Replies.Text(200, $$"""{"kind":"List","metadata":{},"items":[{{string.Join(',', items)}}]}""");
}
