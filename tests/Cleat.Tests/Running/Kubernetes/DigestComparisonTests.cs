using Cleat.References;
using Cleat.Running.Kubernetes;
using Cleat.Running.Plans;
using static Cleat.Tests.Running.Samples;

namespace Cleat.Tests.Running.Kubernetes;

/// <summary>The race: said only where two digests cannot be one image.</summary>
public sealed class DigestComparisonTests
{
    private const string Platforms = "each architecture runs a digest of its own";
    private const string Runtimes = "each container runtime tells a digest of its own";
    private const string OtherName = "some nodes know the image under another name";
    private const string NoPlatform = "on nodes whose platform is not known";

    // for each kind of node: a letter for the digest (a dot where none is known), platform, runtime, and the repository where that is another
    [Theory]
    [InlineData("1 amd64 containerd", false, null)]
    [InlineData("1 amd64 containerd; 1 amd64 containerd", false, null)]
    [InlineData("1 amd64 containerd; . amd64 containerd", false, null)]
    [InlineData("1 amd64 containerd; 2 amd64 containerd", true, null)]
    [InlineData("1 amd64 containerd; 2 arm64 containerd", false, Platforms)]
    [InlineData("1 amd64 containerd; 2 arm64 containerd; 3 arm64 containerd", true, null)]
    [InlineData("1 amd64 containerd; 2 amd64 cri-o", false, Runtimes)]
    [InlineData("1 amd64 containerd; 2 amd64 containerd mirror/x", false, OtherName)]
    [InlineData("1 amd64 containerd; 2 amd64 containerd; 3 amd64 containerd mirror/x", true, null)]
    [InlineData("1 - containerd; 2 - containerd", false, NoPlatform)]
    [InlineData("1 amd64 -; 2 amd64 -", false, Runtimes)]
    public void Two_digests_are_a_race_only_where_they_cannot_be_one_image(string nodes, bool mixed, string? unknown)
    {
        var comparison = DigestComparison.Of(Images(nodes), null);
        Assert.Equal(mixed, comparison.IsMixed);
        Assert.Equal(unknown is null, comparison.Unknown is null);
        Assert.Contains(unknown ?? "", comparison.Unknown ?? "", StringComparison.Ordinal);
        Assert.EndsWith(unknown is null ? "" : "; --registry may tell", comparison.Unknown ?? "", StringComparison.Ordinal);
    }

    // the tag means digest 1, whose arm64 part is digest 2
    [Theory]
    [InlineData("1 amd64 containerd; 2 arm64 containerd", false, false)]
    [InlineData("1 amd64 containerd; 2 amd64 containerd", false, false)]
    [InlineData("1 amd64 containerd; 3 arm64 containerd", true, false)]
    [InlineData("1 - containerd; 3 - containerd", true, false)]
    [InlineData("3 amd64 containerd; 4 arm64 containerd", false, true)]
    [InlineData("3 amd64 containerd; 4 amd64 containerd", true, false)]
    [InlineData("1 amd64 containerd; 3 amd64 containerd mirror/x", false, true)]
    public void What_the_tag_means_now_settles_it(string nodes, bool mixed, bool unknown)
    {
        var comparison = DigestComparison.Of(Images(nodes), new(One, new Dictionary<string, Digest> { ["linux/arm64"] = Two }));
        Assert.Equal((mixed, unknown), (comparison.IsMixed, comparison.Unknown is not null));
        Assert.DoesNotContain("--registry", comparison.Unknown ?? "", StringComparison.Ordinal);
    }

    private static List<PodImage> Images(string nodes) => [.. nodes.Split("; ").Select(n => n.Split(' ')).Select(n => new PodImage(
        new(Named(n[0][0]), n[0] == "." ? "not told yet" : null, n.Length > 3 ? n[3] : null),
        n[1] == "-" ? null : $"linux/{n[1]}",
        n[2] == "-" ? null : n[2],
        1,
        []))];
}
