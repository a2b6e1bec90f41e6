using System.Text;
using System.Text.Json;
using Cleat.Running.Kubernetes;
using static Cleat.Tests.Running.Kubernetes.Objects;

namespace Cleat.Tests.Running.Kubernetes;

/// <summary>Each pod stands under the owner at the top that has the containers; an owner is proved by its uid.</summary>
public sealed class WorkloadsTests
{
    private static readonly ApiKind Deployments = new("apps", "v1", "Deployment", "deployments", true);
    private static readonly ApiKind ReplicaSets = new("apps", "v1", "ReplicaSet", "replicasets", true);
    private static readonly ApiKind Databases = new("example.com", "v1", "Database", "databases", true);
    private static readonly ApiKind StatefulSets = new("apps", "v1", "StatefulSet", "statefulsets", true);

    private readonly ClusterState state = new();

    [Fact]
    public void A_pod_is_its_deployment_s()
    {
        Has(Deployments, Template("web", "nginx:1.27"));
        Has(ReplicaSets, Template("web-1", "nginx:1.27", "apps/v1 Deployment web"));
        Runs(Pod("a", "apps/v1 ReplicaSet web-1", "nginx:1.27", $"nginx@{One}", "n1"), Pod("b", "apps/v1 ReplicaSet web-1", "nginx:1.27", $"nginx@{One}", "n2"));
        Assert.Equal(["Deployment shop/web app nginx:1.27 x2"], Found());
    }

    [Fact]
    public void An_owner_of_another_uid_is_none_although_its_name_fits()
    {
        Has(Deployments, Template("web", "nginx:1.27"));
        Has(ReplicaSets, Template("web-1", "nginx:1.27", "apps/v1 Deployment web"));
        Runs(Pod("forged", "apps/v1 ReplicaSet web-1 of-another-uid", "evil:1", $"evil@{One}", "n1"));
        Assert.Equal(["Deployment shop/web app nginx:1.27 x0", "Pod shop/forged app evil:1 x1 by pods alone"], Found());
    }

    [Fact]
    public void Where_a_kind_could_not_be_listed_the_pods_are_believed()
    {
        state.NotListed.Add(("apps", "StatefulSet"));
        Runs(Pod("db-0", "apps/v1 StatefulSet db", "postgres:16", $"postgres@{One}", "n1"));
        Assert.Equal(["StatefulSet shop/db app postgres:16 x1 by pods alone"], Found());
        Assert.Contains("which could not be looked at", Assert.Single(Find()).Workload.Problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_operator_s_object_without_containers_leaves_the_set_it_made_at_the_top()
    {
        Has(Databases, """{"metadata":{"name":"main","namespace":"shop","uid":"main"} }""");
        Has(StatefulSets, Template("db", "postgres:16", "example.com/v1 Database main"));
        Runs(Pod("db-0", "apps/v1 StatefulSet db", "postgres:16", $"postgres@{One}", "n1"));
        Assert.Equal(["StatefulSet shop/db app postgres:16 x1"], Found());
        Assert.Equal("Database main", Assert.Single(Find()).Deployer?.Name);
    }

    [Fact]
    public void Owners_that_own_each_other_end()
    {
        Has(ReplicaSets, Template("one", "a:1", "apps/v1 ReplicaSet two"), Template("two", "b:1", "apps/v1 ReplicaSet one"));
        Runs(Pod("a", "apps/v1 ReplicaSet one", "a:1", $"a@{One}", "n1"));
        Assert.NotEmpty(Found());
    }

    [Fact]
    public void What_only_pods_name_is_told_apart()
    {
        Has(Deployments, Template("web", "nginx:1.28"));
        Has(ReplicaSets, Template("web-1", "nginx:1.27", "apps/v1 Deployment web"));
        Runs(Pod("old", "apps/v1 ReplicaSet web-1", "nginx:1.27", $"nginx@{One}", "n1"));
        Assert.Equal(["Deployment shop/web app nginx:1.28 x0", "Deployment shop/web app nginx:1.27 x1 by pods alone"], Found());
    }

    [Fact]
    public void A_static_pod_says_where_its_manifest_lies()
    {
        Runs(Pod("kube-proxy-n1", "v1 Node n1", "kube-proxy:1", $"kube-proxy@{One}", "n1"));
        var use = Assert.Single(Find());
        Assert.Equal("Pod shop/kube-proxy-n1", use.Workload.ToString());
        Assert.Equal("the kubelet of node n1", use.Deployer?.Name);
        Assert.Null(ImageChange.Of(use, PinTo.Running, null, out var why));
        Assert.Contains("it is a static pod: change the manifest on node n1", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Succeeded", 0)]
    [InlineData("Failed", 0)]
    [InlineData("Running", 1)]
    [InlineData("Pending", 1)]
    public void A_pod_that_has_ended_runs_nothing(string phase, int count)
    {
        Has(Deployments, Template("web", "nginx:1.27"));
        Runs(Pod("a", "apps/v1 Deployment web", "nginx:1.27", $"nginx@{One}", "n1").Replace("\"phase\":\"Running\"", $"\"phase\":\"{phase}\"", StringComparison.Ordinal));
        Assert.Equal([$"Deployment shop/web app nginx:1.27 x{count}"], Found());
    }

    [Fact]
    public void Images_are_counted_by_digest_platform_and_runtime_the_most_first()
    {
        state.Nodes["n1"] = new("n1", "linux/amd64", "containerd");
        state.Nodes["n2"] = new("n2", "linux/amd64", "containerd");
        state.Nodes["n3"] = new("n3", "linux/arm64", "containerd");
        Has(Deployments, Template("web", "nginx:1.27"));
        Runs([.. new[] { (One, "n3"), (Two, "n2"), (Two, "n1"), (One, "n1") }.Select((p, i) => Pod($"p{i}", "apps/v1 Deployment web", "nginx:1.27", $"nginx@{p.Item1}", p.Item2))]);
        Assert.Equal(
            [$"{Two} linux/amd64 x2 n1,n2", $"{One} linux/amd64 x1 n1", $"{One} linux/arm64 x1 n3"],
            Assert.Single(Find()).Images.Select(i => $"{i.Id.Digest} {i.Platform} x{i.Count} {string.Join(',', i.Nodes)}"));
    }

    private void Has(ApiKind kind, params string[] objects)
    {
        foreach (var one in objects.Select(o => ObjectReading.Read(kind, Encoding.UTF8.GetBytes(o), links: kind == ReplicaSets)))
        {
            state.Objects[one.Uid] = one;
        }
    }

    private void Runs(params string[] pods)
    {
        PodCounts counts = new();
        PodReading reading = new();
        foreach (var json in pods.Select(Encoding.UTF8.GetBytes))
        {
            Utf8JsonReader reader = new(json);
            reader.Read();
            counts.Add(reading, ref reader, json);
        }

        state.Pods.Add(counts);
        foreach (var bare in counts.Bare)
        {
            state.Objects[bare.Uid] = bare;
        }
    }

    private IReadOnlyList<WorkloadUse> Find() => new Workloads(state, new([], null)).Find();

    private IEnumerable<string> Found() => Find().Select(u => $"{u.Workload} {u.Container} {u.Use.Text} x{u.Images.Sum(i => i.Count)}{(u.IsOfWorkload ? "" : " by pods alone")}");
}
