namespace Cleat.Cli.Tests;

/// <summary>What the config does to the verbs.</summary>
public sealed class ConfigTests : IDisposable
{
    private const string Pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: nginx:1.27\n  - image: $X\n";

    private static readonly string Layout = Path.Combine(SourceTree.Root, "examples/registry");

    private readonly CommandRun run = new();

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData("rules: {unpinned-image: off}", 0, "1 unpinned", "unpinned-image")]
    [InlineData("rules: {unpinned-image: note}", 0, "note  unpinned-image", "error")]
    [InlineData("rules: {unpinned-image: warning}", 1, "warning  unpinned-image", "error")]
    [InlineData("rules: {dynamic-image: error, unpinned-image: off}", 1, "error  dynamic-image", "unpinned-image")]
    [InlineData("rules: {dynamic-image: off}", 1, "error  unpinned-image", "dynamic-image")]
    [InlineData("exclude: [k8s/]", 0, "No image references in 1 file.", "nginx")]
    [InlineData("exclude: [k8s/**]", 0, "No image references in 1 file.", "nginx")]
    [InlineData("exempt: [{image: nginx, reason: r}]", 0, "(1 ignored)", "unpinned-image")]
    [InlineData("exempt: [{file: k8s, reason: r}]", 0, "(2 ignored)", "dynamic-image")]
    [InlineData("exempt: [{file: /pod.yaml, reason: r}]", 1, "error  unpinned-image", "ignored")]
    [InlineData("exempt: [{image: nginx, rule: dynamic-image, reason: r}]", 1, "error  unpinned-image", "ignored")]
    [InlineData("exempt: [{image: nginx}]", 0, "note  ignore-without-reason", "unpinned-image")]
    [InlineData("exempt: [{image: nginx, reason: r, until: 2020-01-01}]", 1, "this exemption held until 2020-01-01", "(1 ignored)")]
    public async Task Check_does_as_the_config_says(string config, int exit, string says, string saysNot)
    {
        run.Put(".cleat.yaml", config + "\n");
        run.Put("k8s/pod.yaml", Pod);
        var (code, output, error) = await CommandRun.Of("check", run.Folder);
        Assert.Equal("", error);
        Assert.Equal(exit, code);
        Assert.Contains(says, output, StringComparison.Ordinal);
        Assert.DoesNotContain(saysNot, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_found_upward_and_not_beyond_the_repository()
    {
        run.Put("repo/pod.yaml", Pod);
        run.Put(".cleat.yaml", "rules: {unpinned-image: off}\n");
        Assert.Equal(0, (await CommandRun.Of("check", run.At("repo/pod.yaml"))).Code);
        run.Put("repo/.git/HEAD", "ref: refs/heads/main\n");
        Assert.Equal(1, (await CommandRun.Of("check", run.At("repo/pod.yaml"))).Code);
        Assert.Equal(0, (await CommandRun.Of("check", "--config", run.At(".cleat.yaml"), run.At("repo/pod.yaml"))).Code);
    }

    [Fact]
    public async Task What_is_wrong_is_one_line_and_exit_2()
    {
        run.Put("pod.yaml", Pod);
        run.Put(".cleat.yaml", "# ours\npin:\n  styles: digest\n");
        var (code, output, error) = await CommandRun.Of("check", run.Folder);
        Assert.Equal((2, ""), (code, output));
        Assert.Equal($"cleat: {run.At(".cleat.yaml")}:3:3: unknown key 'styles'; did you mean 'style'?\n", error);
        (code, _, error) = await CommandRun.Of("check", "--config", run.At("none.yaml"), run.Folder);
        Assert.Equal((2, $"cleat: {run.At("none.yaml")}: no such file\n"), (code, error));
    }

    [Fact]
    public async Task Pin_takes_its_style_from_the_config_and_leaves_the_exempt_alone()
    {
        run.Put(".cleat.yaml", "pin: {style: digest}\nexempt: [{file: Dockerfile.base, reason: r}]\n");
        run.Put("Dockerfile", "FROM nginx:1.27\n");
        run.Put("Dockerfile.base", "FROM nginx:1.27\n");
        Assert.Equal(0, (await CommandRun.Of("pin", "--from", Layout, run.Folder)).Code);
        Assert.StartsWith("FROM nginx@sha256:", run.Read("Dockerfile"), StringComparison.Ordinal);
        Assert.Equal("FROM nginx:1.27\n", run.Read("Dockerfile.base"));

        // the command line wins
        run.Put("Dockerfile", "FROM nginx:1.27\n");
        Assert.Equal(0, (await CommandRun.Of("pin", "--style", "tag-digest", "--from", Layout, run.Folder)).Code);
        Assert.StartsWith("FROM nginx:1.27@sha256:", run.Read("Dockerfile"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Formats_of_the_config_are_read_and_pinned_and_leave_the_rest_to_the_built_in_ones()
    {
        run.Put(".cleat.yaml", "formats: [{name: our-deploy, files: [\"deploy/*.yml\", \"*.cfg\", \"*.toml\"], paths: [\"app.image\", \"workers[].image\"]}]\n");
        run.Put("deploy/a.yml", "app:\n  image: nginx:1.27\nworkers:\n- image: nginx:1.27\nother:\n  image: nginx:1.27\n");
        run.Put("deploy/pod.yml", "apiVersion: v1\nkind: Pod\nspec: {containers: [{image: x:1}]}\n");
        run.Put("our.cfg", "{\"app\": {\"image\": \"y:2\"}}\n");
        run.Put("our.toml", "[app]\nimage = \"z:3\"\n");
        var (_, output, _) = await CommandRun.Of("list", "--format", "json", run.Folder);
        using var json = System.Text.Json.JsonDocument.Parse(output);
        Assert.Equal(
            ["our-deploy app.image nginx:1.27", "our-deploy workers[0].image nginx:1.27", "kubernetes spec.containers[0].image x:1", "our-deploy app.image y:2", "our-deploy app.image z:3"],
            json.RootElement.GetProperty("references").EnumerateArray().Select(r => $"{r.GetProperty("format")} {r.GetProperty("path")} {r.GetProperty("text")}"));
        Assert.Equal(0, (await CommandRun.Of("pin", "--from", Layout, run.At("deploy/a.yml"))).Code);
        Assert.Equal(2, run.Read("deploy/a.yml").Split("nginx:1.27@sha256:").Length - 1);
    }

    [Fact]
    public async Task A_ca_file_of_the_config_that_is_not_there_is_told()
    {
        run.Put(".cleat.yaml", "registries: {registry.corp.example: {ca-file: corp.pem}}\n");
        run.Put("Dockerfile", "FROM registry.corp.example/a:1\n");
        var (code, _, error) = await CommandRun.Of("pin", "--config", run.At(".cleat.yaml"), run.Folder);
        Assert.Equal(2, code);
        Assert.Contains(run.At("corp.pem"), error, StringComparison.Ordinal);
        (code, _, error) = await CommandRun.Of("resolve", "--config", run.At(".cleat.yaml"), "registry.corp.example/a:1");
        Assert.Equal(2, code);
        Assert.Contains(run.At("corp.pem"), error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_is_printed()
    {
        var (code, output, _) = await CommandRun.Of("schema");
        Assert.Equal(0, code);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "schema/cleat.schema.json"), TestContext.Current.CancellationToken), output);
    }
}
