using System.Text.Json;
using System.Text;

namespace Cleat.Cli.Tests;

/// <summary>The command line in process: bytes in, bytes and exit code out.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly string work = Directory.CreateTempSubdirectory("cleat-cli").FullName;

    public void Dispose() => Directory.Delete(work, recursive: true);

    [Fact]
    public async Task Json_is_schema_1_and_counts_what_it_lists()
    {
        Put("k8s.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: nginx:1.27\n  - image: $X\n  - image: nginx@sha256:12\n");
        var (code, output, _) = await Run("", "check", "--format", "json", work);
        Assert.Equal(1, code);
        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        Assert.Equal(1, root.GetProperty("schema").GetInt32());
        var summary = root.GetProperty("summary");
        Assert.Equal((3, 0, 1, 1, 1), (Number(summary, "references"), Number(summary, "pinned"), Number(summary, "unpinned"), Number(summary, "malformed"), Number(summary, "dynamic")));
        var first = root.GetProperty("references")[0];
        Assert.Equal("nginx:1.27", first.GetProperty("text").GetString());
        Assert.Equal((5, 12, 56, 10), (Number(first, "line"), Number(first, "column"), Number(first, "offset"), Number(first, "length")));
        Assert.Equal("library/nginx", first.GetProperty("repository").GetString());
        Assert.Equal("spec.containers[0].image", first.GetProperty("path").GetString());
    }

    [Fact]
    public async Task Sarif_has_rules_results_and_fingerprints_that_do_not_follow_lines()
    {
        const string File = "FROM nginx:1.27\n";
        var (code, output, _) = await Run(File, "check", "--format", "sarif", "-", "--stdin-name", "Dockerfile");
        Assert.Equal(1, code);
        using var json = JsonDocument.Parse(output);
        var run = json.RootElement.GetProperty("runs")[0];
        Assert.Equal("2.1.0", json.RootElement.GetProperty("version").GetString());
        Assert.All(run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray(), r => Assert.NotEqual("", r.GetProperty("help").GetProperty("text").GetString()));
        var result = run.GetProperty("results")[0];
        Assert.Equal("unpinned-image", result.GetProperty("ruleId").GetString());
        var region = result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region");
        Assert.Equal((1, 6, 16), (Number(region, "startLine"), Number(region, "startColumn"), Number(region, "endColumn")));

        var (_, moved, _) = await Run("# a line more\n" + File, "check", "--format", "sarif", "-", "--stdin-name", "Dockerfile");
        using var other = JsonDocument.Parse(moved);
        Assert.Equal(Fingerprint(result), Fingerprint(other.RootElement.GetProperty("runs")[0].GetProperty("results")[0]));
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: \"cut", "parse")]
    [InlineData("apiVersion: v1\nkind: Pod\nspec:\n\tcontainers:\n\t- image: x:1\n", "parse")]
    [InlineData("apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: x:1\0\n", "parse")]
    public async Task What_cannot_be_parsed_is_named_and_makes_exit_3(string text, string errorCode)
    {
        Put("bad.yaml", text);
        var (code, _, error) = await Run("", "check", work);
        Assert.Equal(3, code);
        Assert.Contains($"error[{errorCode}]", error, StringComparison.Ordinal);
        Assert.Contains("bad.yaml", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16", true, "UTF-16")]
    [InlineData("utf-16BE", true, "UTF-16")]
    [InlineData("utf-16", false, "UTF-16")]
    [InlineData("utf-16BE", false, "UTF-16")]
    [InlineData("utf-32", true, "UTF-32")]
    public async Task Wide_text_is_said_not_skipped(string name, bool mark, string said)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] text = encoding.GetBytes("apiVersion: v1\nkind: Pod\nspec: {containers: [{image: x}]}\n");
        File.WriteAllBytes(Path.Combine(work, "wide.yaml"), [.. mark ? encoding.GetPreamble() : [], .. text]);
        var (code, _, error) = await Run("", "check", work);
        Assert.Equal(3, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_levels_are_said_and_alias_bombs_stay_small()
    {
        Put("deep.yaml", "apiVersion: v1\nkind: Pod\nspec: {containers: [{image: x:1}], deep: " + new string('[', 10_000) + new string(']', 10_000) + "}\n");
        StringBuilder bomb = new("apiVersion: v1\nkind: Pod\na0: &a0 {image: x:1}\n");
        for (var i = 1; i < 40; i++)
        {
            bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        Put("bomb.yaml", bomb.Append("spec: {containers: *a39}\n").ToString());
        Put("deep.json", "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"containers\": [{\"image\": \"x\"}], \"deep\": " + new string('[', 10_000) + new string(']', 10_000) + "}");
        var (code, _, error) = await Run("", "check", work);
        Assert.Equal(3, code);
        Assert.Contains("deep.yaml", error, StringComparison.Ordinal);
        Assert.Contains("deep.json", error, StringComparison.Ordinal);
        Assert.DoesNotContain("bomb.yaml", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_file_is_read()
    {
        using (var file = File.CreateText(Path.Combine(work, "large.yaml")))
        {
            await file.WriteAsync("apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: first:1\n---\n");
            var line = "# " + new string('x', 1000) + "\n";
            for (var i = 0; i < 100_000; i++)
            {
                await file.WriteAsync(line);
            }

            await file.WriteAsync("---\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: last:2\n");
        }

        var (code, output, _) = await Run("", "list", work);
        Assert.Equal(0, code);
        Assert.Contains("first:1", output, StringComparison.Ordinal);
        Assert.Contains("last:2", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Helm_templates_are_read_and_a_folder_named_like_a_file_is_a_folder()
    {
        Put("chart/Chart.yaml", "apiVersion: v2\nname: c\n");
        Put("chart/templates/web.yaml", "apiVersion: v1\nkind: Pod\nspec: {containers: [{image: {{ .Values.i }}}]}\n");
        Put("x.yaml/pod.yaml", "apiVersion: v1\nkind: Pod\nspec: {containers: [{image: x:1}]}\n");
        var (code, output, _) = await Run("", "check", "--format", "json", work);
        Assert.Equal(1, code);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(1, Number(json.RootElement.GetProperty("summary"), "dynamic"));
        Assert.Equal("helm-template", json.RootElement.GetProperty("references")[0].GetProperty("format").GetString());
        Assert.EndsWith("x.yaml/pod.yaml", json.RootElement.GetProperty("references")[1].GetProperty("file").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tag-digest", "FROM nginx:1.27@sha256:", "k: nginx:1.27@sha256:")]
    [InlineData("digest", "FROM nginx@sha256:", "k: nginx@sha256:")]
    [InlineData("digest-comment", "FROM nginx:1.27@sha256:", " # nginx:1.27 # keep\n")]
    public async Task Styles_write_what_they_say(string style, string docker, string kubernetes)
    {
        const string Pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: nginx:1.27 # keep\n";
        Put("Dockerfile", "FROM nginx:1.27\n");
        Put("pod.yaml", Pod);
        var layout = Path.Combine(SourceTree.Root, "examples/registry");
        Assert.Equal(0, (await Run("", "pin", "--style", style, "--from", layout, work)).Code);
        Assert.Contains(docker, Read("Dockerfile"), StringComparison.Ordinal);
        Assert.Contains(kubernetes.Replace("k: ", "image: ", StringComparison.Ordinal), Read("pod.yaml"), StringComparison.Ordinal);
        Assert.Equal(0, (await Run("", "pin", "--check", "--style", style, "--from", layout, work)).Code);
        // without a tag anywhere there is nothing to go back to
        var pinned = Read("pod.yaml");
        var (code, _, error) = await Run("", "unpin", work);
        Assert.Equal(style == "digest", error.Contains("nothing says which tag it had", StringComparison.Ordinal));
        Assert.Equal(style == "digest" ? (3, pinned) : (0, Pod), (code, Read("pod.yaml")));
    }

    [Fact]
    public async Task A_read_only_file_is_left_whole_and_said()
    {
        Put("Dockerfile", "FROM nginx:1.27\n");
        new FileInfo(Path.Combine(work, "Dockerfile")).IsReadOnly = true;
        var (code, _, error) = await Run("", "pin", "--from", Path.Combine(SourceTree.Root, "examples/registry"), work);
        Assert.Equal(3, code);
        Assert.Contains("error[write]", error, StringComparison.Ordinal);
        Assert.Equal("FROM nginx:1.27\n", Read("Dockerfile"));
    }

    [Fact]
    public async Task What_the_source_does_not_have_is_named()
    {
        Put("Dockerfile", "FROM nobody/knows:1\n");
        var (code, _, error) = await Run("", "pin", "--from", Path.Combine(SourceTree.Root, "examples/registry"), work);
        Assert.Equal(3, code);
        Assert.Contains("Dockerfile:1:6: error[resolve]: nobody/knows:1: not found", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unpinned-image", 0, "Fix:")]
    [InlineData("ghcr.io/acme/app:v1", 0, "repository  acme/app")]
    [InlineData("nginx@sha256:12", 1, "2 hex digits")]
    public async Task Explain_tells_rules_and_references(string topic, int exit, string says)
    {
        var (code, output, _) = await Run("", "explain", topic);
        Assert.Equal(exit, code);
        Assert.Contains(says, output, StringComparison.Ordinal);
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(work, name));

    private void Put(string name, string text)
    {
        var path = Path.Combine(work, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static Task<(int Code, string Output, string Error)> Run(string input, params string[] args) => InProcess.RunAsync(input, args);

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static string? Fingerprint(JsonElement result) => result.GetProperty("partialFingerprints").GetProperty("cleat/v1").GetString();
}
