using System.Text.RegularExpressions;
using Cleat.Cli.Verbs;
using Cleat.Tests.Registries;

namespace Cleat.Cli.Tests.Verbs;

/// <summary>Pin, check and unpin against a real registry; skopeo is the independent judge of the digests.</summary>
public sealed partial class RegistryTests
{
    private const int Tags = 20;

    [Fact]
    public async Task Pin_asks_once_for_each_tag_and_writes_what_skopeo_says()
    {
        Assert.SkipUnless(LoopbackRegistry.IsInstalled, "docker-registry and skopeo are not installed");
        await using var registry = await LoopbackRegistry.StartAsync();
        var names = await Fill(registry);
        using TemporaryFolder folder = new();
        var docker = string.Concat(names.Select(n => $"FROM {registry.Host}/{n}\n"));
        var pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n" + string.Concat(names.Select(n => $"  - image: \"{registry.Host}/{n}\" # keep\n"));
        folder.Put("Dockerfile", docker);
        folder.Put("k8s/pod.yaml", pod);
        var earlier = registry.AccessLog.Count(IsTag);

        var (code, _, error) = await InProcess.RunAsync("", "pin", "--plain-http", registry.Host, folder.Path);
        Assert.Equal((ExitCode.Done, "40 references pinned in 2 files\n"), (code, error.Replace("\r", "", StringComparison.Ordinal)));
        var asked = await Asked(registry, earlier);
        Assert.Equal(names.Order(StringComparer.Ordinal), asked.Order(StringComparer.Ordinal));

        var said = await Task.WhenAll(names.Select(registry.InspectAsync));
        Assert.Equal(Tags, said.Distinct().Count());
        Assert.Equal(names.Zip(said, (n, d) => $"FROM {registry.Host}/{n}@{d}\n"), folder.Read("Dockerfile").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l + "\n"));
        Assert.All(names.Zip(said), p => Assert.Contains($"  - image: \"{registry.Host}/{p.First}@{p.Second}\" # keep\n", folder.Read("k8s/pod.yaml"), StringComparison.Ordinal));

        Assert.Equal(ExitCode.Done, (await InProcess.RunAsync("", "check", folder.Path)).Code);
        Assert.Equal(ExitCode.Done, (await InProcess.RunAsync("", "unpin", folder.Path)).Code);
        Assert.Equal(docker, folder.Read("Dockerfile"));
        Assert.Equal(pod, folder.Read("k8s/pod.yaml"));
    }

    [Fact]
    public async Task A_tag_that_is_not_there_stops_no_other()
    {
        Assert.SkipUnless(LoopbackRegistry.IsInstalled, "docker-registry and skopeo are not installed");
        await using var registry = await LoopbackRegistry.StartAsync();
        var name = (await Fill(registry, 1))[0];
        using TemporaryFolder folder = new();
        folder.Put("Dockerfile", $"FROM {registry.Host}/{name}\nFROM {registry.Host}/app:gone\n");

        var (code, _, error) = await InProcess.RunAsync("", "pin", "--plain-http", registry.Host, folder.Path);
        Assert.Equal(ExitCode.Incomplete, code);
        Assert.Contains($"Dockerfile:2:6: error[resolve]: {registry.Host}/app:gone: not found", error, StringComparison.Ordinal);
        Assert.Equal($"FROM {registry.Host}/{name}@{await registry.InspectAsync(name)}\nFROM {registry.Host}/app:gone\n", folder.Read("Dockerfile"));
    }

    // the same index with more and more space behind it: so many digests
    private static async Task<List<string>> Fill(LoopbackRegistry registry, int count = Tags)
    {
        SampleImage image = new("linux/amd64", "linux/arm64");
        using TemporaryFolder layout = new();
        image.WriteLayout(layout.Path, "x");
        await registry.PushAsync(layout.Path, "app:first");
        for (var i = 0; i < count; i++)
        {
            await registry.TagAsync("app", $"v{i}", [.. image.Index, .. Enumerable.Repeat((byte)' ', i)], SampleImage.IndexType);
        }

        return [.. Enumerable.Range(0, count).Select(i => $"app:v{i}")];
    }

    private static async Task<List<string>> Asked(LoopbackRegistry registry, int earlier)
    {
        // the registry writes a line after its reply
        for (var i = 0; i < 200 && registry.AccessLog.Count(IsTag) < earlier + Tags; i++)
        {
            await Task.Delay(10);
        }

        await Task.Delay(50);
        return [.. registry.AccessLog.Where(IsTag).Skip(earlier).Select(l => "app:" + Manifest.Match(l).Groups[1].Value)];
    }

    private static bool IsTag(string line) => Manifest.IsMatch(line) && !line.Contains("\"PUT ", StringComparison.Ordinal);

    [GeneratedRegex(@"""(?:GET|HEAD|PUT) /v2/app/manifests/([^ ]+) HTTP")]
    private static partial Regex Manifest { get; }
}
