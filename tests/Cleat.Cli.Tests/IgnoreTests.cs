using System.Text.Json;

namespace Cleat.Cli.Tests;

/// <summary>What ignores do to the verbs and to the reports.</summary>
public sealed class IgnoreTests : IDisposable
{
    private readonly CommandRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task What_is_ignored_does_not_fail_a_check_and_is_counted()
    {
        run.Put("Dockerfile", "# cleat: ignore[unpinned-image] built here\nFROM nginx:1.27\n");
        var (code, output, _) = await CommandRun.Of("check", run.Folder);
        Assert.Equal(0, code);
        Assert.Equal("1 file, 1 reference: 1 unpinned (1 ignored)\n", output);

        (code, output, _) = await CommandRun.Of("check", "--format", "json", run.Folder);
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(1, json.RootElement.GetProperty("summary").GetProperty("ignored").GetInt32());
        var ignored = json.RootElement.GetProperty("references")[0].GetProperty("ignored");
        Assert.Equal(("comment", "built here"), (ignored.GetProperty("by").GetString(), ignored.GetProperty("reason").GetString()));

        (_, output, _) = await CommandRun.Of("check", "--format", "sarif", run.Folder);
        using var sarif = JsonDocument.Parse(output);
        var suppression = sarif.RootElement.GetProperty("runs")[0].GetProperty("results")[0].GetProperty("suppressions")[0];
        Assert.Equal(("inSource", "built here"), (suppression.GetProperty("kind").GetString(), suppression.GetProperty("justification").GetString()));

        (_, output, _) = await CommandRun.Of("list", run.Folder);
        Assert.Contains("ignored by comment: built here", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pin_and_unpin_leave_alone_what_is_ignored()
    {
        const string Text = "FROM nginx:1.27\n# cleat: ignore built here\nFROM nginx:1.27\n# cleat: ignore broken on purpose\nFROM nginx@sha256:12\n";
        run.Put("Dockerfile", Text);
        var layout = Path.Combine(SourceTree.Root, "examples/registry");
        var (code, _, error) = await CommandRun.Of("pin", "--from", layout, run.Folder);
        Assert.Equal((0, ""), (code, error.Contains("error[", StringComparison.Ordinal) ? error : ""));
        var pinned = run.Read("Dockerfile").Split('\n');
        Assert.StartsWith("FROM nginx:1.27@sha256:", pinned[0], StringComparison.Ordinal);
        Assert.Equal(Text.Split('\n')[1..], pinned[1..]);

        // the first pin is now put under an ignore: it stays
        run.Put("Dockerfile", "# cleat: ignore keep the pin\n" + pinned[0] + "\n" + pinned[0] + "\n");
        Assert.Equal(0, (await CommandRun.Of("unpin", run.Folder)).Code);
        Assert.Equal("# cleat: ignore keep the pin\n" + pinned[0] + "\nFROM nginx:1.27\n", run.Read("Dockerfile"));
    }

    [Fact]
    public async Task Notices_are_shown_and_do_not_fail()
    {
        run.Put("Dockerfile", "# cleat: ignore nothing here\n\nFROM scratch\nFROM nginx:1.27@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n");
        var (code, output, _) = await CommandRun.Of("check", run.Folder);
        Assert.Equal(0, code);
        Assert.Contains("Dockerfile:1:3  note  unused-ignore\n  |\n1 | # cleat: ignore nothing here\n  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^\n  = help: this ignore silences nothing", output, StringComparison.Ordinal);

        (code, output, _) = await CommandRun.Of("check", "--format", "json", run.Folder);
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        Assert.Equal("unused-ignore", json.RootElement.GetProperty("notices")[0].GetProperty("rule").GetString());

        (_, output, _) = await CommandRun.Of("check", "--format", "sarif", run.Folder);
        using var sarif = JsonDocument.Parse(output);
        var result = sarif.RootElement.GetProperty("runs")[0].GetProperty("results")[0];
        Assert.Equal(("unused-ignore", "note"), (result.GetProperty("ruleId").GetString(), result.GetProperty("level").GetString()));
    }

    [Theory]
    [InlineData("unused-ignore")]
    [InlineData("ignore-without-reason")]
    public async Task Explain_knows_the_rules_about_ignores(string rule)
    {
        var (code, output, _) = await CommandRun.Of("explain", rule);
        Assert.Equal(0, code);
        Assert.Contains("Fix:", output, StringComparison.Ordinal);
    }
}
