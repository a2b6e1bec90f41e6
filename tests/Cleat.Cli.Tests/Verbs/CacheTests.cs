namespace Cleat.Cli.Tests.Verbs;

public sealed class CacheTests
{
    [Fact]
    public async Task A_second_pin_of_the_same_tree_asks_again_unless_a_lifetime_is_given()
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
        var (code, _, error) = await InProcess.RunAsync("", [.. pin, "--cache-time", "1h"]);
        Assert.Equal((ExitCode.Done, pinned, asked), (code, folder.Read("Dockerfile"), registry.Asked.Count));
        Assert.Contains($"note: {registry.Host}/app:1 is from the cache, ", error, StringComparison.Ordinal);

        // nothing said, another platform, hashed bytes, no lifetime and no cache ask
        foreach (string[] more in (string[][])[[], ["--cache-time", "1h", "--platform", "linux/amd64"], ["--cache-time", "1h", "--verify"], ["--cache-time", "0"], ["--no-cache"]])
        {
            folder.Put("Dockerfile", text);
            asked = registry.Asked.Count;
            (code, _, error) = await InProcess.RunAsync("", [.. pin, .. more]);
            Assert.Equal(ExitCode.Done, code);
            Assert.DoesNotContain("from the cache", error, StringComparison.Ordinal);
            Assert.True(registry.Asked.Count >= asked + 2, string.Join(' ', more));
        }
    }

    [Fact]
    public async Task A_pin_follows_its_tag_at_once_and_takes_the_older_answer_only_where_there_is_no_other()
    {
        using TemporaryFolder folder = new();
        string[] pin;
        string host, second;
        await using (TagRegistry registry = new())
        {
            host = registry.Host;
            pin = ["pin", folder.Put("Dockerfile", $"FROM {host}/app:1\n"), "--plain-http", host];
            var (first, _) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64");
            (second, _) = registry.Add("2026-02-01T00:00:00Z", "linux/amd64");
            registry.Tag("app:1", first);
            await InProcess.RunAsync("", pin);
            registry.Tag("app:1", second);
            folder.Put("Dockerfile", $"FROM {host}/app:1\n");
            await InProcess.RunAsync("", pin);
            Assert.Equal($"FROM {host}/app:1@{second}\n", folder.Read("Dockerfile"));
        }

        // the registry is gone
        folder.Put("Dockerfile", $"FROM {host}/app:1\n");
        var (code, _, error) = await InProcess.RunAsync("", pin);
        Assert.Equal((ExitCode.Done, $"FROM {host}/app:1@{second}\n"), (code, folder.Read("Dockerfile")));
        Assert.Matches($"note: {host}/app:1 is from the cache, .* old, because its registry gave no answer \\(unreachable: ", error);

        // who wants to know what holds now is told that nobody knows
        Assert.Equal(ExitCode.Incomplete, (await InProcess.RunAsync("", ["verify", folder["Dockerfile"], "--plain-http", host])).Code);
        Assert.Equal(ExitCode.Incomplete, (await InProcess.RunAsync("", ["resolve", $"{host}/app:1", "--plain-http", host])).Code);
        folder.Put("Dockerfile", $"FROM {host}/app:1\n");
        Assert.Equal(ExitCode.Incomplete, (await InProcess.RunAsync("", [.. pin, "--no-cache"])).Code);
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
