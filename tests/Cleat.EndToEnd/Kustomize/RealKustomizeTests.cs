using System.Diagnostics;
using System.Text.RegularExpressions;
using Cleat.Cli.Tests;

namespace Cleat.EndToEnd.Kustomize;

/// <summary>What Cleat writes into a kustomization is what a real kustomize builds from it; <c>tests/tools/kustomize</c> fetches one.</summary>
public sealed partial class RealKustomizeTests : IDisposable
{
    private static readonly string Program = Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/root", ".cache", "cleat-kustomize", "kustomize");
    private static readonly string Digests = Path.Combine(SourceTree.Root, "examples", "registry");

    private readonly string work = Directory.CreateTempSubdirectory("cleat-kustomize-").FullName;

    public RealKustomizeTests()
    {
        Assert.SkipUnless(File.Exists(Program), "there is no kustomize: run tests/tools/kustomize");
        Put("base/kustomization.yaml", "resources: [web.yaml]\n");
        Put("base/web.yaml", """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              template:
                spec:
                  containers:
                  - {name: web, image: "nginx:1.27"}
                  initContainers:
                  - {name: wait, image: "busybox:1.36"}

            """);
    }

    public void Dispose() => Directory.Delete(work, recursive: true);

    [Fact]
    public async Task What_is_built_differs_in_the_digests_alone()
    {
        Put("prod/kustomization.yaml", """
            resources: [../base]
            images:
            - name: busybox
              newName: ghcr.io/acme/metrics
              newTag: v2
            patches:
            - path: added.yaml
              target: {kind: Deployment}
            - target: {kind: Deployment}
              patch: >-
                [{"op": "replace", "path": "/spec/template/spec/containers/0/image",
                "value": "redis:7.4"}]
            - patch: "- op: add\n  path: /spec/template/spec/containers/-\n  value: {name: c, image: nginx:1.27}\n"
              target: {kind: Deployment}
            - patch: |-
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec: {template: {spec: {
                  containers: [{name: d, image: "nginx:1.27"}], # laid over
                }}}
            patchesStrategicMerge:
            - |
              apiVersion: apps/v1
              kind: Deployment
              metadata: {name: web}
              spec: {template: {spec: {containers: [{name: e, image: "redis:7.4"}]}}}
            patchesJson6902:
            - target: {group: apps, version: v1, kind: Deployment, name: web}
              patch: |-
                - {op: add, path: /spec/template/spec/initContainers/-, value: {name: f, image: "redis:7.4"}}

            """);
        Put("prod/added.yaml", "- op: add\n  path: /spec/template/spec/containers/-\n  value:\n    name: b\n    image: ghcr.io/acme/metrics:v2\n");
        var before = await BuildAsync("prod");
        Assert.Equal(7, Images(before).Count);

        Assert.Equal(0, (await InProcess.RunAsync("", "pin", "--from", Digests, work)).Code);
        var after = await BuildAsync("prod");
        Assert.Equal(before, Image().Replace(after, "$1"));
        Assert.All(Images(after), image => Assert.Matches("@sha256:[0-9a-f]{64}$", image));
        var images = Images(after).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["ghcr.io/acme/metrics:v2", "nginx:1.27", "redis:7.4"], images.Select(i => i[..i.IndexOf('@', StringComparison.Ordinal)]));
        Assert.Equal(0, (await InProcess.RunAsync("", "check", work)).Code);

        Assert.Equal(0, (await InProcess.RunAsync("", "unpin", work)).Code);
        Assert.Equal(before, await BuildAsync("prod"));
    }

    [Fact]
    public async Task What_is_covered_is_built_with_digests()
    {
        Put("prod/kustomization.yaml", """
            resources: [../base]
            images:
            - name: nginx
              newTag: "1.27"
            - name: busybox
              newTag: "1.36"
            - name: redis
              newTag: "7.4"

            """);
        Assert.Equal(0, (await InProcess.RunAsync("", "pin", "--from", Digests, $"{work}/prod")).Code);
        Put("base/metrics.yaml", "apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {name: metrics}\nspec: {image: 'nginx:1.20'}\n");
        Put("base/fields.yaml", "images:\n- {path: spec/image, kind: Prometheus}\n");
        Put("base/kustomization.yaml", "resources: [web.yaml, metrics.yaml]\nconfigurations: [fields.yaml]\n");
        await File.AppendAllTextAsync($"{work}/prod/kustomization.yaml", """
            patches:
            - path: added.yaml
              target: {kind: Deployment}
            - patch: |-
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec: {template: {spec: {containers: [{name: c, image: "redis:7.0"}]}}}

            """, TestContext.Current.CancellationToken);
        Put("prod/added.yaml", "[{\"op\": \"add\", \"path\": \"/spec/template/spec/containers/-\", \"value\": {\"name\": \"b\", \"image\": \"redis:7.1\"}}]\n");
        var (code, output, _) = await InProcess.RunAsync("", "check", "--format", "json", work);
        Assert.Equal(0, code);
        Assert.Contains("\"covered\": 5", output, StringComparison.Ordinal);
        var built = Images(await BuildAsync("prod"));
        Assert.Equal(5, built.Count);
        Assert.All(built, image => Assert.Matches("@sha256:[0-9a-f]{64}$", image));
    }

    [Fact]
    public async Task Argo_CDs_arguments_mean_the_same_with_a_digest()
    {
        Put("app.yaml", """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: shop}
            spec:
              source:
                kustomize:
                  images:
                  - nginx:1.27
                  - busybox=ghcr.io/acme/metrics:v2

            """);
        var before = await SetImagesAsync();
        Assert.Equal(["nginx:1.27", "ghcr.io/acme/metrics:v2"], before);
        Assert.Equal(0, (await InProcess.RunAsync("", "pin", "--from", Digests, $"{work}/app.yaml")).Code);
        var after = await SetImagesAsync();
        Assert.Equal(before, after.Select(i => Image().Replace(i, "$1")));
        Assert.All(after, image => Assert.Matches("@sha256:[0-9a-f]{64}$", image));
    }

    // as Argo CD does it: `kustomize edit set image` with each entry, then a build
    private async Task<List<string>> SetImagesAsync()
    {
        Put("argo/kustomization.yaml", "resources: [../base]\n");
        var arguments = (await File.ReadAllLinesAsync($"{work}/app.yaml")).Select(l => l.Trim()).Where(l => l.StartsWith("- ", StringComparison.Ordinal)).Select(l => l[2..]);
        await RunAsync($"{work}/argo", ["edit", "set", "image", .. arguments]);
        return Images(await BuildAsync("argo"));
    }

    private Task<string> BuildAsync(string folder) => RunAsync(work, "build", folder);

    private static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await error);
        return output;
    }

    private static List<string> Images(string built) => [.. built.Split('\n').Where(l => l.Contains("image: ", StringComparison.Ordinal)).Select(l => l[(l.IndexOf("image: ", StringComparison.Ordinal) + 7)..])];

    private void Put(string name, string text)
    {
        var path = Path.Combine(work, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    [GeneratedRegex("([a-z./]+:[a-z0-9.]+)@sha256:[0-9a-f]{64}")]
    private static partial Regex Image();
}
