using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Cleat.Admission.Hosting;
using Cleat.Cli.Tests;
using Cleat.EndToEnd.Cluster;
using Cleat.Tests.Registries;
using Microsoft.Extensions.Logging;

namespace Cleat.EndToEnd.Admission;

/// <summary>A real API server calls the webhook over TLS, and its controllers make pods of what is pinned.</summary>
public sealed class RealWebhookTests(RealCluster cluster) : IClassFixture<RealCluster>, IAsyncLifetime
{
    private readonly TagRegistry registry = new();
    private readonly TemporaryFolder folder = new();
    private readonly X509Certificate2 certificate = TestCertificate.OfLoopback();
    private AdmissionHost webhook = null!;
    private string image = "";

    public async ValueTask InitializeAsync()
    {
        image = $"{registry.Host}/app:1";
        folder.Put("tls.crt", certificate.ExportCertificatePem());
        folder.Put("tls.key", TestCertificate.Key(certificate));
        await StartAsync();
        await cluster.ApplyAsync("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
    }

    public async ValueTask DisposeAsync()
    {
        await webhook.DisposeAsync();
        await registry.DisposeAsync();
        certificate.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Pods_of_a_revision_run_one_digest_and_nothing_else_is_moved()
    {
        Move(0);
        await cluster.ApplyAsync(Pod("before"));
        await cluster.ApplyAsync($$"""
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingWebhookConfiguration
            metadata: {name: zz-cleat-admission}
            webhooks:
            - name: pin.cleat.dev
              admissionReviewVersions: [v1]
              clientConfig: {url: "{{webhook.Places[0]}}mutate", caBundle: {{Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()))}} }
              failurePolicy: Fail
              reinvocationPolicy: IfNeeded
              sideEffects: NoneOnDryRun
              timeoutSeconds: 5
              rules:
              - {apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [pods]}
              - {apiGroups: [""], apiVersions: [v1], operations: [UPDATE], resources: [pods/ephemeralcontainers]}
            """);
        await UntilAsync(async () => (await cluster.KubectlAsync("run", "-n", "shop", "probe", "--image", image, "--dry-run=server", "-o", "jsonpath={.spec.containers[0].image}")).Contains('@', StringComparison.Ordinal));

        // an old pod's label, and its deletion
        await cluster.KubectlAsync("label", "pod", "-n", "shop", "before", "a=b");
        Assert.Equal(image, await ImageAsync("before"));
        await cluster.KubectlAsync("delete", "pod", "-n", "shop", "before", "--now");

        // dry run, apply, and the same file again after the tag moved, on the client's side and the server's
        var first = Move(1);
        await cluster.ApplyAsync(Pod("one"));
        Assert.Equal($"{image}@{first}", await ImageAsync("one"));
        Move(2);
        await cluster.ApplyAsync(Pod("one"));
        Assert.Equal($"{image}@{first}", await ImageAsync("one"));
        var file = folder.Put("two.yaml", Pod("two"));
        await cluster.KubectlAsync("apply", "--server-side", "-f", file);
        var second = await ImageAsync("two");
        Move(3);
        await cluster.KubectlAsync("apply", "--server-side", "-f", file);
        Assert.Equal(second, await ImageAsync("two"));

        // a debugger's container
        await cluster.KubectlAsync("replace", "--raw", "/api/v1/namespaces/shop/pods/one/ephemeralcontainers", "-f", folder.Put("debug.json", $$"""{"apiVersion":"v1","kind":"EphemeralContainers","metadata":{"name":"one"},"ephemeralContainers":[{"name":"d","image":"{{image}}","imagePullPolicy":"Always","terminationMessagePolicy":"File"}]}"""));
        Assert.Equal($"{image}@{Now}", await cluster.KubectlAsync("get", "pod", "-n", "shop", "one", "-o", "jsonpath={.spec.ephemeralContainers[0].image}"));

        // the controllers make pods while the tag moves and the webhook is restarted
        await cluster.NodeAsync("n1", "amd64", "containerd://1.7.1");
        await cluster.NodeAsync("n2", "amd64", "containerd://1.7.1");
        await cluster.ApplyAsync(Workload("Deployment", "apps/v1") + Workload("StatefulSet", "apps/v1") + Workload("DaemonSet", "apps/v1") + Workload("Job", "batch/v1"));
        await SettledAsync("app=deployment", 3);
        Move(4);
        var port = webhook.Places[0].Port;
        await webhook.DisposeAsync();
        await StartAsync(port);
        await cluster.KubectlAsync("scale", "-n", "shop", "deployment/deployment", "--replicas", "6");
        await cluster.KubectlAsync("scale", "-n", "shop", "statefulset/statefulset", "--replicas", "3");
        Assert.Single(await SettledAsync("app=deployment", 6));
        Assert.Single(await SettledAsync("app=statefulset", 3));
        Assert.Single(await SettledAsync("app=job", 2));
        Assert.Single(await SettledAsync("app=daemonset", 2));

        // the tag stands in the template, so that nobody sees a difference; and no second ReplicaSet was made
        Assert.Equal(image, await cluster.KubectlAsync("get", "deployment", "-n", "shop", "deployment", "-o", "jsonpath={.spec.template.spec.containers[0].image}"));
        Assert.Single((await cluster.KubectlAsync("get", "replicasets", "-n", "shop", "-l", "app=deployment", "-o", "name")).Split('\n'));
        Assert.Equal("", await cluster.KubectlAsync("get", "deployment", "-n", "shop", "deployment", "-o", "jsonpath={.status.collisionCount}"));

        // a ReplicaSet that is deleted comes back as the same revision: its owner is another, so it takes what the tag means
        var moved = Move(5);
        await cluster.KubectlAsync("rollout", "restart", "-n", "shop", "deployment/deployment");
        await UntilAsync(async () => (await ImagesAsync("app=deployment")).Contains($"{image}@{moved}"));
    }

    private string Now { get; set; } = "";

    // the API server's clock knows seconds: what came to be in the same second may have been asked for before
    private string Move(int to)
    {
        Now = registry.Add(to.ToString(CultureInfo.InvariantCulture), "linux/amd64").Digest;
        registry.Tag("app:1", Now);
        return Now;
    }

    private async Task StartAsync(int port = 0) => webhook = await AdmissionHost.StartAsync(
        new() { Listen = $"127.0.0.1:{port}", TlsCert = folder["tls.crt"], TlsKey = folder["tls.key"], Kubeconfig = cluster.Kubeconfig, Drain = TimeSpan.Zero, LogLevel = LogLevel.None, UsesCloudIdentity = false, CacheTime = TimeSpan.FromMilliseconds(1) },
        _ => null,
        TestContext.Current.CancellationToken);

    private Task<string> ImageAsync(string pod) => cluster.KubectlAsync("get", "pod", "-n", "shop", pod, "-o", "jsonpath={.spec.containers[0].image}");

    private async Task<IReadOnlyList<string>> ImagesAsync(string label) =>
        (await cluster.KubectlAsync("get", "pods", "-n", "shop", "-l", label, "-o", "jsonpath={range .items[*]}{.spec.containers[0].image}{'\\n'}{end}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The distinct images of the pods with a label, once there are so many.</summary>
    private async Task<HashSet<string>> SettledAsync(string label, int pods)
    {
        IReadOnlyList<string> images = [];
        await UntilAsync(async () => (images = await ImagesAsync(label)).Count == pods);
        Assert.All(images, i => Assert.StartsWith($"{image}@sha256:", i, StringComparison.Ordinal));
        return [.. images];
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; !await holds(); i++)
        {
            Assert.True(i < 100, "it did not come to be");
            await Task.Delay(300, TestContext.Current.CancellationToken);
        }
    }

    private string Pod(string name) => $$"""
        apiVersion: v1
        kind: Pod
        metadata: {name: {{name}}, namespace: shop}
        spec: {containers: [{name: app, image: "{{image}}"}]}
        """;

    private string Workload(string kind, string version) => $$"""
        ---
        apiVersion: {{version}}
        kind: {{kind}}
        metadata: {name: {{kind.ToLowerInvariant()}}, namespace: shop}
        spec:
          {{kind switch { "Deployment" => "replicas: 3", "StatefulSet" => "{replicas: 2, serviceName: x, podManagementPolicy: Parallel}", "Job" => "parallelism: 2", _ => "minReadySeconds: 0" } switch { var s => s.Trim('{', '}').Replace(", ", "\n  ", StringComparison.Ordinal) }}}
          {{(kind == "Job" ? "completions: 2" : $"selector: {{matchLabels: {{app: {kind.ToLowerInvariant()}}} }}")}}
          template:
            metadata: {labels: {app: {{kind.ToLowerInvariant()}} } }
            spec: {tolerations: [{operator: Exists}], containers: [{name: app, image: "{{image}}"}], restartPolicy: {{(kind == "Job" ? "Never" : "Always")}} }

        """;
}
