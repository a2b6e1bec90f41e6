using Cleat.Trees;
using static Cleat.Tests.Running.Kubernetes.Objects;

namespace Cleat.Cli.Tests.Cluster;

/// <summary><c>cleat cluster pin --source</c>: it writes where the tag is decided, nothing that <c>cleat pin</c> would leave, and never a digest that a workload does not run.</summary>
public sealed class ManifestPinTests : IDisposable
{
    private const string Manifest = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n      containers:\n      - name: app\n        image: nginx:1.27\n";

    private readonly LoopbackApi api = new();
    private readonly TemporaryFolder checkout = new();

    public void Dispose()
    {
        api.Dispose();
        checkout.Dispose();
    }

    [Theory]
    [InlineData("        image: nginx:1.27 # cleat: ignore[unpinned-image] rebuilt nightly\n", "")]
    [InlineData("        # cleat: ignore[unpinned-image] rebuilt nightly\n        image: nginx:1.27\n", "")]
    [InlineData("        image: nginx:1.27\n", "exempt: [{image: nginx, file: web.yaml, reason: rebuilt nightly}]\n")]
    public async Task What_is_ignored_in_the_manifest_stays_as_it_is(string image, string config)
    {
        Runs("shop", One);
        var manifest = Manifest.Replace("        image: nginx:1.27\n", image, StringComparison.Ordinal);
        checkout.Put("web.yaml", manifest);
        checkout.Put(".cleat.yaml", config);
        var (code, output, error) = await PinAsync();
        Assert.Equal((0, ""), (code, error));
        Assert.Contains(": nginx:1.27 is left: it is ignored there (rebuilt nightly)\nNothing pinned.\n", output, StringComparison.Ordinal);
        Assert.Equal(manifest, checkout.Read("web.yaml"));
    }

    [Theory]
    [InlineData("pin: {style: digest}", "nginx@")]
    [InlineData("pin: {style: tag-digest}", "nginx:1.27@")]
    public async Task The_style_of_the_config_holds(string config, string wanted)
    {
        Runs("shop", One);
        checkout.Put("web.yaml", Manifest);
        checkout.Put(".cleat.yaml", config);
        Assert.Equal(0, (await PinAsync()).Code);
        Assert.Equal(Manifest.Replace("nginx:1.27", wanted + One, StringComparison.Ordinal), checkout.Read("web.yaml"));
    }

    [Fact]
    public async Task The_formats_of_the_config_are_read_too()
    {
        Runs("shop", One);
        checkout.Put("web.manifest", Manifest);
        checkout.Put(".cleat.yaml", "formats: [{name: ours, files: ['*.manifest'], paths: ['spec.template.spec.containers[].image']}]\n");
        var (code, _, error) = await PinAsync();
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("nginx:1.27@" + One, checkout.Read("web.manifest"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_config_leaves_out_is_not_written()
    {
        Runs("shop", One);
        checkout.Put("vendor/web.yaml", Manifest);
        checkout.Put(".cleat.yaml", "exclude: [vendor/**]\n");
        Assert.Equal(3, (await PinAsync()).Code);
        Assert.Equal(Manifest, checkout.Read("vendor/web.yaml"));
    }

    [Fact]
    public async Task One_manifest_for_namespaces_that_run_different_digests_is_a_conflict()
    {
        Runs("live", One, "stage", Two);
        checkout.Put("base/web.yaml", Manifest);
        checkout.Put("base/kustomization.yaml", "resources: [web.yaml]\n");
        checkout.Put("live/kustomization.yaml", "namespace: live\nresources: [../base]\n");
        checkout.Put("stage/kustomization.yaml", "namespace: stage\nresources: [../base]\n");
        var (code, output, error) = await PinAsync();
        Assert.Equal((3, "Nothing pinned.\n"), (code, output));
        Assert.Contains($"base/web.yaml:9:16: error[pin]: nginx:1.27 is not pinned: several workloads are made from it, which do not run the same: Deployment live/web runs {One}, Deployment stage/web runs {Two}. Pin each in an overlay of its own", error, StringComparison.Ordinal);
        Assert.Equal(Manifest, checkout.Read("base/web.yaml"));
    }

    [Fact]
    public async Task What_is_silenced_in_the_cluster_still_runs_from_the_manifest()
    {
        Runs("live", One, "stage", Two, silenced: true);
        checkout.Put("web.yaml", Manifest);
        var (code, _, error) = await PinAsync();
        Assert.Equal(3, code);
        Assert.Contains($"Deployment stage/web runs {Two}", error, StringComparison.Ordinal);
        Assert.Equal(Manifest, checkout.Read("web.yaml"));
    }

    [Fact]
    public async Task One_manifest_for_namespaces_that_run_the_same_is_pinned_once()
    {
        Runs("live", One, "stage", One);
        checkout.Put("web.yaml", Manifest);
        var (code, output, error) = await PinAsync();
        Assert.Equal((0, ""), (code, error));
        Assert.EndsWith("1 reference pinned in 1 file: commit, and apply them.\n", output, StringComparison.Ordinal);
        Assert.Equal(Manifest.Replace("nginx:1.27", "nginx:1.27@" + One, StringComparison.Ordinal), checkout.Read("web.yaml"));
    }

    [Fact]
    public async Task The_entry_of_each_overlay_is_the_place_where_it_sets_the_image()
    {
        Runs("live", One, "stage", Two);
        checkout.Put("base/web.yaml", Manifest.Replace("nginx:1.27", "nginx:dev", StringComparison.Ordinal));
        checkout.Put("base/kustomization.yaml", "resources: [web.yaml]\n");
        checkout.Put("live/kustomization.yaml", "namespace: live\nresources: [../base]\nimages:\n- name: nginx\n  newTag: '1.27'\n");
        checkout.Put("stage/kustomization.yaml", "namespace: stage\nresources: [../base]\nimages:\n- name: nginx\n  newTag: '1.27'\n");
        var (code, output, error) = await PinAsync();
        Assert.Equal((0, ""), (code, error));
        Assert.EndsWith("2 references pinned in 2 files: commit, and apply them.\n", output, StringComparison.Ordinal);
        Assert.Equal($"namespace: live\nresources: [../base]\nimages:\n- name: nginx\n  newTag: '1.27@{One}'\n", checkout.Read("live/kustomization.yaml"));
        Assert.Equal($"namespace: stage\nresources: [../base]\nimages:\n- name: nginx\n  newTag: '1.27@{Two}'\n", checkout.Read("stage/kustomization.yaml"));
        Assert.DoesNotContain("sha256", checkout.Read("base/web.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_of_an_inner_kustomization_that_decides_is_pinned_there()
    {
        Runs("shop", One);
        checkout.Put("base/web.yaml", Manifest.Replace("nginx:1.27", "front:dev", StringComparison.Ordinal));
        checkout.Put("base/kustomization.yaml", "resources: [web.yaml]\nimages:\n- name: front\n  newName: nginx\n  newTag: '1.27'\n");
        checkout.Put("shop/kustomization.yaml", "resources: [../base]\nimages:\n- name: other\n  newTag: '2'\n");
        var (code, _, error) = await PinAsync();
        Assert.Equal((0, ""), (code, error));
        Assert.Contains($"newTag: '1.27@{One}'", checkout.Read("base/kustomization.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_overlay_that_is_not_deployed_yet_is_said()
    {
        Runs("shop", One);
        checkout.Put("web.yaml", Manifest);
        checkout.Put("kustomization.yaml", "resources: [web.yaml]\nimages: [{name: nginx, newTag: '1.28'}]\n");
        var (code, _, error) = await PinAsync();
        Assert.Equal(3, code);
        Assert.Contains("kustomization.yaml, which says nginx:1.28 for app and not nginx:1.27: deploy it, or change it by hand", error, StringComparison.Ordinal);
        Assert.Equal(Manifest, checkout.Read("web.yaml"));
    }

    [Fact]
    public async Task A_digest_is_written_behind_the_name_that_it_belongs_to()
    {
        Runs("shop", One);
        var manifest = Manifest.Replace("nginx:1.27", "front:1.27", StringComparison.Ordinal);
        checkout.Put("web.yaml", manifest);
        checkout.Put("kustomization.yaml", "resources: [web.yaml]\nimages:\n- name: front\n  newName: nginx\n");
        var (code, _, error) = await PinAsync();
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(manifest, checkout.Read("web.yaml"));
        Assert.Contains($"newName: nginx\n  newTag: 1.27@{One}\n", checkout.Read("kustomization.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- name: n.*x\n  newTag: '1.27'\n", "name is a pattern for several images")]
    [InlineData("- name: nginx\n  tagSuffix: '7'\n", "tagSuffix makes a tag of the base's own")]
    [InlineData("- name: nginx\n  newTag: 1.27\n", "put it in quotes, then pin it")]
    public async Task An_entry_that_takes_no_digest_says_why(string entry, string why)
    {
        Runs("shop", One);
        checkout.Put("web.yaml", Manifest.Replace("nginx:1.27", "nginx:1.2", StringComparison.Ordinal));
        var kustomization = checkout.Put("kustomization.yaml", "resources: [web.yaml]\nimages:\n" + entry);
        var (code, _, error) = await PinAsync();
        Assert.Equal(3, code);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.Equal("resources: [web.yaml]\nimages:\n" + entry, await File.ReadAllTextAsync(kustomization, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Two_manifests_of_one_workload_are_not_guessed_at()
    {
        Runs("shop", One);
        checkout.Put("a/web.yaml", Manifest);
        checkout.Put("b/web.yaml", Manifest);
        var (code, _, error) = await PinAsync();
        Assert.Equal(3, code);
        Assert.Contains("is made by more than one manifest (", error, StringComparison.Ordinal);
        Assert.Equal((Manifest, Manifest), (checkout.Read("a/web.yaml"), checkout.Read("b/web.yaml")));
    }

    private Task<(int Code, string Output, string Error)> PinAsync() => api.CleatAsync("pin", "--source", checkout.Path);

    private void Runs(string space, string digest) => Runs([(space, digest, "")]);

    private void Runs(string one, string digest, string other, string otherDigest, bool silenced = false) =>
        Runs([(one, digest, ""), (other, otherDigest, silenced ? ""","annotations":{"cleat.dev/ignore":"until Monday"}""" : "")]);

    private void Runs((string Space, string Digest, string Metadata)[] spaces)
    {
        api.List("/apis/apps/v1/deployments", [.. spaces.Select(s => In(s.Space, Template("web", "nginx:1.27", null, s.Metadata)))]);
        api.List("/apis/apps/v1/replicasets", [.. spaces.Select(s => In(s.Space, Template("web-1", "nginx:1.27", "apps/v1 Deployment web")))]);
        api.List("/api/v1/pods", [.. spaces.Select(s => In(s.Space, Pod("a", "apps/v1 ReplicaSet web-1", "nginx:1.27", $"docker.io/library/nginx@{s.Digest}", "n1")))]);
    }

    // the same object in another namespace is another object
    private static string In(string space, string json) => json
        .Replace("\"namespace\":\"shop\"", $"\"namespace\":\"{space}\"", StringComparison.Ordinal).Replace("\"uid\":\"", $"\"uid\":\"{space}-", StringComparison.Ordinal);
}
