using System.Diagnostics;
using System.Text;
using Cleat.Cli.Tests.Cluster;
using Cleat.Cli.Tests.Docker;
using Cleat.Tests.Registries;

using Cleat.Tests.Running.Docker;
using Cleat.Tests.Running.Kubernetes;

namespace Cleat.Cli.Tests.Verbs;

/// <summary>No secret stands in anything that the program prints, whatever registries do with what they were sent.</summary>
public sealed class SecretTests
{
    private const string Password = "pass-Kx47wq";
    private const string Identity = "ident-Rm83zt";
    private const string Bearer = "bearer-Tb19yv";
    private const string Helped = "helped-Ln65dc";
    private const string ClusterToken = "cluster-Wd52fj";
    private const string ClusterPassword = "kubepass-Gz91hs";
    private const string Plugged = "plugged-Yc37mp";
    private static readonly string[] Secrets =
    [
        Password, Identity, Bearer, Helped, Base64($"ann:{Password}"), Base64($"ann:{Identity}"), Base64($"ann:{Helped}"),
        ClusterToken, ClusterPassword, Base64($"ann:{ClusterPassword}"), Plugged,
    ];

    private static readonly string[] Users = ["token", "file", "password", "plugin", "failing", "odd"];
    private static readonly string[] Forms = ["text", "json", "sarif", "html"];

    [Fact]
    public async Task Nothing_that_is_printed_holds_a_secret()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the credential helper is a shell script");
        await using ScriptedServer basic = new(r => r["Authorization"] is null ? Replies.With(401, [], "WWW-Authenticate: Basic realm=\"r\"") : Echo(r));
        await using ScriptedServer token = new(WithTokens);
        await using ScriptedServer identity = new(WithTokens);
        await using ScriptedServer helped = new(WithTokens);
        await using ScriptedServer loud = new(WithTokens);
        using TemporaryFolder folder = new();
        folder.Put("config.json", $$"""
            {"auths":{"{{basic.Host}}":{"auth":"{{Base64($"ann:{Password}")}}"},
                      "{{token.Host}}":{"auth":"{{Base64($"ann:{Password}")}}"},
                      "{{identity.Host}}":{"auth":"{{Base64("ann:")}}","identitytoken":"{{Identity}}"} },
             "credHelpers":{"{{helped.Host}}":"good","{{loud.Host}}":"loud"} }
            """);
        await HelperAsync(folder, "good", $$"""echo '{"ServerURL":"x","Username":"ann","Secret":"{{Helped}}"}'""");
        await HelperAsync(folder, "loud", $"echo {Helped}; echo {Helped} >&2; exit 1");
        string[] hosts = [basic.Host, token.Host, identity.Host, helped.Host, loud.Host];
        string[] kinds = ["ok", "lie", "404", "403", "401", "302", "500"];
        List<string> all = [.. hosts.SelectMany(h => kinds.Select(k => $"{h}/team/{k}:1"))];
        folder.Put("Dockerfile", string.Concat(all.Select(r => $"FROM {r}\n")));
        folder.Put("pinned/Dockerfile", string.Concat(all.Select(r => $"FROM {r}@sha256:{new string('a', 64)}\n")));

        StringBuilder said = new();
        said.Append(await RunAsync(folder, ["resolve", "--verbose", .. all]));
        said.Append(await RunAsync(folder, ["resolve", "--format", "json", "--verify", .. all.Where(a => !a.Contains("/500", StringComparison.Ordinal))]));
        said.Append(await RunAsync(folder, ["pin", "--verbose", "--diff", folder["Dockerfile"]]));
        said.Append(await RunAsync(folder, ["verify", "--verbose", folder["pinned"]]));
        said.Append(await RunAsync(folder, ["explain", all[0]]));
        said.Append(await RunAsync(folder, ["update", "--verbose", "--diff", folder["pinned"]]));
        said.Append(await RunAsync(folder, ["update", "--verbose", "--summary", folder["summary.md"], folder["pinned"]]));
        said.Append(folder.Read("summary.md"));
        await using var engine = CannedEngine.Start();
        foreach (var (i, image) in all.Index())
        {
            engine.Image($"sha256:{i:d64}", $"{image[..^2]}@sha256:{new string('a', 64)}").Container($"c{i}", image, $"sha256:{i:d64}");
        }

        foreach (var form in Forms)
        {
            said.Append(await RunAsync(folder, ["docker", "--host", engine.Host, "--registry", "--verbose", "--format", form]));
        }

        said.Append(await RunAsync(folder, ["docker", "pin", "--host", engine.Host, "--to", "registry"]));

        // the secrets were used, and the runs did say something
        var sent = string.Join('\n', new[] { basic, token, identity, helped }.SelectMany(s => s.Requests).Select(r => $"{r["Authorization"]} {r.Body}"));
        string[] used = [Base64($"ann:{Password}"), Base64($"ann:{Helped}"), Identity, Bearer];
        Assert.All(used, secret => Assert.Contains(secret, sent, StringComparison.Ordinal));
        var text = said.ToString();
        Assert.Contains("denied", text, StringComparison.Ordinal);
        Assert.Contains("requests", text, StringComparison.Ordinal);
        Assert.Contains("docker-credential-loud failed", text, StringComparison.Ordinal);
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_that_is_said_of_a_cluster_holds_a_secret()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the credential plugin is a shell script");
        using TemporaryFolder folder = new();
        folder.Put("config.json", "{}");
        var used = new StringBuilder();
        using LoopbackApi api = new();
        api.List("/apis/apps/v1/deployments", Objects.Template("web", "127.0.0.1:1/app:1"));
        foreach (var (path, status) in new[] { ("/api/v1/nodes", 422), ("/api/v1/namespaces", 403), ("/api/v1/pods", 418), ("/apis/batch/v1/jobs", 409) })
        {
            api.Answer(path, context =>
            {
                var sent = context.Request.Headers["Authorization"] ?? "";
                var password = sent.StartsWith("Basic ", StringComparison.Ordinal) ? ClusterPassword : "";
                used.Append(sent).Append('\n');
                return Task.FromResult((status, $$"""{"kind":"Status","message":"you sent {{sent}} or {{password}} to {{path}}"}"""));
            });
        }

        folder.Put("tokenfile", ClusterToken);
        folder.Put("answer", $$"""{"kind":"ExecCredential","status":{"token":"{{Plugged}}"} }""");
        folder.Put("kubeconfig", $$"""
            clusters: [{name: loop, cluster: {server: "{{api.Server}}"} }]
            users:
            - {name: token, user: {token: {{ClusterToken}} } }
            - {name: file, user: {tokenFile: tokenfile} }
            - {name: password, user: {username: ann, password: {{ClusterPassword}} } }
            - {name: plugin, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: sh, args: [-c, "echo $FROM >/dev/null; cat {{folder["answer"]}}"], env: [{name: FROM, value: {{Plugged}} }]} } }
            - {name: failing, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: sh, args: [-c, "cat {{folder["answer"]}}; exit 1"], env: [{name: FROM, value: {{Plugged}} }]} } }
            - {name: odd, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: echo, args: [{{Plugged}}]} } }
            contexts: [{{string.Join(", ", Users.Select(u => $"{{name: {u}, context: {{cluster: loop, user: {u}, namespace: shop}}}}"))}}]
            """);
        StringBuilder said = new();
        foreach (var user in Users)
        {
            foreach (var form in (string[])["text", "html"])
            {
                said.Append(await RunAsync(folder, ["cluster", "-A", "--kubeconfig", folder["kubeconfig"], "--context", user, "--registry", "--verbose", "--format", form]));
            }

            said.Append(await RunAsync(folder, ["cluster", "pin", "-A", "--kubeconfig", folder["kubeconfig"], "--context", user]));
        }

        var text = said.ToString();
        Assert.All(Secrets[^4..], secret => Assert.True(used.ToString().Contains(secret, StringComparison.Ordinal) || secret == ClusterPassword, $"{secret} was not used"));
        Assert.Contains("Deployment shop/web", text, StringComparison.Ordinal);
        Assert.Contains("you sent", text, StringComparison.Ordinal);
        Assert.Contains("failed with exit code 1", text, StringComparison.Ordinal);
        Assert.Contains("no ExecCredential", text, StringComparison.Ordinal);
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static ScriptedReply WithTokens(ScriptedRequest request) =>
        request.Target.StartsWith("/token", StringComparison.Ordinal) ? Replies.Text(200, $$"""{"token":"{{Bearer}}"}""")
        : request["Authorization"] is null ? Replies.With(401, [], $"WWW-Authenticate: Bearer realm=\"http://{request["Host"]}/token\",service=\"s\"")
        : Echo(request);

    // repeats what it was sent wherever an answer has a place for words
    private static ScriptedReply Echo(ScriptedRequest request)
    {
        var echo = $"{request["Authorization"]} {Password} {Identity} {Bearer} {Helped}";
        var status = request.Target.Split('/')[3] switch { "ok" => 0, "lie" => 200, var kind => int.Parse(kind, System.Globalization.CultureInfo.InvariantCulture) };
        return status == 0
            ? Replies.Manifest("""{"schemaVersion":2,"manifests":[]}"""u8.ToArray(), SampleImage.IndexType)
            : Replies.Text(status, $$"""{"errors":[{"code":"{{echo}}","message":"{{echo}}"}]}""", $"Content-Type: {echo}", $"Docker-Content-Digest: {echo}", $"Location: http://127.0.0.1:1/{Uri.EscapeDataString(echo)}", $"Warning: 299 - \"{echo}\"", $"WWW-Authenticate: {echo}", $"RateLimit-Remaining: {echo}");
    }

    private static async Task HelperAsync(TemporaryFolder folder, string name, string script)
    {
        // written by another process: a fork of a parallel test must not inherit the open file ("text file busy")
        using var shell = Process.Start("sh", ["-c", "printf '#!/bin/sh\\ncat >/dev/null\\n%s\\n' \"$2\" > \"$1\"; chmod 700 \"$1\"", "sh", folder[$"docker-credential-{name}"], script]);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> RunAsync(TemporaryFolder folder, string[] args)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "cleat.dll"), .. args]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder.Path };
        start.Environment["DOCKER_CONFIG"] = folder.Path;
        start.Environment["HOME"] = folder.Path;
        start.Environment["XDG_CACHE_HOME"] = folder["cache"];
        start.Environment["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var other in (string[])["REGISTRY_AUTH_FILE", "DOCKER_AUTH_CONFIG", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "CONTAINERS_REGISTRIES_CONF"])
        {
            start.Environment.Remove(other);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output + await error;
    }
}
