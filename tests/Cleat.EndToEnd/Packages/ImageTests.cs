using Cleat.EndToEnd.Docker;

namespace Cleat.EndToEnd.Packages;

/// <summary>The image, loaded by a real engine.</summary>
public sealed class ImageTests(Release release, RealEngine engine) : IClassFixture<Release>, IClassFixture<RealEngine>
{
    [Fact]
    public async Task It_finds_and_pins_in_a_folder_that_is_mounted()
    {
        await engine.DockerAsync("load", "--quiet", "--input", release.File("cleat-VERSION-image-amd64.tar"));
        // as docs/install.md has it: as the user whose files they are
        var examples = await release.ExamplesAsync();
        await Release.DoesItsJobAsync(examples, "docker", "--host", engine.Host, "run", "--rm", "--network=none", "--read-only", "--user", "0:0", "--env", "HOME=/tmp", "--volume", $"{examples}:/work", "--workdir", "/work", $"cleat:{release.Version}");
    }

    /// <summary>Systems that start jobs in an image want a shell in it, and git for what changed.</summary>
    [Fact]
    public async Task It_has_a_shell_and_git()
    {
        await engine.DockerAsync("load", "--quiet", "--input", release.File("cleat-VERSION-image-amd64.tar"));
        Assert.Contains("git version", await engine.DockerAsync("run", "--rm", "--network=none", "--entrypoint", "sh", $"cleat:{release.Version}", "-c", "cleat --version && git --version"), StringComparison.Ordinal);
    }
}
