using System.Diagnostics;
using System.Text.Json;

namespace Cleat.Cli.Tests;

/// <summary>Baselines and changes since a revision.</summary>
public sealed class AdoptionTests : IDisposable
{
    private const string Pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: a:1\n  - image: b:1\n";

    private readonly CommandRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task A_baseline_ignores_what_was_there_wherever_its_lines_move()
    {
        run.Put("k8s/pod.yaml", Pod);
        var (code, _, error) = await CommandRun.Of("check", "--write-baseline", run.At("base.json"), run.Folder);
        Assert.Equal((0, $"2 findings written to {run.At("base.json")}\n"), (code, error));
        run.Put("k8s/pod.yaml", "# moved\n\n" + Pod + "  - image: c:1\n");
        (code, var output, _) = await CommandRun.Of("check", "--baseline", run.At("base.json"), run.Folder);
        Assert.Equal(1, code);
        Assert.Contains("c:1", output, StringComparison.Ordinal);
        Assert.DoesNotContain("a:1", output, StringComparison.Ordinal);
        Assert.Contains("(2 ignored)", output, StringComparison.Ordinal);

        (_, output, _) = await CommandRun.Of("check", "--format", "sarif", "--baseline", run.At("base.json"), run.Folder);
        using var sarif = JsonDocument.Parse(output);
        Assert.Equal("external", sarif.RootElement.GetProperty("runs")[0].GetProperty("results")[0].GetProperty("suppressions")[0].GetProperty("kind").GetString());
    }

    [Fact]
    public async Task An_entry_that_is_there_no_more_is_said_once_its_file_was_read()
    {
        run.Put("k8s/pod.yaml", Pod);
        run.Put("other/Dockerfile", "FROM a:1\n");
        await CommandRun.Of("check", "--write-baseline", run.At("base.json"), run.Folder);
        run.Put("k8s/pod.yaml", Pod.Replace("b:1", "b@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", StringComparison.Ordinal));
        var (code, output, _) = await CommandRun.Of("check", "--baseline", run.At("base.json"), run.At("k8s"));
        Assert.Equal(0, code);
        Assert.Contains("unpinned-image of 'b:1' in k8s/pod.yaml is there no more", output, StringComparison.Ordinal);
        Assert.Single(output.Split('\n'), l => l.Contains("unused-ignore", StringComparison.Ordinal));

        // writing it anew with the old one in force keeps what is still there
        (code, _, var error) = await CommandRun.Of("check", "--baseline", run.At("base.json"), "--write-baseline", run.At("base.json"), run.Folder);
        Assert.Equal((0, $"2 findings written to {run.At("base.json")}\n"), (code, error));
        (_, output, _) = await CommandRun.Of("check", "--baseline", run.At("base.json"), run.Folder);
        Assert.DoesNotContain("unused-ignore", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_finding_twice_is_one_entry_with_its_count()
    {
        run.Put("all.yaml", Pod + "---\n" + Pod);
        await CommandRun.Of("check", "--write-baseline", run.At("base.json"), run.Folder);
        using (var json = JsonDocument.Parse(run.Read("base.json")))
        {
            Assert.Equal([2, 2], json.RootElement.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("count").GetInt32()));
        }

        Assert.Equal(0, (await CommandRun.Of("check", "--baseline", run.At("base.json"), run.Folder)).Code);
        run.Put("all.yaml", Pod + "---\n" + Pod + "---\n" + Pod);
        Assert.Equal(1, (await CommandRun.Of("check", "--baseline", run.At("base.json"), run.Folder)).Code);
        run.Put("all.yaml", Pod);
        var (_, output, _) = await CommandRun.Of("check", "--baseline", run.At("base.json"), run.Folder);
        Assert.Contains("is there no more (1 of 2)", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "no such file")]
    [InlineData("{", "base.json:1:2: not well-formed JSON")]
    [InlineData("[]", "is no baseline")]
    [InlineData("{\"schema\": 2, \"entries\": []}", "is no baseline of this version")]
    [InlineData("{\"schema\": 1, \"entries\": [\n{\"file\": \"x\"}]}", "base.json:2:1: an entry needs")]
    public async Task A_baseline_that_cannot_be_read_is_exit_2(string? text, string says)
    {
        run.Put("Dockerfile", "FROM a:1\n");
        if (text is not null)
        {
            run.Put("base.json", text);
        }

        var (code, output, error) = await CommandRun.Of("check", "--baseline", run.At("base.json"), run.Folder);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Since_tells_only_what_was_added()
    {
        Git("init", "-q");
        run.Put("pod.yaml", Pod);
        run.Put("same.yaml", Pod);
        run.Put("old name.yaml", Pod);
        Git("add", "-A");
        Git("commit", "-qm", "first");
        run.Put("pod.yaml", Pod + "  - image: c:1\n  - image: d:1 # cleat: ignore known\n");
        Git("mv", "old name.yaml", "new name.yaml");
        run.Put("new name.yaml", Pod.Replace("b:1", "e:1", StringComparison.Ordinal));
        Git("add", "-A");
        Git("commit", "-qm", "second");
        // not yet staged, and not yet known to git
        run.Put("same.yaml", Pod.Replace("a:1", "f:1", StringComparison.Ordinal));
        run.Put("ä \"new\".yaml", Pod.Replace("a:1", "g:1", StringComparison.Ordinal));

        Assert.Equal(["e:1", "c:1", "d:1", "f:1", "g:1", "b:1"], await Texts("HEAD~1"));
        Assert.Equal(["f:1", "g:1", "b:1"], await Texts("HEAD"));
    }

    [Fact]
    public async Task Since_tells_of_an_ignore_that_silences_nothing_only_where_it_was_added()
    {
        Git("init", "-q");
        run.Put("pod.yaml", Pod + "  # cleat: ignore[unpinned-image] of old\n  - image: c@sha256:" + new string('0', 64) + "\n");
        Git("add", "-A");
        Git("commit", "-qm", "first");
        run.Put("pod.yaml", await File.ReadAllTextAsync(run.At("pod.yaml"), TestContext.Current.CancellationToken) + "  # cleat: ignore[unpinned-image] of now\n  - image: d@sha256:" + new string('0', 64) + "\n");
        var (_, output, _) = await CommandRun.Of("check", "--since", "HEAD", run.Folder);
        Assert.Contains("of now", output, StringComparison.Ordinal);
        Assert.DoesNotContain("of old", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Since_with_no_change_is_calm_and_a_broken_file_elsewhere_does_not_matter()
    {
        Git("init", "-q");
        run.Put("pod.yaml", Pod);
        run.Put("bad.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: \"cut");
        Git("add", "-A");
        Git("commit", "-qm", "first");
        Assert.Equal(0, (await CommandRun.Of("check", "--since", "HEAD", run.Folder)).Code);
        Assert.Equal(3, (await CommandRun.Of("check", run.Folder)).Code);
    }

    [Fact]
    public async Task Since_needs_a_repository_and_a_revision()
    {
        run.Put("pod.yaml", Pod);
        var (code, _, error) = await CommandRun.Of("check", "--since", "HEAD", run.Folder);
        Assert.Equal(2, code);
        Assert.Contains("not a git repository", error, StringComparison.Ordinal);

        Git("init", "-q");
        foreach (var revision in (string[])["nowhere", "--output=x"])
        {
            (code, _, error) = await CommandRun.Of("check", "--since=" + revision, run.Folder);
            Assert.Equal(2, code);
            Assert.Contains($"'{revision}' is no revision of", error, StringComparison.Ordinal);
        }

        Assert.Equal(2, (await CommandRun.Of("check", "--since", "HEAD", "-")).Code);
        Assert.Equal(2, (await CommandRun.Of("check", "--since", "HEAD", "--write-baseline", "x", run.Folder)).Code);
    }

    private async Task<IEnumerable<string?>> Texts(string revision)
    {
        var (_, output, error) = await CommandRun.Of("check", "--format", "json", "--since", revision, run.Folder);
        Assert.Equal("", error);
        using var json = JsonDocument.Parse(output);
        return [.. json.RootElement.GetProperty("references").EnumerateArray().Select(r => r.GetProperty("text").GetString())];
    }

    private void Git(params string[] args)
    {
        using var git = Process.Start(new ProcessStartInfo("/usr/bin/git", ["-C", run.Folder, "-c", "user.name=t", "-c", "user.email=t@example.com", .. args]))!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}
