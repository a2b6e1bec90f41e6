using Cleat.References;
using Cleat.Registries;
using Cleat.Running.Docker;

namespace Cleat.Tests.Running.Docker;

/// <summary>An engine as a source of digests, and what the registry says beside it.</summary>
public sealed class EngineDigestTests
{
    [Fact]
    public async Task A_tag_means_the_digest_that_the_engine_pulled()
    {
        await using var engine = CannedEngine.Start().Tagged("nginx:1.27", "sha256:aaaaaaaaaaaaaaaa", $"nginx@{CannedEngine.Old}", $"other/nginx@{CannedEngine.New}");
        Assert.Equal(CannedEngine.Old, Assert.IsType<Resolution.Resolved>(await AskAsync(engine, "docker.io/library/nginx:1.27")).Digest.ToString());
        Assert.Contains("has no image nginx:1.26: docker pull it first", Assert.IsType<Resolution.NotFound>(await AskAsync(engine, "nginx:1.26")).Message, StringComparison.Ordinal);
        Assert.Contains("leave --platform away", Assert.IsType<Resolution.Refused>(await AskAsync(engine, "nginx:1.27", "linux/amd64")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_no_digest_or_several_is_not_guessed()
    {
        await using var engine = CannedEngine.Start().Tagged("app:dev", "sha256:aaaaaaaaaaaaaaaa").Tagged("two:1", "sha256:bbbbbbbbbbbbbbbb", $"two@{CannedEngine.Old}", $"two@{CannedEngine.New}");
        Assert.Contains("never pushed", Assert.IsType<Resolution.NotFound>(await AskAsync(engine, "app:dev")).Message, StringComparison.Ordinal);
        Assert.Contains("2 digests", Assert.IsType<Resolution.Refused>(await AskAsync(engine, "two:1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_is_an_answer()
    {
        var engine = CannedEngine.Start();
        await engine.DisposeAsync();
        Assert.Contains("refused the connection", Assert.IsType<Resolution.Unreachable>(await AskAsync(engine, "nginx")).Message, StringComparison.Ordinal);
    }

    private static async Task<Resolution> AskAsync(CannedEngine engine, string text, string? platform = null)
    {
        Assert.True(EngineDigests.TryOpen(name => name == "DOCKER_HOST" ? engine.Host : null, TimeSpan.FromSeconds(5), null, out var source, out _));
        Assert.True(ImageReference.TryParse(text, out var reference, out _));
        return await source.ResolveAsync(reference, platform, TestContext.Current.CancellationToken);
    }
}
