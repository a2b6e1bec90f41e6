using Cleat.Running;

namespace Cleat.Tests.Running;

/// <summary>When several digests are several images.</summary>
public sealed class RunningDigestTests
{
    // a letter is a digest and a dot an unknown one; behind it the platform
    [Theory]
    [InlineData("a linux/amd64, b linux/amd64", true)]
    [InlineData("a linux/amd64, a linux/amd64", false)]
    [InlineData("a linux/amd64, b linux/arm64", false)]
    [InlineData("a linux/amd64, b linux/arm64, c linux/arm64", true)]
    [InlineData("a, b", true)]
    [InlineData("a, a", false)]
    [InlineData("a, b linux/amd64", false)]
    [InlineData("a linux/amd64, . linux/amd64", false)]
    [InlineData(". linux/amd64, . linux/amd64", false)]
    [InlineData("a, .", false)]
    public void Two_known_digests_on_one_platform_are_two_images(string running, bool mixed) =>
        Assert.Equal(mixed, RunningDigest.IsMixed(running.Split(", ").Select(r => new RunningDigest(Samples.Named(r[0]), null, 1, [], r.Length > 1 ? r[2..] : null))));
}
