using Cleat.References;
using Cleat.Running.Kubernetes;
using Cleat.Running.Plans;
using Cleat.Running;
using Cleat.Trees.Paths;
using Cleat.Uses;
using static Cleat.Tests.Running.Samples;

namespace Cleat.Tests.Running.Kubernetes;

/// <summary>Which digest a workload is pinned to, and why to none.</summary>
public sealed class ImageChangeTests
{
    // the digests that run (a dot: not known), and what the tag means at the registry
    [Theory]
    [InlineData("1", null, PinTo.Running, '1', null)]
    [InlineData("1", '2', PinTo.Running, '1', null)]
    [InlineData("1", '2', PinTo.Registry, '2', null)]
    [InlineData("1 .", null, PinTo.Running, '1', null)]
    [InlineData("1 2", null, PinTo.Running, null, "it runs as several images now")]
    [InlineData("1 2", '2', PinTo.Registry, '2', null)]
    [InlineData(".", null, PinTo.Running, null, "no pod tells which digest it runs (not told yet)")]
    [InlineData("", null, PinTo.Running, null, "no pod tells which digest it runs:")]
    [InlineData("", '2', PinTo.Registry, '2', null)]
    [InlineData("1", null, PinTo.Registry, null, "the registry did not say what the tag means")]
    public void It_is_pinned_to_what_is_certain(string runs, char? now, PinTo to, char? pinned, string? why)
    {
        var use = Use("Deployment", "apps", runs: runs);
        var change = ImageChange.Of(use, to, now is { } letter ? new(Named(letter)!.Value, new Dictionary<string, Digest>()) : null, out var reason);
        Assert.Equal(pinned is { } digest ? new Pin(Named(digest)!.Value, $"nginx:1.27@{Named(digest)}") : null, change?.Pin);
        Assert.Equal(why is null, reason is null);
        Assert.StartsWith(why ?? "", reason ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_digest_of_another_repository_is_not_taken()
    {
        var use = Use("Deployment", "apps") with { Images = [new(new(One, null, "mirror.example/nginx"), null, null, 1, ["n1"])] };
        Assert.Null(ImageChange.Of(use, PinTo.Running, null, out var why));
        Assert.StartsWith("its nodes know the image as mirror.example/nginx, where the digest may be another", why, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string, string> Unchangeable => new()
    {
        { "Job", "batch", "spec/template/spec/containers/0/image", "a Job's pods cannot be changed" },
        { "Pod", "", "spec/ephemeralContainers/0/image", "a debug container cannot be changed" },
        { "Pod", "", "spec/volumes/0/image/reference", "a pod's volumes cannot be changed" },
    };

    [Theory]
    [MemberData(nameof(Unchangeable))]
    public void What_cannot_be_changed_in_place_says_what_to_do(string kind, string group, string path, string why)
    {
        Assert.Null(ImageChange.Of(Use(kind, group, path), PinTo.Running, null, out var reason));
        Assert.StartsWith(why, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pod_s_container_can_be_changed() => Assert.NotNull(ImageChange.Of(Use("Pod", "", "spec/containers/0/image"), PinTo.Running, null, out _));

    [Fact]
    public void What_only_pods_name_goes_with_them()
    {
        Assert.Null(ImageChange.Of(Use("Deployment", "apps") with { IsOfWorkload = false }, PinTo.Running, null, out var why));
        Assert.StartsWith("only pods name it, not the workload", why, StringComparison.Ordinal);
    }

    private static WorkloadUse Use(string kind, string group, string path = "spec/template/spec/containers/0/image", string runs = "1") => new()
    {
        Workload = new() { Kind = new(group, "v1", kind, kind.ToLowerInvariant() + "s", true), Namespace = "shop", Name = "web", Uid = "1" },
        Container = "app",
        Use = RunningUse.Judged("nginx:1.27", "kubernetes", Steps.OfPointer("/" + path)!),
        Images = [.. runs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(r => new PodImage(new(Named(r[0]), r == "." ? "not told yet" : null, null), "linux/amd64", "containerd", 1, ["n1"]))],
        IsOfWorkload = true,
    };
}
