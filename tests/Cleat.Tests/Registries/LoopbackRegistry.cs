using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Cleat.Tests.Registries;

/// <summary>A real registry on loopback: Debian's <c>docker-registry</c> (distribution 2.8), filled by <c>skopeo</c>. Ends with its dispose.</summary>
internal sealed class LoopbackRegistry : IAsyncDisposable
{
    private readonly Process process;
    private readonly string folder;
    private readonly ConcurrentQueue<string> log = new();
    private readonly HttpClient http;
    private readonly string scheme;

    [SuppressMessage("Reliability", "CA2000", Justification = "The HttpClient owns the handler and is disposed with this.")]
    private LoopbackRegistry(Process process, string folder, string host, (string User, string Password)? user, X509Certificate2? certificate)
    {
        scheme = certificate is null ? "http" : "https";
        http = new(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, given, _, _) => given?.Thumbprint == certificate?.Thumbprint });
        this.process = process;
        this.folder = folder;
        Host = host;
        User = user;
        http.DefaultRequestHeaders.Authorization = user is { } u ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{u.User}:{u.Password}"))) : null;
        process.OutputDataReceived += (_, line) => log.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>True when both programs are there; a test skips without them.</summary>
    internal static bool IsInstalled { get; } = OnPath("docker-registry") && OnPath("skopeo");

    /// <summary><c>127.0.0.1:port</c></summary>
    internal string Host { get; }

    internal (string User, string Password)? User { get; }

    /// <summary>Requests so far in the combined log format. A line is written after its reply: wait for what must be there.</summary>
    internal IReadOnlyCollection<string> AccessLog => log;

    /// <param name="htpasswd">A line of an htpasswd file (bcrypt), with the user and password it stands for; null for a registry without sign-in.</param>
    /// <param name="token">The registry's settings for token auth (YAML), with the user and password that its token server knows.</param>
    /// <param name="certificate">To speak TLS with; its key must be exportable.</param>
    internal static async Task<LoopbackRegistry> StartAsync((string Line, string User, string Password)? htpasswd = null, (string Settings, string User, string Password)? token = null, X509Certificate2? certificate = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var registry = Start(FreePort(), htpasswd, token, certificate);
            if (await registry.AnswersAsync())
            {
                return registry;
            }

            await registry.DisposeAsync();
            if (attempt == 3)
            {
                throw new InvalidOperationException("docker-registry did not start");
            }
        }
    }

    /// <summary>Copies an image with all its platforms out of an OCI layout.</summary>
    /// <param name="layout">The folder, and <c>:name</c> when it holds several.</param>
    internal Task PushAsync(string layout, string repositoryAndTag) =>
        SkopeoAsync(["copy", "--quiet", "--all", "--dest-tls-verify=false", .. Creds("--dest-creds"), $"oci:{layout}", $"docker://{Host}/{repositoryAndTag}"]);

    /// <summary>What skopeo takes for the tag's digest.</summary>
    internal async Task<string> InspectAsync(string repositoryAndTag) =>
        (await SkopeoAsync(["inspect", "--tls-verify=false", "--no-tags", .. Creds("--creds"), "--format", "{{.Digest}}", $"docker://{Host}/{repositoryAndTag}"])).Trim();

    /// <summary>Gives a manifest that is there another tag.</summary>
    internal async Task TagAsync(string repository, string tag, byte[] manifest, string mediaType)
    {
        using var content = new ByteArrayContent(manifest);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var response = await http.PutAsync(new Uri($"{scheme}://{Host}/v2/{repository}/manifests/{tag}"), content);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        process.Dispose();
        http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static LoopbackRegistry Start(int port, (string Line, string User, string Password)? htpasswd, (string Settings, string User, string Password)? token, X509Certificate2? certificate)
    {
        var folder = Directory.CreateTempSubdirectory("cleat-registry-").FullName;
        var auth = token is { } t ? $"auth: {{ token: {{ {t.Settings} }} }}\n" : "";
        var tls = "";
        if (certificate is not null)
        {
            File.WriteAllText(Path.Combine(folder, "cert.pem"), certificate.ExportCertificatePem());
            using var key = certificate.GetRSAPrivateKey()!;
            File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
            tls = $", tls: {{ certificate: {folder}/cert.pem, key: {folder}/key.pem }}";
        }

        if (htpasswd is { } entry)
        {
            File.WriteAllText(Path.Combine(folder, "htpasswd"), entry.Line + "\n");
            auth = $"auth: {{ htpasswd: {{ realm: test, path: {folder}/htpasswd }} }}\n";
        }

        File.WriteAllText(Path.Combine(folder, "config.yml"), $$"""
            version: 0.1
            log: { level: error }
            storage: { filesystem: { rootdirectory: {{folder}}/data } }
            http: { addr: "127.0.0.1:{{port}}"{{tls}} }
            {{auth}}
            """);
        var process = Process.Start(new ProcessStartInfo("docker-registry", ["serve", Path.Combine(folder, "config.yml")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        return new(process, folder, $"127.0.0.1:{port}", (htpasswd ?? token) is { } e ? (e.Item2, e.Item3) : null, certificate);
    }

    private async Task<bool> AnswersAsync()
    {
        for (var i = 0; i < 600 && !process.HasExited; i++)
        {
            try
            {
                using var response = await http.GetAsync(new Uri($"{scheme}://{Host}/v2/"));

                // one with token auth takes no password
                return response.IsSuccessStatusCode || (User is not null && response.StatusCode == HttpStatusCode.Unauthorized);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }

        return false;
    }

    private string[] Creds(string option) => User is { } user ? [option, $"{user.User}:{user.Password}"] : [];

    private static async Task<string> SkopeoAsync(string[] arguments)
    {
        using var skopeo = Process.Start(new ProcessStartInfo("skopeo", ["--insecure-policy", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = skopeo.StandardError.ReadToEndAsync();
        var output = await skopeo.StandardOutput.ReadToEndAsync();
        await skopeo.WaitForExitAsync();
        return skopeo.ExitCode == 0 ? output : throw new InvalidOperationException($"skopeo: {await error}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(f => File.Exists(Path.Combine(f, program)));
}
