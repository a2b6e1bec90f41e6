using System.Text;
using Cleat.Cli.Tests;
using Cleat.References;
using Cleat.Tests.Registries;

namespace Cleat.Admission.Tests;

/// <summary>Who is asked as whom: pull secrets for reviews that the cluster vouches for, nothing for those that anybody may have written.</summary>
public sealed class VouchedTests
{
    private static readonly byte[] Manifest = Encoding.UTF8.GetBytes("""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""");
    private static readonly string Pinned = "@" + Digest.Sha256(Manifest);

    [Fact]
    public async Task The_owners_pull_secret_is_used_and_each_matching_entry_is_tried()
    {
        await using var registry = Private();
        await using CannedCluster cluster = new();
        cluster.Secret("wrong", $"{registry.Host}/team", "ann", "old");
        cluster.Secret("right", registry.Host, "ann", "secret");
        var owner = cluster.Own("ReplicaSet", "web", "uid-1", """{"imagePullSecrets":[{"name":"gone"},{"name":"wrong"},{"name":"right"}]}""");
        await using var webhook = await StartAsync(cluster);
        Assert.Equal($"{registry.Host}/team/app:1{Pinned}", await webhook.ImagesAsync(Reviews.Pod($"{registry.Host}/team/app:1", owner, "\"pod-template-hash\":\"r1\"")));
        Assert.DoesNotContain(cluster.Asked, line => line.Contains("/secrets?", StringComparison.Ordinal) || line.EndsWith("/secrets", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_template_without_secrets_takes_those_of_its_service_account()
    {
        await using var registry = Private();
        await using CannedCluster cluster = new();
        cluster.Secret("right", registry.Host, "ann", "secret");
        cluster.Put("/api/v1/namespaces/shop/serviceaccounts/builder", """{"metadata":{},"imagePullSecrets":[{"name":"right"}]}""");
        var owner = cluster.Own("Job", "build", "uid-1", """{"serviceAccountName":"builder"}""");
        await using var webhook = await StartAsync(cluster);
        Assert.Equal($"{registry.Host}/app:1{Pinned}", await webhook.ImagesAsync(Reviews.Pod($"{registry.Host}/app:1", owner)));
    }

    [Theory]
    [InlineData("uid-forged", "web", "shop")]
    [InlineData("uid-1", "other", "shop")]
    [InlineData("uid-1", "web", "elsewhere")]
    [InlineData("uid-1", "../../../api/v1/namespaces/shop/secrets/right", "shop")]
    [InlineData("uid-1", "web", "shop/secrets/right?x=")]
    public async Task A_forged_review_reads_no_secret_and_learns_no_digest_of_a_private_tag(string uid, string name, string space)
    {
        await using var registry = Private();
        await using CannedCluster cluster = new();
        cluster.Secret("right", registry.Host, "ann", "secret");
        cluster.Own("ReplicaSet", "web", "uid-1", """{"imagePullSecrets":[{"name":"right"}]}""");
        await using var webhook = await StartAsync(cluster);

        // somebody asked before, for whom the cluster vouches: his answer is not given to others
        await webhook.ImagesAsync(Reviews.Pod($"{registry.Host}/app:1", Reviews.Owner("ReplicaSet", "web", "uid-1"), "\"pod-template-hash\":\"r1\""));
        var before = cluster.Asked.Count(line => line.Contains("/secrets/", StringComparison.Ordinal));
        var owners = (string?[])[Reviews.Owner("ReplicaSet", name, uid), null];
        foreach (var owner in owners)
        {
            var said = await webhook.PostAsync("/mutate", Reviews.Pod($"{registry.Host}/app:1", owner, "\"pod-template-hash\":\"r2\"", spec: "\"imagePullSecrets\":[{\"name\":\"right\"}]", space: space));
            Assert.Null(said["patch"]);
            Assert.Contains("denies access, tried without credentials", (string?)said["warnings"]![0], StringComparison.Ordinal);
        }

        Assert.Equal(before, cluster.Asked.Count(line => line.Contains("/secrets/", StringComparison.Ordinal)));
        Assert.Empty(cluster.Sent("POST"));
    }

    [Fact]
    public async Task Forged_reviews_ask_hosts_within_a_budget_and_a_vouched_one_is_not_held_up_by_it()
    {
        await using TagRegistry stranger = new();
        await using TagRegistry known = new();
        await using CannedCluster cluster = new();
        known.Tag("app:1", known.Add("0", "linux/amd64").Digest);
        await using var webhook = await StartAsync(cluster);
        for (var i = 0; i < 100; i++)
        {
            await webhook.PostAsync("/mutate", Reviews.Pod($"{stranger.Host}/probe:{i}"));
        }

        Assert.InRange(stranger.Asked.Count, 1, 40);
        Assert.Contains("@sha256:", await webhook.ImagesAsync(Reviews.Pod($"{known.Host}/app:1", cluster.Own("ReplicaSet", "web", "uid-1"), "\"pod-template-hash\":\"r1\"")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owner_hears_what_could_not_be_pinned_once()
    {
        await using TagRegistry registry = new();
        await using CannedCluster cluster = new();
        var owner = cluster.Own("ReplicaSet", "web", "uid-1");
        await using (var webhook = await StartAsync(cluster))
        {
            for (var i = 0; i < 3; i++)
            {
                await webhook.PostAsync("/mutate", Reviews.Pod($"{registry.Host}/gone:1", owner, "\"pod-template-hash\":\"r1\"", dryRun: i == 0));
            }
        }

        var told = Assert.Single(cluster.Sent("POST"));
        Assert.Contains("\"regarding\":{\"apiVersion\":\"apps/v1\",\"kind\":\"ReplicaSet\",\"namespace\":\"shop\",\"name\":\"web\",\"uid\":\"uid-1\"}", told, StringComparison.Ordinal);
        Assert.Contains("ImageNotPinnedNotFound", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_scopes_never_share_an_answer()
    {
        await using var registry = Private();
        await using CannedCluster cluster = new();
        cluster.Secret("right", registry.Host, "ann", "secret");
        await using var webhook = await StartAsync(cluster);
        Assert.Contains(Pinned, await webhook.ImagesAsync(Reviews.Pod($"{registry.Host}/app:1", cluster.Own("ReplicaSet", "a", "uid-a", """{"imagePullSecrets":[{"name":"right"}]}"""))), StringComparison.Ordinal);
        Assert.DoesNotContain(Pinned, await webhook.ImagesAsync(Reviews.Pod($"{registry.Host}/app:1", cluster.Own("ReplicaSet", "b", "uid-b"))), StringComparison.Ordinal);
    }

    private static Task<RunningWebhook> StartAsync(CannedCluster cluster) => RunningWebhook.StartAsync(o => o with { UsesCluster = true, Kubeconfig = cluster.Kubeconfig });

    private static ScriptedServer Private() => new(request =>
        request["Authorization"] == "Basic " + Convert.ToBase64String("ann:secret"u8) ? Replies.Manifest(Manifest, "application/vnd.oci.image.index.v1+json") : Replies.With(401, null, "WWW-Authenticate: Basic realm=\"r\""));
}
