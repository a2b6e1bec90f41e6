using static Cleat.Tests.Running.Kubernetes.Objects;

namespace Cleat.Cli.Tests.Cluster;

/// <summary>What the API server may do wrong, and that nothing which was not seen passes for seen.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly LoopbackApi api = new();

    public void Dispose() => api.Dispose();

    [Fact]
    public async Task Credentials_that_are_not_known_end_the_scan_at_once()
    {
        api.Answer("/apis", "{}", 401);
        var (code, _, error) = await api.CleatAsync();
        Assert.Equal(3, code);
        Assert.Contains("does not know these credentials (401): sign in again", error, StringComparison.Ordinal);
        Assert.Equal(["GET /apis"], api.Asked);
    }

    [Fact]
    public async Task A_forbidden_kind_is_named_and_the_rest_goes_on()
    {
        api.List("/apis/apps/v1/deployments", Template("web", "nginx:1.27"));
        api.Answer("/apis/apps/v1/statefulsets", "{}", 403);
        api.Answer("/api/v1/namespaces", "{}", 403);
        var (code, output, error) = await api.CleatAsync();
        Assert.Equal(3, code);
        Assert.Contains("Deployment shop/web, container app", output, StringComparison.Ordinal);
        Assert.Contains("not allowed to list statefulsets in all namespaces (403)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_all_namespaces_at_once_are_forbidden_each_is_tried()
    {
        api.List("/api/v1/namespaces", """{"metadata":{"name":"shop"} }""", """{"metadata":{"name":"hidden"} }""");
        api.Answer("/apis/apps/v1/deployments", "{}", 403);
        api.List("/apis/apps/v1/namespaces/shop/deployments", Template("web", "nginx:1.27"));
        api.Answer("/apis/apps/v1/namespaces/hidden/deployments", "{}", 403);
        var (code, output, error) = await api.CleatAsync();
        Assert.Equal(3, code);
        Assert.Contains("Deployment shop/web, container app", output, StringComparison.Ordinal);
        Assert.Contains("not allowed to list deployments in namespace hidden (403)", error, StringComparison.Ordinal);
        Assert.DoesNotContain("namespace shop (403)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_that_may_not_be_listed_matter_only_where_digests_differ()
    {
        api.Answer("/api/v1/nodes", "{}", 403);
        api.List("/apis/apps/v1/deployments", Template("web", "nginx:1.27"));
        api.List("/apis/apps/v1/replicasets", Template("web-1", "nginx:1.27", "apps/v1 Deployment web"));
        api.List("/api/v1/pods", Pod("a", "apps/v1 ReplicaSet web-1", "nginx:1.27", $"nginx@{One}", "n1"));
        Assert.Equal(1, (await api.CleatAsync()).Code);

        api.List("/api/v1/pods", Pod("a", "apps/v1 ReplicaSet web-1", "nginx:1.27", $"nginx@{One}", "n1"), Pod("b", "apps/v1 ReplicaSet web-1", "nginx:1.27", $"nginx@{Two}", "n2"));
        var (code, _, error) = await api.CleatAsync();
        Assert.Equal(3, code);
        Assert.Contains("not allowed to list nodes", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_whose_state_is_gone_in_the_middle_begins_anew_and_counts_nothing_twice()
    {
        var gone = 0;
        api.List("/apis/apps/v1/deployments", Template("web", "nginx:1.27"));
        api.List("/apis/apps/v1/replicasets", Template("web-1", "nginx:1.27", "apps/v1 Deployment web"));
        string Pods(int from, int to) => string.Join(',', Enumerable.Range(from, to - from).Select(i => Pod($"p{i}", "apps/v1 ReplicaSet web-1", "nginx:1.27", $"nginx@{One}", "n1")));
        api.Answer("/api/v1/pods", context => Task.FromResult(context.Request.QueryString["continue"] switch
        {
            null => (200, LoopbackApi.Items([Pods(0, 3)], "page two")),
            "page two" when gone++ == 0 => (410, """{"kind":"Status","code":410,"reason":"Expired"}"""),
            _ => (200, LoopbackApi.Items([Pods(3, 5)])),
        }));
        var (code, output, error) = await api.CleatAsync();
        Assert.Equal((1, ""), (code, error));
        Assert.Contains("x5  n1", output, StringComparison.Ordinal);
        Assert.Equal(4, api.Asked.Count(a => a.StartsWith("GET /api/v1/pods?", StringComparison.Ordinal)));
        Assert.All(api.Asked.Where(a => a.StartsWith("GET /api/v1/pods?", StringComparison.Ordinal)), a => Assert.Contains("limit=500", a, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_that_is_always_gone_is_given_up()
    {
        api.Answer("/api/v1/pods", "{}", 410);
        var (code, _, error) = await api.CleatAsync();
        Assert.Equal(3, code);
        Assert.Contains("answers 410 when asked to list pods", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_reset_is_tried_again()
    {
        var resets = 0;
        api.Answer("/apis/apps/v1/deployments", _ => Task.FromResult(resets++ < 2 ? (0, "") : (200, LoopbackApi.Items([Template("web", "nginx:1.27")]))));
        var (code, output, error) = await api.CleatAsync();
        Assert.Equal((1, ""), (code, error));
        Assert.Contains("Deployment shop/web", output, StringComparison.Ordinal);
        Assert.Equal(3, resets);
    }

    [Fact]
    public async Task A_server_that_stalls_is_given_up_in_time_and_nothing_further_is_asked()
    {
        api.List("/api/v1/replicationcontrollers", Template("old", "nginx:1.27"));
        api.Answer("/apis/apps/v1/deployments", async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(20));
            return (200, "{}");
        });
        var (code, output, error) = await api.CleatAsync("--request-timeout", "1");
        Assert.Equal(3, code);
        Assert.Contains("the API server stalled: no whole answer within the time limit of --request-timeout; nothing further was asked", error, StringComparison.Ordinal);
        Assert.Contains("ReplicationController shop/old", output, StringComparison.Ordinal);
        Assert.DoesNotContain(api.Asked, a => a.Contains("/pods", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("not JSON at all", "no JSON as it should be")]
    [InlineData("{\"metadata\":{},\"items\":[{\"metadata\":", "no JSON as it should be")]
    public async Task A_list_that_is_no_JSON_is_said(string body, string message)
    {
        api.Answer("/apis/apps/v1/deployments", body);
        var (code, _, error) = await api.CleatAsync();
        Assert.Equal(3, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_API_server_is_said()
    {
        api.Answer("/apis", "<html>", 200);
        var (code, _, error) = await api.CleatAsync();
        Assert.Equal(3, code);
        Assert.Contains("does not answer as a Kubernetes API server does", error, StringComparison.Ordinal);
    }
}
