using System.Diagnostics;

namespace Cleat.EndToEnd.Kustomize;

/// <summary><c>cleat fn</c> as a real kustomize runs it.</summary>
public sealed class RealFunctionTests : IDisposable
{
    private static readonly string Program = Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/root", ".cache", "cleat-kustomize", "kustomize");

    private readonly string work = Directory.CreateTempSubdirectory("cleat-fn-").FullName;

    public RealFunctionTests() => Assert.SkipUnless(File.Exists(Program), "there is no kustomize: run tests/tools/kustomize");

    public void Dispose() => Directory.Delete(work, recursive: true);

    [Theory]
    [InlineData("pin", 0)]
    [InlineData("check", 1)]
    public async Task Every_item_of_a_build_is_pinned_or_checked(string mode, int code)
    {
        Put("cleat", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "cleat.dll")}' fn --from '{Path.Combine(SourceTree.Root, "examples", "registry")}'\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(work, "cleat"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Put("kustomization.yaml", "resources: [web.yaml]\ntransformers: [pin.yaml]\nimages:\n- {name: nginx, newTag: \"1.27\"}\n");
        Put("web.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n      - image: nginx:1.20 # the web server\n        name: web\n");
        Put("pin.yaml", $"""
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: pin
              annotations:
                config.kubernetes.io/function: |
                  exec:
                    path: ./cleat
            data: {"{"}mode: {mode}{"}"}
            """);
        using var process = Process.Start(new ProcessStartInfo(Program, ["build", "--enable-alpha-plugins", "--enable-exec", "."]) { WorkingDirectory = work, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == code, await error);
        if (mode == "pin")
        {
            Assert.Matches("- image: nginx:1\\.27@sha256:[0-9a-f]{64}( # the web server)?\n", output);
            Assert.DoesNotContain("results", output, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains("unpinned-image: nginx:1.27", await error, StringComparison.Ordinal);
        }
    }

    private void Put(string name, string text) => File.WriteAllText(Path.Combine(work, name), text);
}
