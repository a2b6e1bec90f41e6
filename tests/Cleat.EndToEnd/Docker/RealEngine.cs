using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Net;
using Cleat.Cli.Tests;
using Cleat.Tests.Registries;

namespace Cleat.EndToEnd.Docker;

/// <summary>Debian's <c>dockerd</c> with folders and a socket of its own, a registry beside it, and images of a few files. Both end with its dispose.</summary>
public sealed class RealEngine : IAsyncLifetime
{
    // what /bin/sleep needs to run in an image of its own
    private static readonly string[] Files = ["/bin/sleep", "/lib/x86_64-linux-gnu/libc.so.6", "/lib64/ld-linux-x86-64.so.2"];

    private readonly string folder = Directory.CreateTempSubdirectory("cleat-engine-").FullName;
    private readonly ConcurrentQueue<string> log = new();
    private LoopbackRegistry? registry;
    private Process? engine;

    public string Host => $"unix://{folder}/sock";

    /// <summary><c>127.0.0.1:port</c> of the registry.</summary>
    public string Registry => registry!.Host;

    public async ValueTask InitializeAsync()
    {
        Assert.True(LoopbackRegistry.IsInstalled, "docker-registry and skopeo are not installed: apt-get install docker-registry skopeo");
        registry = await LoopbackRegistry.StartAsync();
        try
        {
            engine = Process.Start(new ProcessStartInfo("dockerd", [$"--data-root={folder}/data", $"--exec-root={folder}/exec", $"--pidfile={folder}/pid", $"--host={Host}", "--iptables=false", "--ip6tables=false", "--bridge=none", "--storage-driver=vfs"]) { RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Fail("dockerd is not installed: apt-get install docker.io");
        }

        engine.ErrorDataReceived += (_, line) => log.Enqueue(line.Data ?? "");
        engine.BeginErrorReadLine();
        for (var i = 0; i < 600 && !engine.HasExited; i++)
        {
            if (File.Exists($"{folder}/sock") && (await RunAsync("docker", "--host", Host, "info")).Code == 0)
            {
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail($"dockerd did not start; it wants to be root on a machine with cgroups. Its last words:\n{string.Join('\n', log.TakeLast(5))}");
    }

    public async ValueTask DisposeAsync()
    {
        if (engine is { HasExited: false })
        {
            // containers first: what is killed with the engine leaves mounts behind
            await RunAsync("docker", "--host", Host, "swarm", "leave", "--force");
            await RunAsync("sh", "-c", $"docker --host {Host} ps -aq | xargs -r docker --host {Host} rm -f");
            await RunAsync("kill", "-TERM", $"{engine.Id}");
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30), TimeProvider.System);
            try
            {
                await engine.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                engine.Kill(entireProcessTree: true);
                await engine.WaitForExitAsync(CancellationToken.None);
            }
        }

        engine?.Dispose();
        if (registry is not null)
        {
            await registry.DisposeAsync();
        }

        // the engine leaves its network namespaces mounted
        await RunAsync("sh", "-c", $"cut -d' ' -f2 /proc/mounts | grep '^{folder}/' | sort -r | xargs -r umount --lazy");
        Assert.Equal((0, "", ""), await RunAsync("rm", "-rf", folder));
    }

    /// <summary>Builds an image that does nothing, with something in it that tells it from others, and gives it a name.</summary>
    public async Task BuildAsync(string name, string content)
    {
        var root = Directory.CreateTempSubdirectory("cleat-image-").FullName;
        foreach (var file in Files)
        {
            Directory.CreateDirectory(root + Path.GetDirectoryName(file));
            File.Copy(file, root + file);
        }

        await File.WriteAllTextAsync($"{root}/content", content);
        await ShellAsync($"tar -C {root} -c . | docker --host {Host} import -c 'CMD [\"/bin/sleep\",\"3600\"]' - {name}");
        Directory.Delete(root, recursive: true);
    }

    /// <summary>Builds and pushes; what the registry then says its digest is.</summary>
    public async Task<string> PushAsync(string repositoryAndTag, string content)
    {
        await BuildAsync($"{Registry}/{repositoryAndTag}", content);
        await DockerAsync("push", "--quiet", $"{Registry}/{repositoryAndTag}");
        return await registry!.InspectAsync(repositoryAndTag);
    }

    /// <summary>Runs the docker program against this engine; a failure is the test's.</summary>
    public async Task<string> DockerAsync(params string[] arguments)
    {
        var (code, output, error) = await RunAsync("docker", ["--host", Host, .. arguments]);
        Assert.True(code == 0, $"docker {string.Join(' ', arguments)}: {error}");
        return output.Trim();
    }

    /// <summary>Runs a line in a shell, as a user would who copied it.</summary>
    public static async Task ShellAsync(string line)
    {
        var (code, _, error) = await RunAsync("sh", "-c", line);
        Assert.True(code == 0, $"{line}: {error}");
    }

    /// <summary>Makes the engine a swarm's manager, on loopback.</summary>
    public async Task SwarmAsync()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await DockerAsync("swarm", "init", "--advertise-addr", $"127.0.0.1:{port}", "--listen-addr", $"127.0.0.1:{port}");
    }

    /// <summary>Runs <c>cleat docker</c> on this engine.</summary>
    internal Task<(int Code, string Output, string Error)> CleatAsync(params string[] arguments) => InProcess.RunAsync("", ["docker", .. arguments, "--host", Host]);

    private static async Task<(int Code, string Output, string Error)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }
}
