using Cleat.Running.Kubernetes;
using Cleat.Tests.Files;

namespace Cleat.Tests.Running.Kubernetes;

/// <summary>How a cluster is found, as kubectl finds it.</summary>
public sealed class KubeconfigTests : IDisposable
{
    private readonly TemporaryTree folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Several_files_are_merged_and_the_first_that_says_something_wins()
    {
        var first = folder.Write("one/config", "current-context: b\ncontexts: [{name: a, context: {cluster: east, user: me}}]\nclusters: [{name: east, cluster: {server: 'https://east', certificate-authority: ca.pem}}]\n");
        var second = folder.Write("two/config", "current-context: a\ncontexts: [{name: b, context: {cluster: west, user: me, namespace: shop}}, {name: a, context: {cluster: west}}]\nclusters: [{name: west, cluster: {server: 'https://west:6443', tls-server-name: api}}, {name: east, cluster: {server: 'https://wrong'}}]\nusers: [{name: me, user: {token: secret}}]\n");
        folder.Write("one/ca.pem", "PEM");
        string? Environment(string name) => name == "KUBECONFIG" ? $"{first}:{folder.At("missing")}:{second}" : null;

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
        var file = folder.Write("config", text);
        Assert.Contains(message, Assert.Throws<CleatException>(() => Kubeconfig.Find(file, context, _ => null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_the_next_step_is_said() =>
        Assert.Contains("--kubeconfig FILE", Assert.Throws<CleatException>(() => Kubeconfig.Find(null, null, _ => null)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_pod_uses_its_service_account()
    {
        folder.Write("token", "abc\n");
        folder.Write("namespace", "shop\n");
        var access = InCluster.Access(name => name switch { "KUBERNETES_SERVICE_HOST" => "fd00::1", "KUBERNETES_SERVICE_PORT" => "443", _ => null }, folder.Root);
        Assert.Equal(("in-cluster", "https://[fd00::1]/", "shop", folder.At("token")), (access?.Name, access?.Server.AbsoluteUri, access?.Namespace, access?.TokenFile));
    }
}
