using System.Text.Json;

namespace Cleat.Cli.Tests.Verbs;

public sealed class VerifyTests : IAsyncLifetime
{
    private readonly TagRegistry registry = new();
    private readonly TemporaryFolder folder = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await registry.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Good_pins_are_one_calm_line()
    {
        var (one, _) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64");
        registry.Tag("app:1", one);
        folder.Put("Dockerfile", $"FROM {registry.Host}/app:1@{one}\nFROM {registry.Host}/app@{one}\n");
        var (code, output, error) = await VerifyAsync();
        Assert.Equal((ExitCode.Done, "All 2 image references in 1 file are pinned and verified.\n", ""), (code, output, error));
        Assert.Contains($"GET /v2/app/manifests/{one}", registry.Asked);

        var asked = registry.Asked.Count;
        folder.Put("Dockerfile", $"FROM {registry.Host}/app:1@{one}\n");
        Assert.Equal(ExitCode.Done, (await VerifyAsync("--no-hash")).Code);
        Assert.Equal(["HEAD /v2/app/manifests/1"], registry.Asked.Skip(asked));
    }

    [Fact]
    public async Task Each_fact_has_its_rule()
    {
        var (one, _) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64=a", "linux/arm64=b");
        var (two, children) = registry.Add("2026-02-01T00:00:00Z", "linux/amd64=c", "linux/arm64=d");
        registry.Tag("app:1", two);
        var gone = "sha256:" + new string('e', 64);
        folder.Put("Dockerfile", $"FROM {registry.Host}/app:1@{one}\nFROM {registry.Host}/app:1@{gone}\nFROM {registry.Host}/app:none@{two}\nFROM {registry.Host}/app:1@{children["linux/arm64"]}\nFROM {registry.Host}/app:1\n");

        var (code, output, error) = await VerifyAsync("--format", "json");
        Assert.Equal((ExitCode.Findings, ""), (code, error));
        using var json = JsonDocument.Parse(output);
        string?[] Said(string key) => [.. json.RootElement.GetProperty("references").EnumerateArray().Select(r => r.GetProperty(key).GetString())];
        Assert.Equal(["moved-tag", "missing-digest", "tag-digest-mismatch", "single-platform", "unpinned-image"], Said("rule"));
        Assert.Contains($"1 means {two} now", Said("message")[0], StringComparison.Ordinal);
        Assert.Contains("the pin is for linux/arm64 only; the tag 1 is for linux/amd64, linux/arm64", Said("message")[3], StringComparison.Ordinal);

        (code, output, _) = await VerifyAsync();
        Assert.Equal(ExitCode.Findings, code);
        Assert.Contains($"Dockerfile:1:6  warning  moved-tag  {registry.Host}/app:1@{one}\n", output, StringComparison.Ordinal);
        (code, output, _) = await VerifyAsync("--format", "sarif");
        using var sarif = JsonDocument.Parse(output);
        Assert.Equal(5, sarif.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
    }

    [Fact]
    public async Task A_note_does_not_fail_and_config_and_ignores_hold()
    {
        var (two, children) = registry.Add("2026-02-01T00:00:00Z", "linux/amd64=c", "linux/arm64=d");
        var (one, _) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64=a");
        registry.Tag("app:1", two);
        folder.Put("Dockerfile", $"FROM {registry.Host}/app:1@{children["linux/arm64"]}\n# cleat: ignore[moved-tag] next week\nFROM {registry.Host}/app:1@{one}\n");
        var (code, output, _) = await VerifyAsync();
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("single-platform", output, StringComparison.Ordinal);
        Assert.DoesNotContain("unused-ignore", output, StringComparison.Ordinal);

        folder.Put(".cleat.yaml", "rules: { single-platform: error }\n");
        Assert.Equal(ExitCode.Findings, (await VerifyAsync()).Code);

        // offline nobody knows whether the ignore silences something
        Assert.DoesNotContain("unused-ignore", (await InProcess.RunAsync("", "check", folder.Path)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_with_its_own_platform_may_be_pinned_for_that_one()
    {
        var (index, children) = registry.Add("2026-02-01T00:00:00Z", "linux/amd64=c", "linux/arm64=d");
        registry.Tag("app:1", index);
        folder.Put("Dockerfile", $"FROM --platform=linux/arm64 {registry.Host}/app:1@{children["linux/arm64"]}\n");
        folder.Put("compose.yaml", $"services:\n  a: {{ platform: linux/amd64, image: \"{registry.Host}/app:1@{children["linux/amd64"]}\" }}\n");
        var (code, output, error) = await VerifyAsync();
        Assert.Equal((ExitCode.Done, "All 2 image references in 2 files are pinned and verified.\n", ""), (code, output, error));
    }

    [Fact]
    public async Task Other_bytes_under_a_digest_are_never_taken_for_good()
    {
        var (one, _) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64");
        registry.Tag("app:1", one);
        registry.Damage(one);
        folder.Put("Dockerfile", $"FROM {registry.Host}/app:1@{one}\n");
        var (code, _, error) = await VerifyAsync();
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.Contains("error[verify]", error, StringComparison.Ordinal);
        Assert.Contains("the body hashes to", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_knows_what_a_tag_meant()
    {
        var (one, _) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64=a");
        var (two, _) = registry.Add("2026-01-02T00:00:00Z", "linux/amd64=b");
        var (three, _) = registry.Add("2026-01-03T00:00:00Z", "linux/amd64=c");
        registry.Tag("app:1", three);
        folder.Put("Dockerfile", $"FROM {registry.Host}/app:1@{one}\nFROM {registry.Host}/app:1@{two}\n");
        var locked = folder.Put("cleat.lock", $"version: 1\n\n{registry.Host}/app:1:\n  digest: {two}\n  type: application/vnd.oci.image.index.v1+json\n  resolved: 2026-01-02T03:04:05Z\n  from: registry\n");
        var (_, output, _) = await VerifyAsync("--lock", locked);
        Assert.Contains($"Dockerfile:1:6  warning  tag-digest-mismatch  {registry.Host}/app:1@{one}\n", output, StringComparison.Ordinal);
        Assert.Contains($"1 meant {two} on 2026-01-02, as {locked} says, and means {three} now", output, StringComparison.Ordinal);
        Assert.Contains($"Dockerfile:2:6  warning  moved-tag  {registry.Host}/app:1@{two}\n", output, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> VerifyAsync(params string[] more) =>
        InProcess.RunAsync("", ["verify", folder.Path, "--plain-http", registry.Host, .. more]);
}
