using System.Globalization;

namespace Cleat.Cli.Tests.Verbs;

/// <summary><c>update --to</c>: newer versions of the same shape, out of the registry's list of tags.</summary>
public sealed class UpdateToTests : IAsyncLifetime
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
    public async Task Tag_and_digest_move_together_in_every_style()
    {
        var (one, _) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64");
        var (two, _) = registry.Add("2026-02-01T00:00:00Z", "linux/amd64");
        var (three, _) = registry.Add("2026-03-01T00:00:00Z", "linux/amd64");
        registry.Tag("app:1.27.1", one);
        registry.Tag("app:1.27.9", two);
        registry.Tag("app:1.28.0", three);
        registry.Tag("app:2.0.0", three);
        var image = $"{registry.Host}/app";
        folder.Put("Dockerfile", $"FROM {image}:1.27.1@{one} AS a\nFROM {image}:1.27.1\n");
        folder.Put("pod.yaml", $"apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: \"{image}@{one}\" # {image}:1.27.1\n  - image: {image}@{one} # renovate: tag=1.27.1\n  - image: {image}:1.27.1@{one} # {image}:1.27.1 and a remark\n");
        folder.Put("kustomization.yaml", $"images:\n- name: x\n  newName: {image}\n  newTag: \"1.27.1\"\n  digest: {one}\n- name: y\n  newName: {image}\n  newTag: 1.27.1@{one}\n");

        var (code, output, error) = await UpdateAsync("--to", "patch");
        Assert.True(code == ExitCode.Done, error);
        Assert.Equal($"FROM {image}:1.27.9@{two} AS a\nFROM {image}:1.27.1\n", folder.Read("Dockerfile"));
        Assert.Equal($"apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: \"{image}@{two}\" # {image}:1.27.9\n  - image: {image}@{two} # renovate: tag=1.27.9\n  - image: {image}:1.27.9@{two} # {image}:1.27.9 and a remark\n", folder.Read("pod.yaml"));
        Assert.Equal($"images:\n- name: x\n  newName: {image}\n  newTag: \"1.27.1\"\n  digest: {one}\n- name: y\n  newName: {image}\n  newTag: 1.27.9@{two}\n", folder.Read("kustomization.yaml"));
        Assert.Contains("its tag, which stands apart", error, StringComparison.Ordinal);
        Assert.StartsWith($"{image}:1.27.1  {one[..19]} -> 1.27.9@{two[..19]}  made 2026-02-01", output, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Done, (await UpdateAsync("--to", "minor")).Code);
        Assert.StartsWith($"FROM {image}:1.28.0@{three} AS a\n", folder.Read("Dockerfile"), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await UpdateAsync("--to", "major")).Code);
        // the same image under a newer name is no move
        Assert.StartsWith($"FROM {image}:1.28.0@{three} AS a\n", folder.Read("Dockerfile"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_young_gives_way_to_what_is_not_and_the_own_tag_is_the_last()
    {
        var (one, _) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64");
        var (two, _) = registry.Add("2026-02-01T00:00:00Z", "linux/amd64");
        var (young, _) = registry.Add("2999-01-01T00:00:00Z", "linux/amd64");
        var (undated, _) = registry.Add("", "linux/amd64");
        registry.Tag("app:1.1-alpine", one);
        registry.Tag("app:1.2-alpine", two);
        registry.Tag("app:1.3-alpine", young);
        registry.Tag("app:1.4-alpine", undated);
        registry.Tag("app:1.9", young);
        registry.Tag("only:1.0", two);
        registry.Tag("only:1.1", young);
        folder.Put("Dockerfile", $"FROM {registry.Host}/app:1.1-alpine@{one}\nFROM {registry.Host}/only:1.0@{one}\n");
        var (code, _, error) = await UpdateAsync("--to", "minor", "--min-age", "3d");
        Assert.True(code == ExitCode.Done, error);
        Assert.Equal($"FROM {registry.Host}/app:1.2-alpine@{two}\nFROM {registry.Host}/only:1.0@{two}\n", folder.Read("Dockerfile"));
        Assert.Contains($"{registry.Host}/app:1.3-alpine: not yet: made", error, StringComparison.Ordinal);
        Assert.Contains($"{registry.Host}/app:1.4-alpine: not yet: it does not say when it was made", error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await UpdateAsync("--to", "minor", "--min-age", "3d", "--undated", "move")).Code);
        Assert.StartsWith($"FROM {registry.Host}/app:1.4-alpine@{undated}\n", folder.Read("Dockerfile"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_platform_that_a_newer_image_lacks_keeps_from_it()
    {
        var (_, before) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64=a", "linux/arm64=b");
        var (two, after) = registry.Add("2026-02-01T00:00:00Z", "linux/amd64=c", "linux/arm64=d");
        var (three, _) = registry.Add("2026-03-01T00:00:00Z", "linux/amd64=e");
        registry.Tag("app:1.1", registry.Add("2026-01-01T00:00:00Z", "linux/amd64=a", "linux/arm64=b").Digest);
        registry.Tag("app:1.2", two);
        registry.Tag("app:1.3", three);
        folder.Put("Dockerfile", $"FROM {registry.Host}/app:1.1@{before["linux/arm64"]}\n");
        var (code, _, error) = await UpdateAsync("--to", "minor");
        Assert.Equal((ExitCode.Done, $"FROM {registry.Host}/app:1.2@{after["linux/arm64"]}\n"), (code, folder.Read("Dockerfile")));
        Assert.Contains($"{registry.Host}/app:1.3: passed over: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_is_listed_once_page_by_page()
    {
        var (one, _) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64");
        var (two, _) = registry.Add("2026-02-01T00:00:00Z", "linux/amd64");
        for (var i = 0; i < 250; i++)
        {
            registry.Tag(string.Create(CultureInfo.InvariantCulture, $"team/app:1.{i}.0"), i < 249 ? one : two);
        }

        folder.Put("Dockerfile", $"FROM {registry.Host}/team/app:1.3.0@{one}\nFROM {registry.Host}/team/app:1.4.0@{one}\nFROM {registry.Host}/team/app:1.5.0@{one}\n");
        var (code, _, error) = await UpdateAsync("--to", "minor");
        Assert.True(code == ExitCode.Done, error);
        Assert.Equal(string.Concat(Enumerable.Repeat($"FROM {registry.Host}/team/app:1.249.0@{two}\n", 3)), folder.Read("Dockerfile"));
        Assert.Equal(3, registry.Asked.Count(a => a.Contains("/tags/list", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_tag_that_is_listed_and_gone_is_passed_over_and_no_list_is_an_error()
    {
        var (one, _) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64");
        var (two, _) = registry.Add("2026-02-01T00:00:00Z", "linux/amd64");
        var (gone, _) = registry.Add("2026-03-01T00:00:00Z", "linux/amd64");
        registry.Tag("app:1.1", one);
        registry.Tag("app:1.2", two);
        registry.Tag("app:1.3", gone);
        registry.Remove(gone);
        folder.Put("Dockerfile", $"FROM {registry.Host}/app:1.1@{one}\n");
        var (done, _, said) = await UpdateAsync("--to", "minor");
        Assert.True(done == ExitCode.Done, said);
        Assert.Equal($"FROM {registry.Host}/app:1.2@{two}\n", folder.Read("Dockerfile"));

        var (code, _, error) = await InProcess.RunAsync("", "update", folder.Path, "--to", "minor", "--lock", folder["cleat.lock"]);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("a lock keeps the tags", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pin")]
    [InlineData("unpin")]
    public async Task Only_the_images_that_are_meant_change(string verb)
    {
        var (one, _) = registry.Add("2026-01-01T00:00:00Z", "linux/amd64");
        registry.Tag("team/app:1", one);
        registry.Tag("team/web:1", one);
        registry.Tag("other:1", one);
        var (before, after) = verb == "pin" ? ("", $"@{one}") : ($"@{one}", "");
        folder.Put("Dockerfile", $"FROM {registry.Host}/team/app:1{before}\nFROM {registry.Host}/team/web:1{before}\nFROM {registry.Host}/other:1{before}\n");
        string[] more = verb == "pin" ? ["--plain-http", registry.Host] : [];
        var (code, _, error) = await InProcess.RunAsync("", [verb, folder.Path, "--only", $"{registry.Host}/team", "--skip", $"{registry.Host}/team/web", .. more]);
        Assert.True(code == ExitCode.Done, error);
        Assert.Equal($"FROM {registry.Host}/team/app:1{after}\nFROM {registry.Host}/team/web:1{before}\nFROM {registry.Host}/other:1{before}\n", folder.Read("Dockerfile"));
    }

    private Task<(int Code, string Output, string Error)> UpdateAsync(params string[] more) =>
        InProcess.RunAsync("", ["update", folder.Path, "--plain-http", registry.Host, .. more]);
}
