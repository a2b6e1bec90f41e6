using System.Diagnostics;
using System.Text.Json;
using Cleat.Cli.Tests;

namespace Cleat.EndToEnd.Docker;

/// <summary>Debian's Podman answers the same API: what it pulled and what a container was made from are seen.</summary>
public sealed class RealPodmanTests(RealEngine engine) : IClassFixture<RealEngine>
{
    [Fact]
    public async Task Podmans_containers_are_seen_with_their_digests()
    {
        var digest = await engine.PushAsync("podman/web:1", "podman");
        var name = $"{engine.Registry}/podman/web:1";
        var folder = Directory.CreateTempSubdirectory("cleat-podman-").FullName;
        string[] own = ["--root", $"{folder}/root", "--runroot", $"{folder}/run", "--tmpdir", $"{folder}/tmp", "--storage-driver", "vfs", "--cgroup-manager", "cgroupfs", "--events-backend", "file"];
        Process? service = null;
        try
        {
            service = Process.Start(new ProcessStartInfo("podman", [.. own, "system", "service", "--time", "0", $"unix://{folder}/podman.sock"]) { RedirectStandardError = true });
            var podman = $"podman {string.Join(' ', own)}";
            await RealEngine.ShellAsync($"{podman} pull --quiet --tls-verify=false {name}");
            await RealEngine.ShellAsync($"{podman} create --network none --name web {name}");
            for (var i = 0; i < 300 && !File.Exists($"{folder}/podman.sock"); i++)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }

            var (code, output, error) = await InProcess.RunAsync("", "docker", "--host", $"unix://{folder}/podman.sock", "--format", "json");
            Assert.Equal((1, ""), (code, error));
            using var json = JsonDocument.Parse(output);
            var seen = Assert.Single(json.RootElement.GetProperty("references").EnumerateArray());
            Assert.Equal(("web", name, "unpinned"), (seen.GetProperty("object").GetProperty("name").GetString(), seen.GetProperty("text").GetString(), seen.GetProperty("verdict").GetString()));
            Assert.Equal(digest, seen.GetProperty("pin").GetProperty("digest").GetString());
            Assert.StartsWith($"podman --url unix://{folder}/podman.sock pull ", seen.GetProperty("fix")[0].GetString(), StringComparison.Ordinal);
        }
        finally
        {
            service?.Kill(entireProcessTree: true);
            service?.Dispose();
            await RealEngine.ShellAsync($"cut -d' ' -f2 /proc/mounts | grep '^{folder}/' | sort -r | xargs -r umount --lazy; rm -rf {folder}");
        }
    }
}
