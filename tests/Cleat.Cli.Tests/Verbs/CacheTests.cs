namespace Cleat.Cli.Tests.Verbs;

public sealed class CacheTests
{
    [Fact]
    public async Task A_second_pin_of_the_same_tree_asks_nothing_and_no_cache_asks()
    {
        await using TagRegistry registry = new();
        using TemporaryFolder folder = new();
        var (digest, _) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64");
        registry.Tag("app:1", digest);
        registry.Tag("app:2", digest);
        var text = $"FROM {registry.Host}/app:1\nFROM {registry.Host}/app:2\n";
        string[] pin = ["pin", folder.Put("Dockerfile", text), "--plain-http", registry.Host];

        Assert.Equal(ExitCode.Done, (await InProcess.RunAsync("", pin)).Code);
        var pinned = folder.Read("Dockerfile");
        var asked = registry.Asked.Count;
        Assert.Equal(2, asked);

        folder.Put("Dockerfile", text);
        Assert.Equal(ExitCode.Done, (await InProcess.RunAsync("", pin)).Code);
        Assert.Equal((pinned, asked), (folder.Read("Dockerfile"), registry.Asked.Count));

        // another platform, hashed bytes, no lifetime and no cache are other questions
        foreach (string[] more in (string[][])[["--platform", "linux/amd64"], ["--verify"], ["--cache-time", "0"], ["--no-cache"]])
        {
            folder.Put("Dockerfile", text);
            asked = registry.Asked.Count;
            Assert.Equal(ExitCode.Done, (await InProcess.RunAsync("", [.. pin, .. more])).Code);
            Assert.True(registry.Asked.Count >= asked + 2, string.Join(' ', more));
        }
    }

    [Fact]
    public async Task Update_and_resolve_do_not_believe_the_cache_and_renew_it()
    {
        await using TagRegistry registry = new();
        using TemporaryFolder folder = new();
        var (first, _) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64");
        var (second, _) = registry.Add("2026-02-01T00:00:00Z", "linux/amd64");
        registry.Tag("app:1", first);
        var file = folder.Put("Dockerfile", $"FROM {registry.Host}/app:1\n");
        string[] http = ["--plain-http", registry.Host];
        await InProcess.RunAsync("", ["pin", file, .. http]);
        registry.Tag("app:1", second);

        Assert.Equal($"{second}\n", (await InProcess.RunAsync("", ["resolve", $"{registry.Host}/app:1", .. http])).Output);
        Assert.Equal(ExitCode.Done, (await InProcess.RunAsync("", ["update", file, .. http])).Code);
        Assert.Equal($"FROM {registry.Host}/app:1@{second}\n", folder.Read("Dockerfile"));

        folder.Put("Dockerfile", $"FROM {registry.Host}/app:1\n");
        await InProcess.RunAsync("", ["pin", file, .. http]);
        Assert.Equal($"FROM {registry.Host}/app:1@{second}\n", folder.Read("Dockerfile"));
    }

    [Theory]
    [InlineData("--cache-time", "soon")]
    [InlineData("--cache-time", "5")]
    public async Task A_wrong_lifetime_ends_the_run(params string[] wrong)
    {
        var (code, _, error) = await InProcess.RunAsync("", ["resolve", "nginx", .. wrong]);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("must be a number with its unit", error, StringComparison.Ordinal);
    }
}
