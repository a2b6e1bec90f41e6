using System.Text.Json;
using System.Text.Json.Nodes;
using Cleat.Cli.Tests;

namespace Cleat.Admission.Tests;

/// <summary>One revision, one digest, whatever the tag does, and whoever answers.</summary>
public sealed class LedgerTests
{
    [Theory]
    [InlineData("ReplicaSet", "pod-template-hash", false)]
    [InlineData("ReplicaSet", "pod-template-hash", true)]
    [InlineData("StatefulSet", "controller-revision-hash", false)]
    [InlineData("StatefulSet", "controller-revision-hash", true)]
    [InlineData("DaemonSet", "controller-revision-hash", false)]
    [InlineData("Job", "controller-uid", false)]
    public async Task Pods_of_one_revision_get_one_digest_from_all_replicas_while_the_tag_moves_and_they_restart(string kind, string label, bool withRedis)
    {
        await using TagRegistry registry = new();
        await using CannedCluster cluster = new();
        await using var redis = withRedis ? await RunningRedis.StartAsync() : null;
        var owner = cluster.Own(kind, "web", "uid-1");
        registry.Tag("app:1", registry.Add("0", "linux/amd64").Digest);
        List<RunningWebhook> replicas = [];
        try
        {
            await StartAsync();
            HashSet<string> seen = [];
            for (var i = 0; i < 200; i++)
            {
                if (i % 20 == 19)
                {
                    registry.Tag("app:1", registry.Add($"{i}", "linux/amd64").Digest);
                }

                if (i == 100)
                {
                    await StopAsync();
                    await StartAsync();
                }

                var review = Reviews.Pod($"{registry.Host}/app:1", owner, $"\"{label}\":\"r1\"");
                seen.Add(await AdmitAsync(cluster, replicas[i % 3], review, $"web-{i}"));
            }

            Assert.Single(seen);

            // another revision of the same owner takes what the tag means now
            var now = registry.Add("179", "linux/amd64").Digest;
            registry.Tag("app:1", now);
            if (kind is not "Job")
            {
                Assert.Equal($"{registry.Host}/app:1@{now}", await replicas[0].ImagesAsync(Reviews.Pod($"{registry.Host}/app:1", owner, $"\"{label}\":\"r2\"")));
            }
        }
        finally
        {
            await StopAsync();
        }

        async Task StartAsync()
        {
            for (var i = 0; i < 3; i++)
            {
                replicas.Add(await RunningWebhook.StartAsync(o => o with { UsesCluster = true, Kubeconfig = cluster.Kubeconfig, Redis = redis?.Place }));
            }
        }

        async Task StopAsync()
        {
            foreach (var replica in replicas)
            {
                await replica.DisposeAsync();
            }

            replicas.Clear();
        }
    }

    [Fact]
    public async Task A_dry_run_gets_the_same_answer_and_writes_nothing()
    {
        await using TagRegistry registry = new();
        await using CannedCluster cluster = new();
        await using var redis = await RunningRedis.StartAsync();
        var owner = cluster.Own("ReplicaSet", "web", "uid-1");
        var old = registry.Add("0", "linux/amd64").Digest;
        registry.Tag("app:1", old);
        await using var webhook = await RunningWebhook.StartAsync(o => o with { UsesCluster = true, Kubeconfig = cluster.Kubeconfig, Redis = redis.Place, CacheTime = TimeSpan.FromTicks(1) });
        Assert.Equal($"{registry.Host}/app:1@{old}", await webhook.ImagesAsync(Reviews.Pod($"{registry.Host}/app:1", owner, "\"pod-template-hash\":\"r1\"", dryRun: true)));
        var now = registry.Add("1", "linux/amd64").Digest;
        registry.Tag("app:1", now);
        Assert.Equal($"{registry.Host}/app:1@{now}", await webhook.ImagesAsync(Reviews.Pod($"{registry.Host}/app:1", owner, "\"pod-template-hash\":\"r1\"")));
        registry.Tag("app:1", old);
        Assert.Equal($"{registry.Host}/app:1@{now}", await webhook.ImagesAsync(Reviews.Pod($"{registry.Host}/app:1", owner, "\"pod-template-hash\":\"r1\"", dryRun: true)));
        Assert.DoesNotContain(cluster.Asked, line => line.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_restart_of_the_rollout_takes_the_new_digest_though_the_old_one_was_asked_for_a_moment_ago()
    {
        await using TagRegistry registry = new();
        await using CannedCluster cluster = new();
        registry.Tag("app:1", registry.Add("0", "linux/amd64").Digest);
        await using var webhook = await RunningWebhook.StartAsync(o => o with { UsesCluster = true, Kubeconfig = cluster.Kubeconfig, CacheTime = TimeSpan.FromHours(1) });
        await webhook.ImagesAsync(Reviews.Pod($"{registry.Host}/app:1", cluster.Own("ReplicaSet", "web-r1", "uid-1"), "\"pod-template-hash\":\"r1\""));
        var now = registry.Add("1", "linux/amd64").Digest;
        registry.Tag("app:1", now);

        // an old revision is content with the answer that is there, a new one is not
        Assert.DoesNotContain(now, await webhook.ImagesAsync(Reviews.Pod($"{registry.Host}/app:1", cluster.Own("ReplicaSet", "web-r0", "uid-0"), "\"pod-template-hash\":\"r0\"")), StringComparison.Ordinal);
        var created = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal($"{registry.Host}/app:1@{now}", await webhook.ImagesAsync(Reviews.Pod($"{registry.Host}/app:1", cluster.Own("ReplicaSet", "web-r2", "uid-2", created: created), "\"pod-template-hash\":\"r2\"")));
    }

    [Fact]
    public async Task Redis_that_is_killed_and_comes_back_costs_no_review_and_moves_no_digest()
    {
        await using TagRegistry registry = new();
        await using CannedCluster cluster = new();
        var redis = await RunningRedis.StartAsync();
        var owner = cluster.Own("ReplicaSet", "web", "uid-1");
        registry.Tag("app:1", registry.Add("0", "linux/amd64").Digest);
        await using var one = await RunningWebhook.StartAsync(o => o with { UsesCluster = true, Kubeconfig = cluster.Kubeconfig, Redis = redis.Place });
        await using var two = await RunningWebhook.StartAsync(o => o with { UsesCluster = true, Kubeconfig = cluster.Kubeconfig, Redis = redis.Place });
        var review = Reviews.Pod($"{registry.Host}/app:1", owner, "\"pod-template-hash\":\"r1\"");
        var first = await AdmitAsync(cluster, one, review, "web-1");
        await redis.DisposeAsync();
        registry.Tag("app:1", registry.Add("1", "linux/amd64").Digest);
        Assert.Equal(first, await AdmitAsync(cluster, two, review, "web-2"));
        Assert.Contains("@sha256:", await one.ImagesAsync(Reviews.Pod($"{registry.Host}/app:1", owner, "\"pod-template-hash\":\"r2\"")), StringComparison.Ordinal);
        await using var again = await RunningRedis.StartAsync(redis.Port);
        Assert.Equal(first, await AdmitAsync(cluster, one, review, "web-3"));
    }

    private static async Task<string> AdmitAsync(CannedCluster cluster, RunningWebhook webhook, string review, string name)
    {
        var response = await webhook.PostAsync("/mutate", review);
        using var asked = JsonDocument.Parse(review);
        var pod = Patch.Apply(JsonNode.Parse(asked.RootElement.GetProperty("request").GetProperty("object").GetRawText())!, Patch.Of(response));
        cluster.Admit(name, pod, TimeProvider.System.GetUtcNow());
        var image = Assert.Single(Patch.Images(pod));
        Assert.Contains("@sha256:", image, StringComparison.Ordinal);
        return image;
    }
}
