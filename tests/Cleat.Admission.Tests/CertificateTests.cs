using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Cleat.Cli.Tests;
using Cleat.Tests.Registries;

namespace Cleat.Admission.Tests;

/// <summary>The serving certificate: from files that change, and of its own making.</summary>
[SuppressMessage("Security", "CA5359", Justification = "What is served is looked at by the tests themselves.")]
[SuppressMessage("Reliability", "CA2000", Justification = "The webhook's client owns the handler.")]
public sealed class CertificateTests
{
    [Fact]
    public async Task A_new_certificate_is_served_without_a_restart_and_a_bad_one_leaves_the_old()
    {
        using TemporaryFolder folder = new();
        using var first = Put(folder);
        X509Certificate2? served = null;
        await using var webhook = await StartAsync(folder, c => served = c);
        await webhook.GetAsync("/livez");
        Assert.Equal(first.Thumbprint, served!.Thumbprint);

        // half written, another's key, no certificate at all
        var key = folder.Read("tls.key");
        foreach (var (certificate, with) in ((string, string)[])[("-----BEGIN CERTIFICATE-----\nMII", key), (folder.Read("tls.crt"), TestCertificate.Key(TestCertificate.OfLoopback())), ("", "")])
        {
            var refused = webhook.Metrics.Value("cleat_certificate_reloads_total", "result=\"refused\"");
            folder.Put("tls.crt", certificate);
            folder.Put("tls.key", with);
            await UntilAsync(() => webhook.Metrics.Value("cleat_certificate_reloads_total", "result=\"refused\"") > refused);
            Assert.Equal(200, (await webhook.GetAsync("/readyz")).Status);
            Assert.Equal(first.Thumbprint, served!.Thumbprint);
            folder.Put("tls.key", key);
            folder.Put("tls.crt", first.ExportCertificatePem());
            await Task.Delay(60, TestContext.Current.CancellationToken);
        }

        using var second = Put(folder);
        await UntilAsync(() => webhook.Metrics.Value("cleat_certificate_reloads_total", "result=\"taken\"") == 2);
        Assert.Equal(200, (await webhook.GetAsync("/readyz")).Status);
        Assert.Equal(second.Thumbprint, served!.Thumbprint);
        Assert.Contains("cleat_certificate_expiry_timestamp_seconds", (await webhook.GetAsync("/metrics")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_no_secret_can_have_is_said_at_the_start()
    {
        await using CannedCluster cluster = new();
        var e = await Assert.ThrowsAsync<CleatException>(() => RunningWebhook.StartAsync(o => o with { UsesCluster = true, Kubeconfig = cluster.Kubeconfig, TlsSecret = "Not_A_Name" }));
        Assert.Equal("--tls-secret 'Not_A_Name' is no name of a secret", e.Message);
    }

    [Fact]
    public async Task Who_shows_no_certificate_of_the_named_authority_is_not_heard()
    {
        using TemporaryFolder folder = new();
        using var server = Put(folder);
        using var client = TestCertificate.OfLoopback();
        using var foreign = TestCertificate.OfLoopback();
        folder.Put("ca.crt", client.ExportCertificatePem());
        await using var webhook = await StartAsync(folder, _ => { }, folder["ca.crt"]);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => webhook.GetAsync("/livez"));
        Assert.Equal(200, await AskAsync(client));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => AskAsync(foreign));

        async Task<int> AskAsync(X509Certificate2 shown)
        {
            using SocketsHttpHandler handler = new() { SslOptions = { ClientCertificates = [shown], RemoteCertificateValidationCallback = (_, _, _, _) => true } };
            using HttpClient http = new(handler);
            using var answer = await http.GetAsync(new Uri(webhook.Place, "/livez"), TestContext.Current.CancellationToken);
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task Probes_and_metrics_on_a_port_of_their_own_take_no_review()
    {
        using TemporaryFolder folder = new();
        using var server = Put(folder);
        await using var webhook = await RunningWebhook.StartAsync(o => o with { TlsCert = folder["tls.crt"], TlsKey = folder["tls.key"], Metrics = "127.0.0.1:0" });
        using HttpClient http = new() { BaseAddress = webhook.Places[1] };
        Assert.Equal("ok\n", await http.GetStringAsync(new Uri("/readyz", UriKind.Relative), TestContext.Current.CancellationToken));
        using StringContent review = new(Reviews.Pod("nginx"));
        using var answer = await http.PostAsync(new Uri("/mutate", UriKind.Relative), review, TestContext.Current.CancellationToken);
        Assert.Equal(404, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Replicas_make_one_certificate_and_put_its_authority_into_the_configurations()
    {
        await using CannedCluster cluster = new();
        cluster.Put("/api/v1/namespaces/cleat/secrets/tls", """{"kind":"Secret","metadata":{"name":"tls"},"type":"Opaque"}""");
        cluster.Put("/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/zz-cleat-admission", """{"metadata":{},"webhooks":[{"name":"a.b.c","clientConfig":{"service":{"name":"cleat-admission"}}},{"name":"d.e.f","clientConfig":{"service":{"name":"cleat-admission"},"caBundle":"Cg=="}}]}""");
        List<X509Certificate2> served = [];
        List<RunningWebhook> replicas = [];
        for (var i = 0; i < 2; i++)
        {
            replicas.Add(await RunningWebhook.StartAsync(
                o => o with { UsesCluster = true, Kubeconfig = cluster.Kubeconfig, TlsSecret = "tls", Metrics = "127.0.0.1:0" },
                handler: new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, c, _, _) => { served.Add(new X509Certificate2(c!)); return true; } } }));
        }

        foreach (var replica in replicas)
        {
            using HttpClient probe = new();
            await UntilAsync(async () =>
            {
                using var ready = await probe.GetAsync(new Uri(replica.Places[1], "/readyz"), TestContext.Current.CancellationToken);
                return ready.IsSuccessStatusCode;
            });
            Assert.Equal(200, (await replica.GetAsync("/livez")).Status);
        }

        await UntilAsync(() => Bundle(1).Length > 4);
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(Encoding.UTF8.GetString(Convert.FromBase64String(Bundle(0))));
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        Assert.True(chain.Build(served[0]));
        Assert.True(served[0].MatchesHostname("cleat-admission.cleat.svc"));
        Assert.Equal(served[0].Thumbprint, served[^1].Thumbprint);
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }

        string Bundle(int i) => (string?)cluster["/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/zz-cleat-admission"]!["webhooks"]![i]!["clientConfig"]!["caBundle"] ?? "";
    }

    private static X509Certificate2 Put(TemporaryFolder folder)
    {
        var made = TestCertificate.OfLoopback();
        folder.Put("tls.crt", made.ExportCertificatePem());
        folder.Put("tls.key", TestCertificate.Key(made));
        return made;
    }

    private static Task<RunningWebhook> StartAsync(TemporaryFolder folder, Action<X509Certificate2> see, string? clientCa = null) => RunningWebhook.StartAsync(
        o => o with { TlsCert = folder["tls.crt"], TlsKey = folder["tls.key"], TlsReload = TimeSpan.FromMilliseconds(20), ClientCa = clientCa },
        handler: new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, SslOptions = { RemoteCertificateValidationCallback = (_, c, _, _) => { see(new X509Certificate2(c!)); return true; } } });

    private static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; !await holds(); i++)
        {
            Assert.True(i < 1000, "it did not come to be");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
