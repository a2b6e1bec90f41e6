using System.Text.Json;
using System.Text;

namespace Cleat.Cli.Tests;

/// <summary>A base is covered by the overlay that pins it: no finding, nothing to rewrite.</summary>
public sealed class KustomizeTests : IDisposable
{
    private const string D = "sha256:5555555555555555555555555555555555555555555555555555555555555555";

    private readonly string work = Directory.CreateTempSubdirectory("cleat-kustomize").FullName;

    public KustomizeTests()
    {
        Put("base/kustomization.yaml", "resources:\n- pod.yaml\n");
        Put("base/pod.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: nginx:1.27\n");
        Put("prod/kustomization.yaml", $"resources:\n- ../base\nimages:\n- name: nginx\n  digest: {D}\n");
    }

    public void Dispose() => Directory.Delete(work, recursive: true);

    [Fact]
    public async Task What_an_overlay_pins_is_no_violation()
    {
        var (code, output) = await Run("check", "--format", "json", work);
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(1, json.RootElement.GetProperty("summary").GetProperty("covered").GetInt32());
        var covered = json.RootElement.GetProperty("references").EnumerateArray().Single(r => r.GetProperty("format").GetString() == "kubernetes");
        Assert.Equal(JsonValueKind.Null, covered.GetProperty("rule").ValueKind);
        Assert.EndsWith("prod/kustomization.yaml", covered.GetProperty("coveredBy").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_overlay_with_a_tag_is_told_where_the_tag_stands_and_once()
    {
        Put("test/kustomization.yaml", "resources:\n- ../base\nimages:\n- name: nginx\n  newTag: v2\n");
        var (code, output) = await Run("check", work);
        Assert.Equal(1, code);
        Assert.Contains("test/kustomization.yaml", output, StringComparison.Ordinal);
        Assert.DoesNotContain("base/pod.yaml", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pin_leaves_what_is_covered_as_it_is()
    {
        var (code, _) = await Run("pin", "--check", work);
        Assert.Equal(0, code);
    }

    private void Put(string name, string text)
    {
        var path = Path.Combine(work, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
    }

    private static async Task<(int Code, string Output)> Run(params string[] args)
    {
        using MemoryStream input = new(), output = new();
        using StringWriter error = new();
        return (await CleatCommand.RunAsync(args, new Terminal(input, output, error, OutIsTerminal: false, ErrorIsTerminal: false)), Encoding.UTF8.GetString(output.ToArray()));
    }
}
