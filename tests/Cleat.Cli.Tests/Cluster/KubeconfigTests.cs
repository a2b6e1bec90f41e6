using System.Runtime.Versioning;
using Cleat.Formats.Kubernetes;
using Cleat.Running.Kubernetes;

namespace Cleat.Cli.Tests.Cluster;

/// <summary>How a cluster is found, as kubectl finds it.</summary>
public sealed class KubeconfigTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Several_files_are_merged_and_the_first_that_says_something_wins()
    {
        var first = folder.Put("one/config", "current-context: b\ncontexts: [{name: a, context: {cluster: east, user: me}}]\nclusters: [{name: east, cluster: {server: 'https://east', certificate-authority: ca.pem}}]\n");
        var second = folder.Put("two/config", "current-context: a\ncontexts: [{name: b, context: {cluster: west, user: me, namespace: shop}}, {name: a, context: {cluster: west}}]\nclusters: [{name: west, cluster: {server: 'https://west:6443', tls-server-name: api}}, {name: east, cluster: {server: 'https://wrong'}}]\nusers: [{name: me, user: {token: secret}}]\n");
        folder.Put("one/ca.pem", "PEM");
        string? Environment(string name) => name == "KUBECONFIG" ? $"{first}:{folder["missing"]}:{second}" : null;

        var west = Kubeconfig.Find(null, null, Environment);
        Assert.Equal(("b", "https://west:6443/", "shop", "api", "secret"), (west.Name, west.Server.AbsoluteUri, west.Namespace, west.TlsServerName, west.Token?.Reveal()));
        var east = Kubeconfig.Find(null, "a", Environment);
        Assert.Equal(("https://east/", "default", "PEM"), (east.Server.AbsoluteUri, east.Namespace, east.Authorities));
    }

    [Theory]
    [InlineData("contexts: []", null, "has no current context: choose one with --context NAME (it has none)")]
    [InlineData("current-context: prod\ncontexts: [{name: prod, context: {cluster: c}}]", "prd", "has no context 'prd'")]
    [InlineData("current-context: prod\ncontexts: [{name: prod, context: {cluster: c}}]", null, "names the cluster 'c', which no kubeconfig has")]
    [InlineData("current-context: a\ncontexts: [{name: a, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: nowhere}}]", null, "has no server that is a URL: 'nowhere'")]
    [InlineData("current-context: a\ncontexts: [{name: a, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: 'http://c'}}]\nusers: [{name: u, user: {auth-provider: {name: gcp}}}]", null, "auth-provider, which Kubernetes took out")]
    [InlineData("current-context: a\ncontexts: [{name: a, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: 'http://c', certificate-authority-data: '*'}}]", null, "certificate-authority-data is not base64")]
    [InlineData("a: [", null, "config:")]
    public void What_is_wrong_is_said(string text, string? context, string message)
    {
        var file = folder.Put("config", text);
        Assert.Contains(message, Assert.Throws<ClusterAccessException>(() => Kubeconfig.Find(file, context, _ => null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_the_next_step_is_said() =>
        Assert.Contains("--kubeconfig FILE", Assert.Throws<ClusterAccessException>(() => Kubeconfig.Find(null, null, _ => null)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_pod_uses_its_service_account()
    {
        folder.Put("token", "abc\n");
        folder.Put("namespace", "shop\n");
        var access = InCluster.Access(name => name switch { "KUBERNETES_SERVICE_HOST" => "fd00::1", "KUBERNETES_SERVICE_PORT" => "443", _ => null }, folder.Path);
        Assert.Equal(("in-cluster", "https://[fd00::1]/", "shop", folder["token"]), (access?.Name, access?.Server.AbsoluteUri, access?.Namespace, access?.TokenFile));
    }

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

    [Fact]
    public void The_shipped_role_has_every_group_that_is_looked_at()
    {
        var role = File.ReadAllText(Path.Combine(InProcess.Root, "deploy", "cluster-reader.yaml"));
        Assert.All(CustomResources.Groups, group => Assert.Contains($"  - {group}\n", role, StringComparison.Ordinal));
        Assert.DoesNotContain("secrets", role.Replace("Secrets,", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
