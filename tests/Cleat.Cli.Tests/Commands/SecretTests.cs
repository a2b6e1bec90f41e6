using System.Diagnostics;
using System.Text;
using Cleat.Tests.Registries;

namespace Cleat.Cli.Tests.Commands;

/// <summary>No secret stands in anything that the program prints, whatever registries do with what they were sent.</summary>
public sealed class SecretTests
{
    private const string Password = "pass-Kx47wq";
    private const string Identity = "ident-Rm83zt";
    private const string Bearer = "bearer-Tb19yv";
    private const string Helped = "helped-Ln65dc";
    private static readonly string[] Secrets = [Password, Identity, Bearer, Helped, Base64($"ann:{Password}"), Base64($"ann:{Identity}"), Base64($"ann:{Helped}")];

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
