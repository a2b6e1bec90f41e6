using System.Runtime.Versioning;
using Cleat.Tests.Running.Kubernetes;

namespace Cleat.Cli.Tests.Cluster;

/// <summary>Programs that give credentials: how they are called, and what becomes of what they write.</summary>
public sealed class CredentialPluginTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_credential_plugin_is_told_the_cluster_and_asked_again_when_its_token_has_run_out()
    {
        using LoopbackApi api = new();
        List<string?> tokens = [];
        api.Answer("/apis/apps/v1/deployments", context =>
        {
            lock (tokens)
            {
                tokens.Add(context.Request.Headers["Authorization"]);
                return Task.FromResult(tokens.Count == 1 ? (401, "{}") : (200, LoopbackApi.Items([Objects.Template("web", "nginx:1.27")])));
            }
        });
        var plugin = folder.Put("plugin", $$"""
            #!/bin/sh
            echo "$KUBERNETES_EXEC_INFO $1 $SETTING" >> {{folder["calls"]}}
            printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"token-%s"} }' "$(wc -l < {{folder["calls"]}} | tr -d ' ')"
            """);
        File.SetUnixFileMode(plugin, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var kubeconfig = folder.Put("config", $$"""
            current-context: a
            contexts: [{name: a, context: {cluster: c, user: u} }]
            clusters: [{name: c, cluster: {server: "{{api.Server}}"} }]
            users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin, args: [login], env: [{name: SETTING, value: "on"}], provideClusterInfo: true} } }]
            """);
        var (code, output, error) = await InProcess.RunAsync("", "cluster", "-A", "--kubeconfig", kubeconfig);
        Assert.Equal((1, ""), (code, error));
        Assert.Contains("Deployment shop/web", output, StringComparison.Ordinal);
        Assert.Equal(["Bearer token-1", "Bearer token-2"], tokens);
        Assert.Contains($$"""{"server":"{{api.Server}}"}""", folder.Read("calls"), StringComparison.Ordinal);
        Assert.Contains(" login on\n", folder.Read("calls"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_plugin_says_to_the_user_is_passed_on_and_cannot_drive_a_terminal()
    {
        using LoopbackApi api = new();
        var kubeconfig = folder.Put("config", $$"""
            current-context: a
            contexts: [{name: a, context: {cluster: c, user: u} }]
            clusters: [{name: c, cluster: {server: "{{api.Server}}"} }]
            users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: sh, args: [-c, "printf 'sign in at https://login.example\\n\\033[31mred' >&2; exit 5"]} } }]
            """);
        var (code, _, error) = await InProcess.RunAsync("", "cluster", "--kubeconfig", kubeconfig);
        Assert.Equal((2, "sign in at https://login.example\n\u241b[31mred\ncleat: the credential plugin sh failed with exit code 5\n"), (code, error));
    }

    [Fact]
    public async Task A_plugin_that_is_not_there_is_said_with_its_hint()
    {
        var kubeconfig = folder.Put("config", "current-context: a\ncontexts: [{name: a, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: 'http://127.0.0.1:1'}}]\nusers: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin, installHint: Install it from example.com}}}]\n");
        Assert.Equal((2, "cleat: the credential plugin no-such-plugin cannot be run: is it installed? Install it from example.com\n"), await InProcess.RunAsync("", "cluster", "--kubeconfig", kubeconfig) is var run ? (run.Code, run.Error) : default);
    }
}
