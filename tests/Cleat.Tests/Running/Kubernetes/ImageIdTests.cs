using Cleat.Running.Kubernetes;
using static Cleat.Tests.Running.Samples;

namespace Cleat.Tests.Running.Kubernetes;

/// <summary>What a pod's status says it runs, in the forms of containerd, CRI-O and Docker.</summary>
public sealed class ImageIdTests
{
    private const string Config = "only the image's id is told, no registry digest";
    private const string Strange = "told in a form that is not known";

    [Theory]
    [InlineData("docker.io/library/nginx@{0}", true, null, null)]
    [InlineData("nginx@{0}", true, null, null)]
    [InlineData("docker-pullable://nginx@{0}", true, null, null)]
    [InlineData("registry.k8s.io/nginx@{0}", true, null, "registry.k8s.io/nginx")]
    [InlineData("docker.io/bitnami/nginx@{0}", true, null, "docker.io/bitnami/nginx")]
    [InlineData("docker://{0}", false, Config, null)]
    [InlineData("{0}", false, Config, null)]
    [InlineData("1111111111111111111111111111111111111111111111111111111111111111", false, Config, null)]
    [InlineData("", false, "not told yet", null)]
    [InlineData(null, false, "not told yet", null)]
    [InlineData("nginx:1.27", false, Strange, null)]
    [InlineData("nginx@sha256:short", false, Strange, null)]
    [InlineData("nginx@", false, Strange, null)]
    public void Each_form_is_a_digest_or_says_why_not(string? form, bool known, string? why, string? repository) => Assert.Equal(
        new ImageId(known ? One : null, why, repository),
        ImageId.Read(form?.Replace("{0}", One.ToString(), StringComparison.Ordinal), null, "nginx:1.27"));

    [Fact]
    public void A_container_that_waits_tells_why() =>
        Assert.Equal(new ImageId(null, "not running: ImagePullBackOff", null), ImageId.Read($"nginx@{One}", "ImagePullBackOff", "nginx:1.27"));
}
