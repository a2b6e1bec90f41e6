namespace Cleat.Cli.Tests.Verbs;

public sealed class UpdateTests : IAsyncLifetime
{
    private const string Old = "2026-01-01T00:00:00Z";
    private const string New = "2026-02-01T00:00:00Z";

    private readonly TagRegistry registry = new();
    private readonly TemporaryFolder folder = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await registry.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_pin_whose_tag_moved_is_moved_in_its_own_style()
    {
        var (one, _) = registry.Add(Old, "linux/amd64", "linux/arm64");
        var (two, _) = registry.Add(New, "linux/amd64", "linux/arm64");
        registry.Tag("app:1", two);
        var image = $"{registry.Host}/app";
        folder.Put("Dockerfile", $"FROM {image}:1@{one} AS a\nFROM {image}@{one} # note\nFROM {image}:1@{two}\n");
        folder.Put("pod.yaml", $"apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: \"{image}@{one}\" # {image}:1\n");
        folder.Put("kustomization.yaml", $"images:\n- name: x\n  newName: {image}\n  newTag: \"1\"\n  digest: {one}\n");

        var (code, output, error) = await UpdateAsync();

        Assert.True(code == ExitCode.Done, error);
        Assert.Equal($"FROM {image}:1@{two} AS a\nFROM {image}@{one} # note\nFROM {image}:1@{two}\n", folder.Read("Dockerfile"));
        Assert.Equal($"apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: \"{image}@{two}\" # {image}:1\n", folder.Read("pod.yaml"));
        Assert.Equal($"images:\n- name: x\n  newName: {image}\n  newTag: \"1\"\n  digest: {two}\n", folder.Read("kustomization.yaml"));
        Assert.StartsWith($"{image}:1  {one[..19]} -> {two[..19]}  made 2026-02-01, ", output, StringComparison.Ordinal);
        Assert.EndsWith(" ago  5100 B  3 places\n", output, StringComparison.Ordinal);
        Assert.Contains($"Dockerfile:2:6: '{image}@{one}' is left as it is: no tag says what to move it to", error, StringComparison.Ordinal);
        Assert.EndsWith("3 references updated in 3 files\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_did_not_move_costs_one_question_and_changes_nothing()
    {
        var (one, _) = registry.Add(Old, "linux/amd64");
        registry.Tag("app:1", one);
        var text = $"FROM {registry.Host}/app:1@{one}\nFROM {registry.Host}/app:1@{one}\n";
        folder.Put("Dockerfile", text);
        var (code, output, error) = await UpdateAsync();
        Assert.Equal((ExitCode.Done, "", "nothing to update in 1 file\n", text), (code, output, error, folder.Read("Dockerfile")));
        Assert.Equal(["HEAD /v2/app/manifests/1"], registry.Asked);
    }

    [Fact]
    public async Task A_platform_pin_stays_on_its_platform()
    {
        var (_, before) = registry.Add(Old, "linux/amd64=a", "linux/arm64=b");
        var (now, after) = registry.Add(New, "linux/amd64=c", "linux/arm64=d");
        registry.Tag("app:1", now);
        folder.Put("Dockerfile", $"FROM {registry.Host}/app:1@{before["linux/arm64"]}\n");
        var (code, output, _) = await UpdateAsync();
        Assert.Equal((ExitCode.Done, $"FROM {registry.Host}/app:1@{after["linux/arm64"]}\n"), (code, folder.Read("Dockerfile")));
        Assert.Contains("app:1 (linux/arm64)  ", output, StringComparison.Ordinal);

        // and again: nothing more to move
        Assert.Equal("", (await UpdateAsync()).Output);

        // its platform is gone
        registry.Tag("app:1", registry.Add(New, "linux/amd64=e").Digest);
        (code, _, var error) = await UpdateAsync();
        Assert.Equal((ExitCode.Incomplete, $"FROM {registry.Host}/app:1@{after["linux/arm64"]}\n"), (code, folder.Read("Dockerfile")));
        Assert.Contains("has no image for linux/arm64", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Platforms_in_use_that_did_not_change_move_nothing()
    {
        var (one, _) = registry.Add(Old, "linux/amd64=a", "linux/arm64=b");
        var amd = registry.AddSingle(Old, "linux/amd64", "a");
        var (two, now) = registry.Add(Old, "linux/amd64=a", "linux/arm64=c");
        Assert.Equal(amd, now["linux/amd64"]);
        registry.Tag("app:1", two);
        var text = $"FROM {registry.Host}/app:1@{one}\n";
        folder.Put("Dockerfile", text);

        var (code, output, _) = await UpdateAsync("--platforms-in-use", "linux/amd64");
        Assert.Equal((ExitCode.Done, text), (code, folder.Read("Dockerfile")));
        Assert.Contains("stays, not ", output, StringComparison.Ordinal);
        Assert.Contains("nothing changed for linux/amd64", output, StringComparison.Ordinal);

        (code, _, var error) = await UpdateAsync("--platforms-in-use", "linux/s390x,linux/amd64");
        Assert.Equal((ExitCode.Incomplete, text), (code, folder.Read("Dockerfile")));
        Assert.Contains("no image for linux/s390x, and linux/s390x is in use", error, StringComparison.Ordinal);

        (code, _, _) = await UpdateAsync("--platforms-in-use", "linux/amd64,linux/arm64");
        Assert.Equal((ExitCode.Done, $"FROM {registry.Host}/app:1@{two}\n"), (code, folder.Read("Dockerfile")));
    }

    [Fact]
    public async Task What_is_too_young_is_held_back_by_option_or_config()
    {
        var (one, _) = registry.Add(Old, "linux/amd64");
        var (two, _) = registry.Add(TimeProvider.System.GetUtcNow().AddHours(-5).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture), "linux/amd64");
        registry.Tag("app:1", two);
        var text = $"FROM {registry.Host}/app:1@{one}\n";
        folder.Put("Dockerfile", text);

        var (code, output, _) = await UpdateAsync("--min-age", "1d");
        Assert.Equal((ExitCode.Done, text), (code, folder.Read("Dockerfile")));
        Assert.Contains("made 5 hours ago, and the least age is 24 hours", output, StringComparison.Ordinal);

        folder.Put(".cleat.yaml", "pin: { min-age: 3d }\n");
        await UpdateAsync();
        Assert.Equal(text, folder.Read("Dockerfile"));
        await UpdateAsync("--min-age", "1h");
        Assert.Equal($"FROM {registry.Host}/app:1@{two}\n", folder.Read("Dockerfile"));
    }

    [Fact]
    public async Task An_image_without_a_time_is_held_back_when_an_age_is_asked_for()
    {
        var (one, _) = registry.Add(Old, "linux/amd64");
        registry.Tag("app:1", registry.Add("1970-01-01T00:00:00Z", "linux/amd64").Digest);
        folder.Put("Dockerfile", $"FROM {registry.Host}/app:1@{one}\n");
        Assert.Contains("does not say when it was made", (await UpdateAsync("--min-age", "1d")).Output, StringComparison.Ordinal);
        Assert.Equal($"FROM {registry.Host}/app:1@{one}\n", folder.Read("Dockerfile"));
    }

    [Fact]
    public async Task Only_and_skip_choose_at_path_boundaries()
    {
        var (one, _) = registry.Add(Old, "linux/amd64");
        var (two, _) = registry.Add(New, "linux/amd64");
        string[] names = ["team/app", "team/app-tools", "other"];
        foreach (var name in names)
        {
            registry.Tag($"{name}:1", two);
        }

        string Text(params string[] digests) => string.Concat(names.Zip(digests, (n, d) => $"FROM {registry.Host}/{n}:1@{d}\n"));
        folder.Put("Dockerfile", Text(one, one, one));
        await UpdateAsync("--only", $"{registry.Host}/team/app");
        Assert.Equal(Text(two, one, one), folder.Read("Dockerfile"));
        await UpdateAsync("--skip", $"{registry.Host}/team");
        Assert.Equal(Text(two, one, two), folder.Read("Dockerfile"));

        var (code, _, error) = await UpdateAsync("--only", "No Image");
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("--only 'No Image' names no image", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_ignored_stays_and_diff_and_check_write_nothing()
    {
        var (one, _) = registry.Add(Old, "linux/amd64");
        var (two, _) = registry.Add(New, "linux/amd64");
        registry.Tag("app:1", two);
        var text = $"# cleat: ignore[unpinned-image] stays\nFROM {registry.Host}/app:1@{one}\nFROM {registry.Host}/app:1@{one}\n";
        folder.Put("Dockerfile", text);
        var (code, output, _) = await UpdateAsync("--diff");
        Assert.Equal((ExitCode.Findings, text), (code, folder.Read("Dockerfile")));
        Assert.Contains($"-FROM {registry.Host}/app:1@{one}\n+FROM {registry.Host}/app:1@{two}\n", output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Findings, (await UpdateAsync("--check")).Code);
        Assert.Equal(text, folder.Read("Dockerfile"));
        await UpdateAsync();
        Assert.Equal(text[..^72] + two + "\n", folder.Read("Dockerfile"));
    }

    [Fact]
    public async Task The_summary_is_markdown()
    {
        var (one, _) = registry.Add(Old, "linux/amd64");
        var (two, _) = registry.Add(New, "linux/amd64");
        registry.Tag("app:1", two);
        folder.Put("a|b.Dockerfile", $"FROM {registry.Host}/app:1@{one}\n");
        await UpdateAsync("--summary", folder["sum.md"]);
        Assert.Matches($"""
            ^### 1 image moved

            \| Image \| From \| To \| Made \| Size \| Where \|
            \|---\|---\|---\|---\|---\|---\|
            \| `{registry.Host}/app:1` \| `{one}` \| `{two}` \| 2026-02-01, \d+ days ago \| 5100 B \| .*a\\\|b.Dockerfile:1:6 \|
            $
            """.ReplaceLineEndings("\n"), folder.Read("sum.md"));
        await UpdateAsync("--summary", folder["sum.md"]);
        Assert.Equal("### No image moved\n", folder.Read("sum.md"));
    }

    [Fact]
    public async Task The_lock_moves_with_the_files_and_not_with_what_was_held()
    {
        var (one, _) = registry.Add(Old, "linux/amd64");
        var (two, _) = registry.Add(New, "linux/amd64");
        registry.Tag("app:1", one);
        var file = folder.Put("Dockerfile", $"FROM {registry.Host}/app:1\n");
        await InProcess.RunAsync("", "pin", file, "--lock", folder["cleat.lock"], "--plain-http", registry.Host);
        var before = folder.Read("cleat.lock");
        registry.Tag("app:1", two);

        Assert.Equal(ExitCode.Done, (await UpdateAsync("--lock", folder["cleat.lock"], "--min-age", "9000w")).Code);
        Assert.Equal(before, folder.Read("cleat.lock"));
        Assert.Equal(ExitCode.Done, (await UpdateAsync("--lock", folder["cleat.lock"])).Code);
        Assert.Contains($"  digest: {two}\n", folder.Read("cleat.lock"), StringComparison.Ordinal);
        Assert.Equal($"FROM {registry.Host}/app:1@{two}\n", folder.Read("Dockerfile"));
    }

    [Fact]
    public async Task A_tag_that_is_gone_is_an_error_and_stops_no_other()
    {
        var (one, _) = registry.Add(Old, "linux/amd64");
        var (two, _) = registry.Add(New, "linux/amd64");
        registry.Tag("app:1", two);
        folder.Put("Dockerfile", $"FROM {registry.Host}/gone:1@{one}\nFROM {registry.Host}/app:1@{one}\n");
        var (code, _, error) = await UpdateAsync();
        Assert.Equal((ExitCode.Incomplete, $"FROM {registry.Host}/gone:1@{one}\nFROM {registry.Host}/app:1@{two}\n"), (code, folder.Read("Dockerfile")));
        Assert.Contains("Dockerfile:1:6: error[resolve]", error, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> UpdateAsync(params string[] more) =>
        InProcess.RunAsync("", ["update", folder.Path, "--plain-http", registry.Host, .. more]);
}
