using System.Text;
using Cleat.Tests.Registries;

namespace Cleat.Cli.Tests.Trust;

/// <summary>Every verb in a tree of traps, with credentials at hand: each ends with the code that it should, and no secret is said or sent.</summary>
public sealed class HostileTreeTests
{
    public static TheoryData<string, int> Verbs => new()
    {
        { "check .", ExitCode.Incomplete },
        { "check --format json .", ExitCode.Incomplete },
        { "check --format sarif --no-ignore .", ExitCode.Incomplete },
        { "list --verbose .", ExitCode.Incomplete },
        { "check --since HEAD .", ExitCode.Usage },
        { "check --write-baseline ../base.json .", ExitCode.Incomplete },
        { "pin --check --timeout 1 .", ExitCode.Incomplete },
        { "pin --timeout 1 --lock ../cleat.lock .", ExitCode.Incomplete },
        { "update --timeout 1 .", ExitCode.Incomplete },
        { "unpin .", ExitCode.Incomplete },
        { "verify --timeout 1 .", ExitCode.Incomplete },
        { "resolve --timeout 1 corp.example/a:1", ExitCode.Incomplete },
        { "explain corp.example/a:1", ExitCode.Done },
        { "check --config kinds/env/pipe/.env .", ExitCode.Usage },
        { "check --baseline kinds/env/socket/.env .", ExitCode.Usage },
        { "pin --lock links/env6/.env --check .", ExitCode.Usage },
        { "pin --from kinds/env/pipe/.env --check .", ExitCode.Usage },
        { "pin --ca-file kinds/env/pipe/.env --check .", ExitCode.Usage },
        { "docker --host tcp://127.0.0.1:9", ExitCode.Incomplete },
        { "cluster --kubeconfig bombs/deep.yaml", ExitCode.Usage },
    };

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Nothing_leaves_and_nothing_hangs(string line, int exit)
    {
        await using var registry = new ScriptedServer(_ => Replies.Text(404, "{}"));
        await using var proxy = new ScriptedServer(_ => Replies.Text(502, ""));
        using HostileTree tree = new(registry.Host);
        Assert.InRange(tree.Count, 180, 260);
        Dictionary<string, string> variables = new()
        {
            ["HTTP_PROXY"] = $"http://{proxy.Host}", ["HTTPS_PROXY"] = $"http://{proxy.Host}", ["ALL_PROXY"] = $"http://{proxy.Host}", ["NO_PROXY"] = "",
            ["TOKEN"] = HostileTree.Secret + "-environment",
        };
        var (code, output, error) = await OwnHome.RunAsync(tree.Folder, variables, line.Split(' '));
        Assert.True(exit == code, $"{code}: {output}{error}");
        Assert.DoesNotContain("fault of Cleat", error, StringComparison.Ordinal);
        Assert.DoesNotContain("error[internal]", error, StringComparison.Ordinal);
        Assert.DoesNotContain(HostileTree.Secret, output + error, StringComparison.Ordinal);
        Assert.All(registry.Requests.Concat(proxy.Requests), request => Assert.DoesNotContain(HostileTree.Secret, Everything(request), StringComparison.Ordinal));
        Assert.All(registry.Requests, request => Assert.Null(request["Authorization"]));
        Assert.False(File.Exists(tree.Folder["outside/ran"]), "a program that the tree names was run");
    }

    // what is sent, and what base64 in it hides
    private static string Everything(ScriptedRequest request)
    {
        var sent = $"{request.Method} {request.Target} {request["Authorization"]} {request["Proxy-Authorization"]} {request["Cookie"]} {request.Body}";
        var basic = request["Authorization"] is { } header && header.StartsWith("Basic ", StringComparison.Ordinal) ? Encoding.UTF8.GetString(Convert.FromBase64String(header[6..])) : "";
        return sent + basic;
    }
}
