using System.Text;
using Cleat.Cli.Tests;
using Cleat.Tests.Registries;

namespace Cleat.Admission.Tests;

/// <summary>What a registry may do to the webhook.</summary>
public sealed class OutageTests
{
    private static readonly byte[] Manifest = Encoding.UTF8.GetBytes("""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""");

    private static readonly ScriptedReply Good = Replies.Manifest(Manifest, "application/vnd.oci.image.index.v1+json");

    public static TheoryData<string> Outages => ["429", "500", "stall", "lie", "reset", "garbage", "endless"];

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task What_is_known_is_admitted_pinned_what_is_not_with_the_cause_and_the_next_after_recovery_is_pinned(string outage)
    {
        var isOut = false;
        await using ScriptedServer registry = new(request => request.Target == "/v2/" ? Replies.Text(200, "{}") : isOut ? Bad(outage) : Good);
        await using var webhook = await RunningWebhook.StartAsync(o => o with { CacheTime = TimeSpan.FromTicks(1), Timeout = TimeSpan.FromMilliseconds(700) });
        var owned = Reviews.Pod($"{registry.Host}/app:1", Reviews.Owner("ReplicaSet", "web", "uid-1"), "\"pod-template-hash\":\"r1\"");
        var known = await webhook.ImagesAsync(owned);
        Assert.Contains("@sha256:", known, StringComparison.Ordinal);
        await webhook.ImagesAsync(Reviews.Pod($"{registry.Host}/seen:1"));

        isOut = true;
        Assert.Equal(known, await webhook.ImagesAsync(owned));
        var stale = await webhook.PostAsync("/mutate", Reviews.Pod($"{registry.Host}/seen:1"));
        Assert.NotNull(stale["patch"]);
        Assert.Contains("is pinned to what it meant", (string?)stale["warnings"]![0], StringComparison.Ordinal);
        var unknown = await webhook.PostAsync("/mutate", Reviews.Pod($"{registry.Host}/unseen:1"));
        Assert.True((bool)unknown["allowed"]!);
        Assert.Null(unknown["patch"]);
        var warning = (string)unknown["warnings"]![0]!;
        Assert.Contains($"container app: {registry.Host}/unseen:1 is not pinned: ", warning, StringComparison.Ordinal);
        Assert.InRange(warning.Length, 1, 256);

        isOut = false;
        if (outage != "429")
        {
            await Task.Delay(900, TestContext.Current.CancellationToken);
            Assert.Contains("@sha256:", await webhook.ImagesAsync(Reviews.Pod($"{registry.Host}/unseen:1")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_gone_or_denied_is_not_stale()
    {
        await using TagRegistry registry = new();
        registry.Tag("app:1", registry.Add("0", "linux/amd64").Digest);
        await using var webhook = await RunningWebhook.StartAsync(o => o with { CacheTime = TimeSpan.FromTicks(1) });
        Assert.Contains("@sha256:", await webhook.ImagesAsync(Reviews.Pod($"{registry.Host}/app:1")), StringComparison.Ordinal);
        registry.Untag("app:1");
        Assert.Equal($"{registry.Host}/app:1 (cleat: container app: {registry.Host}/app:1 is not pinned: {registry.Host} does not have it (404))", await webhook.ImagesAsync(Reviews.Pod($"{registry.Host}/app:1")));
    }

    [Fact]
    public async Task A_thousand_identical_pods_cost_one_question()
    {
        await using TagRegistry registry = new();
        registry.Tag("app:1", registry.Add("0", "linux/amd64").Digest);
        await using var webhook = await RunningWebhook.StartAsync(o => o with { CacheTime = TimeSpan.FromMinutes(1) });
        await Parallel.ForAsync(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = TestContext.Current.CancellationToken }, async (_, _) =>
            Assert.Contains("@sha256:", await webhook.ImagesAsync(Reviews.Pod($"{registry.Host}/app:1")), StringComparison.Ordinal));
        Assert.Single(registry.Asked);
    }

    [Fact]
    public async Task A_drained_node_asks_for_each_image_once()
    {
        await using TagRegistry registry = new();
        for (var i = 0; i < 200; i++)
        {
            registry.Tag($"app{i}:1", registry.Add($"{i}", "linux/amd64").Digest);
        }

        await using var webhook = await RunningWebhook.StartAsync(o => o with { CacheTime = TimeSpan.FromMinutes(1), TrustsCallers = true, RegistryRate = 1000 });
        await Parallel.ForAsync(0, 5000, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = TestContext.Current.CancellationToken }, async (i, _) =>
            Assert.Contains("@sha256:", await webhook.ImagesAsync(Reviews.Pod($"{registry.Host}/app{i % 200}:1", Reviews.Owner("ReplicaSet", $"web-{i % 200}", $"uid-{i % 200}"), "\"pod-template-hash\":\"r1\"")), StringComparison.Ordinal));
        Assert.Equal(200, registry.Asked.Count);
    }

    [Fact]
    public async Task The_digest_is_the_one_that_cleat_pin_writes()
    {
        await using TagRegistry registry = new();
        registry.Tag("app:latest", registry.Add("0", "linux/amd64", "linux/arm64").Digest);
        await using var webhook = await RunningWebhook.StartAsync();
        using TemporaryFolder folder = new();
        var file = folder.Put("pod.yaml", $"apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  containers:\n  - name: app\n    image: {registry.Host}/app\n");
        Assert.Equal(0, (await InProcess.RunAsync("", "pin", file)).Code);
        Assert.Contains($"image: {await webhook.ImagesAsync(Reviews.Pod($"{registry.Host}/app"))}\n", folder.Read("pod.yaml"), StringComparison.Ordinal);
    }

    private static ScriptedReply Bad(string outage) => outage switch
    {
        "429" => Replies.With(429, null, "Retry-After: 30"),
        "500" => Replies.With(500),
        "stall" => Replies.Stall,
        "lie" => Replies.With(200, Manifest, "Content-Type: application/vnd.oci.image.index.v1+json", $"Docker-Content-Digest: sha256:{new string('b', 64)}"),
        "reset" => Replies.Reset,
        "endless" => Replies.Endless(_ => { }),
        _ => Replies.Text(200, "<html>", "Content-Type: text/html"),
    };
}
