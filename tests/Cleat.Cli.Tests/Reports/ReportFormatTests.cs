using System.Text.Json;
using Cleat.Cli.Reports;

namespace Cleat.Cli.Tests.Reports;

/// <summary>What reports for services must get right to the letter.</summary>
[Collection(nameof(CurrentFolder))]
public sealed class ReportFormatTests
{
    [Theory]
    [InlineData("100%, a:b", "100%25, a:b", "100%25%2C a%3Ab")]
    [InlineData("%0A", "%250A", "%250A")]
    [InlineData("a\r\nb\rc\nd", "a%0D%0Ab%0Dc%0Ad", "a%0D%0Ab%0Dc%0Ad")]
    [InlineData("::add-mask::x", "::add-mask::x", "%3A%3Aadd-mask%3A%3Ax")]
    [InlineData("\e[31m", "\u241B[31m", "\u241B[31m")]
    [InlineData("ü;=", "ü;=", "ü;=")]
    public void Text_in_a_workflow_command_is_escaped_as_its_runner_reads_it(string text, string data, string property)
    {
        Assert.Equal(data, GitHubReport.Data(text));
        Assert.Equal(property, GitHubReport.Property(text));
    }

    /// <summary>The numbers that GitHub's upload gives for these texts.</summary>
    [Theory]
    [InlineData("", "c129715d7a2bc9a3:1")]
    [InlineData(" a\nb\n  \t\tc\n d", "271789c17abda88f:1 54703d4cd895b18:1 180aee12dab6264:1 a23a3dc5e078b07b:1")]
    [InlineData(" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End", "8b7cf3e952e7aeb2:1 b1ae1287ec4718d9:1 bff680108adb0fcc:1 c6805c5e1288b612:1 b86d3392aea1be30:1 e6ceba753e1a442:1")]
    [InlineData(" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", "e9496ae3ebfced30:1 fb7c023a8b9ccb3f:1 ce8ba1a563dcdaca:1 e20e36e16fcb0cc8:1 b3edc88f2938467e:1 c8e28b0b4002a3a0:1 c129715d7a2bc9a3:1")]
    [InlineData(" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", "e9496ae3ebfced30:1 fb7c023a8b9ccb3f:1 ce8ba1a563dcdaca:1 e20e36e16fcb0cc8:1 b3edc88f2938467e:1 c8e28b0b4002a3a0:1 c129715d7a2bc9a3:1")]
    public void Lines_hash_as_github_hashes_them(string text, string expected) =>
        Assert.Equal(expected.Split(' '), LineHashes.Of(System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Lines_that_begin_alike_for_long_are_counted()
    {
        var line = new string('x', 120);
        Assert.Equal([":1", ":2", ":3", ":1"], LineHashes.Of(System.Text.Encoding.UTF8.GetBytes($"{line}\n{line}\n{line}y\n")).Select(h => h[^2..]));
    }

    [Theory]
    [InlineData("sarif", "\"uri\": \"k8s/web.yaml\"")]
    [InlineData("github", "file=k8s/web.yaml,")]
    [InlineData("gitlab", "\"path\": \"k8s/web.yaml\"")]
    [InlineData("junit", "file=\"k8s/web.yaml\"")]
    [InlineData("markdown", "`k8s/web.yaml:5`")]
    [InlineData("html", "<code>k8s/web.yaml</code>")]
    public async Task Files_are_called_by_their_path_in_the_repository_wherever_a_run_begins(string format, string expected)
    {
        using TemporaryFolder repository = Repository();
        var above = await In(repository.Path, format, "k8s");
        var inside = await In(Path.Combine(repository.Path, "k8s"), format, ".");
        var whole = await In(repository.Path, format, Path.Combine(repository.Path, "k8s"));
        var outside = await In(Path.GetTempPath(), format, Path.Combine(repository.Path, "k8s"));
        Assert.All([above, inside, whole, outside], report => Assert.Contains(expected, report, StringComparison.Ordinal));
        if (format is "sarif" or "gitlab")
        {
            Assert.Equal(Fingerprints(above), Fingerprints(inside));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1, "--fail-on", "warning")]
    [InlineData(1, "--fail-on", "error")]
    [InlineData(0, "--exit-zero")]
    [InlineData(2, "--exit-zero", "--fail-on", "note")]
    [InlineData(2, "--fail-on", "fatal")]
    public async Task What_fails_the_run_is_the_callers_choice(int code, params string[] options)
    {
        using TemporaryFolder repository = Repository();
        Assert.Equal(code, (await InProcess.RunAsync("", ["check", .. options, repository.Path])).Code);
    }

    [Fact]
    public async Task A_note_fails_only_when_asked_and_what_was_not_read_always()
    {
        using TemporaryFolder folder = new();
        folder.Put("Dockerfile", "FROM $BASE\n");
        Assert.Equal(0, (await InProcess.RunAsync("", "check", folder.Path)).Code);
        Assert.Equal(1, (await InProcess.RunAsync("", "check", "--fail-on", "note", folder.Path)).Code);
        folder.Put("cut.yaml", "image: \"nginx\nkind: Pod\napiVersion: v1\nspec: {containers: [{image: \"a\n");
        Assert.Equal(3, (await InProcess.RunAsync("", "check", "--exit-zero", folder.Path)).Code);
    }

    [Fact]
    public async Task In_junit_what_does_not_fail_the_run_is_no_failure()
    {
        using TemporaryFolder repository = Repository();
        Assert.Contains("<failure ", (await InProcess.RunAsync("", "check", "--format", "junit", repository.Path)).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("<failure ", (await InProcess.RunAsync("", "check", "--format", "junit", "--exit-zero", repository.Path)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Foreign_text_is_text_in_a_page_and_in_markdown()
    {
        using TemporaryFolder folder = new();
        folder.Put("a`|<b>@org#1.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: \"<script>alert(1)</script>|`@org/team `x\"\n");
        var page = (await InProcess.RunAsync("", "check", "--format", "html", folder.Path)).Output;
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>@org", page, StringComparison.Ordinal);
        var row = Assert.Single((await InProcess.RunAsync("", "check", "--format", "markdown", folder.Path)).Output.Split('\n'), line => line.StartsWith("| error", StringComparison.Ordinal));
        Assert.Equal(6, row.Replace(@"\|", "", StringComparison.Ordinal).Count(c => c == '|'));
        Assert.Contains(@"``<script>alert(1)</script>\|`@org/team `x``", row, StringComparison.Ordinal);
    }

    private static TemporaryFolder Repository()
    {
        TemporaryFolder repository = new();
        repository.Put(".git/HEAD", "ref: refs/heads/main\n");
        repository.Put("k8s/web.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: nginx:1.27\n");
        return repository;
    }

    private static async Task<string> In(string folder, string format, string path)
    {
        var here = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(folder);
        try
        {
            return (await InProcess.RunAsync("", "check", "--format", format, path)).Output;
        }
        finally
        {
            Directory.SetCurrentDirectory(here);
        }
    }

    private static string?[] Fingerprints(string report)
    {
        using var json = JsonDocument.Parse(report);
        return json.RootElement.ValueKind == JsonValueKind.Array
            ? [.. json.RootElement.EnumerateArray().Select(i => i.GetProperty("fingerprint").GetString())]
            : [.. json.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Select(r => r.GetProperty("partialFingerprints").ToString())];
    }
}
