using System.Text.Json;

namespace Cleat.Cli.Tests.Verbs;

/// <summary><c>cleat fn</c>: what an orchestrator gives comes back with digests and results, and nothing else changed.</summary>
public sealed class FunctionTests
{
    private static readonly string Digests = Path.Combine(SourceTree.Root, "examples", "registry");

    private const string List = """
        apiVersion: config.kubernetes.io/v1
        kind: ResourceList
        # a comment
        items:
        - apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
            namespace: shop
            annotations: {internal.config.kubernetes.io/path: web.yaml, internal.config.kubernetes.io/index: '2', internal.config.kubernetes.io/id: '1'}
          spec:
            template:
              spec:
                containers:
                - {name: web, image: "nginx:1.27"} # keep me
        functionConfig:
          apiVersion: v1
          kind: Pod
          metadata: {name: config}
          spec: {containers: [{name: a, image: "redis:7.4"}]}

        """;

    [Fact]
    public async Task Items_are_pinned_in_place_and_results_are_written_behind()
    {
        var (code, output, error) = await InProcess.RunAsync(List, "fn", "--from", Digests);
        Assert.Equal((0, ""), (code, error));
        var results = output.IndexOf("\nresults:\n", StringComparison.Ordinal);
        Assert.Matches("image: \"nginx:1\\.27@sha256:[0-9a-f]{64}\"} # keep me", output);
        Assert.Equal(List.TrimEnd(), System.Text.RegularExpressions.Regex.Replace(output[..results], "@sha256:[0-9a-f]{64}", ""));
        using var result = JsonDocument.Parse(output[(results + "\nresults:\n- ".Length)..]);
        Assert.Equal("spec.template.spec.containers[0].image", result.RootElement.GetProperty("field").GetProperty("path").GetString());
        Assert.Equal(("web.yaml", 2), (result.RootElement.GetProperty("file").GetProperty("path").GetString(), result.RootElement.GetProperty("file").GetProperty("index").GetInt32()));
        Assert.Equal("shop", result.RootElement.GetProperty("resourceRef").GetProperty("namespace").GetString());
        Assert.Equal("info", result.RootElement.GetProperty("severity").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_check_changes_nothing_and_fails(bool byFlag)
    {
        var list = byFlag ? List : List.Replace("  kind: Pod\n  metadata: {name: config}\n", "  kind: ConfigMap\n  data: {mode: check}\n", StringComparison.Ordinal);
        var (code, output, error) = await InProcess.RunAsync(list, byFlag ? ["fn", "--check"] : ["fn"]);
        Assert.Equal(1, code);
        Assert.StartsWith(list.TrimEnd() + "\nresults:\n- ", output, StringComparison.Ordinal);
        Assert.Contains("\"severity\":\"error\"", output, StringComparison.Ordinal);
        Assert.Contains("items[0].spec.template.spec.containers[0].image: unpinned-image: nginx:1.27", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_resolved_is_an_error_of_its_place()
    {
        var (code, output, error) = await InProcess.RunAsync(List.Replace("nginx:1.27", "nowhere:1", StringComparison.Ordinal), "fn", "--from", Digests);
        Assert.Equal(1, code);
        Assert.Contains("\"severity\":\"error\"", output, StringComparison.Ordinal);
        Assert.Contains("nowhere:1", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_in_JSON_stays_JSON()
    {
        var (code, output, _) = await InProcess.RunAsync("""{"apiVersion":"config.kubernetes.io/v1","kind":"ResourceList","items":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"image":"nginx:1.27"}]}}]}""", "fn", "--from", Digests);
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        Assert.Contains("@sha256:", json.RootElement.GetProperty("items")[0].GetProperty("spec").GetProperty("containers")[0].GetProperty("image").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, json.RootElement.GetProperty("results").GetArrayLength());
    }

    [Theory]
    [InlineData("kind: Pod\n")]
    [InlineData("")]
    [InlineData("a: [\n")]
    [InlineData("apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: []\nfunctionConfig: {data: {mode: other}}\n")]
    public async Task What_is_no_list_is_refused(string text)
    {
        var (code, output, error) = await InProcess.RunAsync(text, "fn", "--from", Digests);
        Assert.Equal((2, ""), (code, output));
        Assert.NotEmpty(error);
    }
}
