using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Cleat.Cli.Tests;
using Cleat.Running.Kubernetes;

namespace Cleat.EndToEnd.Cluster;

/// <summary>
/// A real kube-apiserver with etcd and the controller manager, built by <c>tests/tools/kube</c>, in a folder and on ports of its own. There is
/// no kubelet: the tests bind pods to made-up nodes and write their status. All of it ends with its dispose.
/// </summary>
public sealed class RealCluster : IAsyncLifetime
{
    private static readonly string Programs = Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/root", ".cache", "cleat-kube");

    private readonly string folder = Directory.CreateTempSubdirectory("cleat-kube-").FullName;
    private readonly List<Process> processes = [];
    private readonly ConcurrentQueue<string> log = new();
    private string server = "";

    /// <summary>A kubeconfig of somebody who may do everything.</summary>
    public string Kubeconfig => $"{folder}/admin.yaml";

    /// <summary>A kubeconfig of somebody who may do nothing but what a test allows.</summary>
    public string ReaderKubeconfig => $"{folder}/reader.yaml";

    public async ValueTask InitializeAsync()
    {
        Assert.True(File.Exists($"{Programs}/kube-controller-manager"), "kube-apiserver is not built: run tests/tools/kube (some 5 minutes, once)");
        using (var key = RSA.Create(2048))
        {
            await File.WriteAllTextAsync($"{folder}/sa.key", key.ExportRSAPrivateKeyPem());
            await File.WriteAllTextAsync($"{folder}/sa.pub", key.ExportSubjectPublicKeyInfoPem());
        }

        await File.WriteAllTextAsync($"{folder}/tokens.csv", "admin,admin,1,system:masters\ncontroller,system:kube-controller-manager,2\nreader,reader,3\n");
        var (etcd, peer, secure) = (FreePort(), FreePort(), FreePort());
        Start("etcd", "--data-dir", $"{folder}/etcd", "--log-level", "warn", "--listen-client-urls", $"http://127.0.0.1:{etcd}", "--advertise-client-urls", $"http://127.0.0.1:{etcd}",
            "--listen-peer-urls", $"http://127.0.0.1:{peer}", "--initial-advertise-peer-urls", $"http://127.0.0.1:{peer}", "--initial-cluster", $"default=http://127.0.0.1:{peer}");
        Start("kube-apiserver", "--etcd-servers", $"http://127.0.0.1:{etcd}", "--bind-address", "127.0.0.1", "--secure-port", $"{secure}", "--cert-dir", $"{folder}/pki",
            "--token-auth-file", $"{folder}/tokens.csv", "--authorization-mode", "RBAC", "--service-account-issuer", "https://kubernetes.default.svc", "--service-account-key-file", $"{folder}/sa.pub",
            "--service-account-signing-key-file", $"{folder}/sa.key", "--service-cluster-ip-range", "10.96.0.0/16", "--endpoint-reconciler-type", "none", "--allow-privileged=true", "--feature-gates", "EphemeralContainers=true");
        server = $"https://127.0.0.1:{secure}";
        foreach (var user in (string[])["admin", "controller", "reader"])
        {
            await File.WriteAllTextAsync($"{folder}/{user}.yaml", $$"""
                apiVersion: v1
                kind: Config
                current-context: test
                clusters: [{name: test, cluster: {server: "{{server}}", certificate-authority: pki/apiserver.crt, tls-server-name: kubernetes.default} }]
                users: [{name: {{user}}, user: {token: {{user}} } }]
                contexts: [{name: test, context: {cluster: test, user: {{user}}, namespace: shop} }]
                """);
        }

        await UntilAsync("kube-apiserver", async () => (await RunAsync("get", "--raw", "/readyz")).Output == "ok");
        Start("kube-controller-manager", "--kubeconfig", $"{folder}/controller.yaml", "--bind-address", "127.0.0.1", "--secure-port", $"{FreePort()}", "--port=0", "--cert-dir", $"{folder}/pki-controller", "--leader-elect=false",
            "--use-service-account-credentials=true", "--service-account-private-key-file", $"{folder}/sa.key", "--controllers=*,-nodelifecycle,-nodeipam,-route,-service,-cloud-node-lifecycle");
        await UntilAsync("kube-controller-manager", async () => (await RunAsync("get", "-n", "default", "serviceaccount", "default")).Code == 0);
    }

    public async ValueTask DisposeAsync()
    {
        processes.Reverse();
        foreach (var process in processes)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }

            process.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Runs kubectl as the administrator; a failure is the test's.</summary>
    public async Task<string> KubectlAsync(params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.True(code == 0, $"kubectl {string.Join(' ', arguments)}: {error}");
        return output.Trim();
    }

    /// <summary>Applies manifests.</summary>
    public async Task ApplyAsync(string manifests)
    {
        var file = $"{folder}/manifest.yaml";
        await File.WriteAllTextAsync(file, "---\n" + manifests);
        await KubectlAsync("apply", "-f", file);
    }

    /// <summary>Runs a line in a shell, as a user would who copied it, with this cluster's kubectl and kubeconfig.</summary>
    public async Task ShellAsync(string line)
    {
        ProcessStartInfo start = new("sh", ["-c", line]);
        start.Environment["PATH"] = $"{Programs}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["KUBECONFIG"] = Kubeconfig;
        var (code, _, error) = await RunAsync(start);
        Assert.True(code == 0, $"{line}: {error}");
    }

    /// <summary>A node that no machine stands behind.</summary>
    public async Task NodeAsync(string name, string architecture, string runtime)
    {
        await ApplyAsync($"{{apiVersion: v1, kind: Node, metadata: {{name: {name}}}}}");
        await StatusAsync($"/api/v1/nodes/{name}/status", node => node["nodeInfo"] = new JsonObject
        {
            ["architecture"] = architecture, ["operatingSystem"] = "linux", ["containerRuntimeVersion"] = runtime, ["kubeletVersion"] = "v1.20.2", ["kernelVersion"] = "", ["osImage"] = "",
            ["machineID"] = "", ["systemUUID"] = "", ["bootID"] = "", ["kubeProxyVersion"] = "",
        });
    }

    /// <summary>The pods with a label that no node has, once there are so many.</summary>
    public async Task<IReadOnlyList<string>> PodsAsync(string label, int count)
    {
        for (var i = 0; i < 150; i++)
        {
            var all = (await KubectlAsync("get", "pods", "-n", "shop", "-l", label, "--field-selector", "spec.nodeName=", "-o", "name")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (all.Length == count)
            {
                return [.. all.Select(p => p["pod/".Length..])];
            }

            await Task.Delay(200);
        }

        Assert.Fail($"there are not {count} pods with {label}");
        return [];
    }

    /// <summary>Does a scheduler's and a kubelet's part: binds a pod to a node, and says which images its containers run.</summary>
    public async Task RunOnAsync(string pod, string node, params (string Container, string Image, string ImageId)[] containers)
    {
        var file = $"{folder}/binding.json";
        await File.WriteAllTextAsync(file, $$"""{"apiVersion":"v1","kind":"Binding","metadata":{"name":"{{pod}}" },"target":{"apiVersion":"v1","kind":"Node","name":"{{node}}"} }""");
        await KubectlAsync("create", "--raw", $"/api/v1/namespaces/shop/pods/{pod}/binding", "-f", file);
        await StatusAsync($"/api/v1/namespaces/shop/pods/{pod}/status", status =>
        {
            status["phase"] = "Running";
            status["containerStatuses"] = new JsonArray([.. containers.Select(c => (JsonNode)new JsonObject
            {
                ["name"] = c.Container, ["image"] = c.Image, ["imageID"] = c.ImageId, ["ready"] = true, ["restartCount"] = 0,
                ["state"] = c.ImageId.Length > 0 ? new JsonObject { ["running"] = new JsonObject { ["startedAt"] = "2026-01-01T00:00:00Z" } } : new JsonObject { ["waiting"] = new JsonObject { ["reason"] = "ImagePullBackOff" } },
            })]);
        });
    }

    /// <summary>Runs cleat as the administrator.</summary>
    public Task<(int Code, string Output, string Error)> CleatAsync(params string[] arguments) => InProcess.RunAsync("", ["cluster", .. arguments, "--kubeconfig", Kubeconfig]);

    // kubectl of this age has no --subresource
    private async Task StatusAsync(string path, Action<JsonObject> change)
    {
        var seen = JsonNode.Parse(await KubectlAsync("get", "--raw", path))!;
        change(seen["status"]!.AsObject());
        var file = $"{folder}/status.json";
        await File.WriteAllTextAsync(file, seen.ToJsonString());
        await KubectlAsync("replace", "--raw", path, "-f", file);
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync(new ProcessStartInfo($"{Programs}/kubectl", ["--kubeconfig", Kubeconfig, .. arguments]));

    private static async Task<(int Code, string Output, string Error)> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }

    private void Start(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo($"{Programs}/{program}", arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder })!;
        process.ErrorDataReceived += (_, line) => log.Enqueue(line.Data ?? "");
        process.OutputDataReceived += (_, line) => log.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        processes.Add(process);
    }

    private async Task UntilAsync(string what, Func<Task<bool>> isReady)
    {
        for (var i = 0; i < 300; i++)
        {
            if (processes.Find(p => p.HasExited) is { } ended)
            {
                Assert.Fail($"{Path.GetFileName(ended.StartInfo.FileName)} ended:\n{string.Join('\n', log.TakeLast(10))}");
            }

            if (await isReady())
            {
                return;
            }

            await Task.Delay(200);
        }

        Assert.Fail($"{what} did not come up:\n{string.Join('\n', log.TakeLast(10))}");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
