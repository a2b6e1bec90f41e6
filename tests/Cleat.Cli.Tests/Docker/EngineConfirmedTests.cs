using Cleat.References;
using Cleat.Registries;
using Cleat.Registries.Client;
using Cleat.Running.Docker;
using Cleat.Tests.Running.Docker;

namespace Cleat.Cli.Tests.Docker;

/// <summary>That an engine has a digest proves no registry has it: the registry is asked.</summary>
public sealed class EngineConfirmedTests
{
    private const string Id = "sha256:aaaaaaaaaaaaaaaa";

    [Fact]
    public async Task The_registry_confirms_what_the_engine_says()
    {
        await using TagRegistry registry = new();
        var (index, platforms) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64", "linux/arm64");
        var image = $"{registry.Host}/app";
        await using var engine = CannedEngine.Start()
            .Tagged($"{image}:pulled", Id, $"{image}@{index}")
            .Tagged($"{image}:both", Id + "b", $"{image}@{platforms["linux/amd64"]}", $"{image}@{index}")
            .Tagged($"{image}:platform", Id + "c", $"{image}@{platforms["linux/amd64"]}", $"{image}@{CannedEngine.Old}")
            .Tagged($"{image}:built", Id + "d", $"{image}@{CannedEngine.Old}");
        Assert.Equal(index, Digest(await AskAsync(engine, $"{image}:pulled")));
        Assert.Equal(index, Digest(await AskAsync(engine, $"{image}:both")));
        Assert.Equal(platforms["linux/amd64"], Digest(await AskAsync(engine, $"{image}:platform")));
        var built = Assert.IsType<Resolution.NotFound>(await AskAsync(engine, $"{image}:built"));
        Assert.Contains("which the registry has not: it was built there and never pushed", built.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_indexes_are_not_guessed()
    {
        await using TagRegistry registry = new();
        var (one, _) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64");
        var (two, _) = registry.Add("2026-02-01T00:00:00Z", "linux/amd64");
        await using var engine = CannedEngine.Start().Tagged($"{registry.Host}/app:1", Id, $"{registry.Host}/app@{one}", $"{registry.Host}/app@{two}");
        Assert.Contains("2 digests", Assert.IsType<Resolution.Refused>(await AskAsync(engine, $"{registry.Host}/app:1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_registry_nothing_is_confirmed_unless_the_engine_is_trusted()
    {
        TagRegistry registry = new();
        var image = $"{registry.Host}/app:1";
        await using var engine = CannedEngine.Start().Tagged(image, Id, $"{registry.Host}/app@{CannedEngine.Old}");
        await registry.DisposeAsync();
        Assert.Contains("--trust-engine takes its word", Assert.IsType<Resolution.Unreachable>(await AskAsync(engine, image)).Message, StringComparison.Ordinal);
        Assert.Equal(CannedEngine.Old, Digest(await AskAsync(engine, image, trusts: true)));
    }

    [Fact]
    public async Task What_podman_calls_localhost_is_asked_of_nobody()
    {
        await using var engine = CannedEngine.Start().Tagged("localhost/app:1", Id, $"localhost/app@{CannedEngine.Old}");
        foreach (var trusts in (bool[])[false, true])
        {
            Assert.Contains("on this machine alone", Assert.IsType<Resolution.NotFound>(await AskAsync(engine, "localhost/app:1", trusts)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Trust_goes_with_the_engine()
    {
        var (code, _, error) = await InProcess.RunAsync("", "resolve", "nginx:1", "--trust-engine");
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("--trust-engine stands with --from docker", error, StringComparison.Ordinal);
    }

    private static string Digest(Resolution answer) => Assert.IsType<Resolution.Resolved>(answer).Digest.ToString();

    private static async Task<Resolution> AskAsync(CannedEngine engine, string text, bool trusts = false)
    {
        using RegistryApi api = new(new RegistrySettings { Timeout = TimeSpan.FromSeconds(20) }.Options());
        Assert.True(EngineDigests.TryOpen(name => name == "DOCKER_HOST" ? engine.Host : null, TimeSpan.FromSeconds(5), trusts ? null : api, out var source, out _));
        Assert.True(ImageReference.TryParse(text, out var reference, out _));
        return await source.ResolveAsync(reference, null, TestContext.Current.CancellationToken);
    }
}
