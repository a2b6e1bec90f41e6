using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Cleat.Admission.Cluster;
using Cleat.Admission.Ledgers;
using Cleat.Admission.Pins;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging.Console;

namespace Cleat.Admission.Hosting;

/// <summary>The program as a value: options in, a running server out. Tests start it in process.</summary>
internal sealed partial class AdmissionHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Stack<object> owned;

    private AdmissionHost(WebApplication app, Metrics metrics, Stack<object> owned) => (this.app, Metrics, this.owned) = (app, metrics, owned);

    public Metrics Metrics { get; }

    /// <summary>Where it listens, in the order of the options.</summary>
    public IReadOnlyList<Uri> Places => [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a.Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)))];

    /// <summary>Makes all of it and starts to listen.</summary>
    /// <exception cref="CleatException">Something of the options cannot be had.</exception>
    public static async Task<AdmissionHost> StartAsync(AdmissionOptions options, Func<string, string?> environment, CancellationToken cancellation = default)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "cleat-admission" });
        builder.Logging.ClearProviders();
        builder.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.AddJsonConsole(o => (o.UseUtcTimestamp, o.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        builder.Logging.SetMinimumLevel(options.LogLevel).AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = options.Drain + TimeSpan.FromSeconds(10));
        Stack<object> owned = new();
        try
        {
            return await StartAsync(builder, options, environment, owned, cancellation);
        }
        catch
        {
            await DisposeAsync(owned);
            throw;
        }
    }

    /// <summary>Ends when it was asked to.</summary>
    public Task WaitAsync() => app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await DisposeAsync(owned);
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "What is owned is disposed with the host.")]
    private static async Task<AdmissionHost> StartAsync(WebApplicationBuilder builder, AdmissionOptions options, Func<string, string?> environment, Stack<object> owned, CancellationToken cancellation)
    {
        var clock = TimeProvider.System;
        Metrics metrics = new();
        metrics.Gauge($"cleat_build_info{{version=\"{typeof(AdmissionHost).Assembly.GetName().Version?.ToString(3)}\"}}", () => 1);
        Kestrel kestrel = new();
        builder.WebHost.ConfigureKestrel(k => kestrel.Configure(k, options));
        var app = builder.Build();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("cleat");
        ServingCertificate certificate = new(clock, metrics, log);
        kestrel.Certificate = certificate;
        kestrel.Clients = options.ClientCa is { } ca ? new ClientCertificates(ca) : null;

        ClusterObjects? cluster = null;
        if (options.UsesCluster)
        {
            var api = await KubernetesApi.OpenAsync(new() { Kubeconfig = options.Kubeconfig, RequestTime = TimeSpan.FromSeconds(2), Environment = environment }, cancellation);
            owned.Push(api);
            cluster = new(api, log);
        }

        if (options is { TlsCert: { } cert, TlsKey: { } key })
        {
            owned.Push(new CertificateFiles(cert, key, options.TlsReload, certificate, clock));
        }
        else if (options.TlsSecret is { } secret)
        {
            owned.Push(new OwnCertificate(cluster ?? throw new CleatException("--tls-secret wants a cluster"), new(secret, options.ServiceName, options.WebhookName), certificate, clock, log));
        }

        RedisLedger? redis = options.Redis is { } place ? await RedisLedger.ConnectAsync(place, Password(options.RedisPasswordFile), metrics, log) : null;
        if (redis is not null)
        {
            owned.Push(redis);
        }

        Events? events = cluster is not null && options.WritesEvents ? new(cluster, metrics, clock) : null;
        if (events is not null)
        {
            owned.Push(events);
        }

        var tags = Sources.Tags(options, environment, metrics, clock, log, owned);
        metrics.Gauge("cleat_cache_entries", () => tags.Count);
        metrics.Gauge("cleat_certificate_expiry_timestamp_seconds", () => certificate.Expires?.ToUnixTimeSeconds() ?? 0);
        Askers askers = new(
            cluster is null ? null : new Owners(cluster, clock), cluster is null ? null : new PullSecrets(cluster, clock), options.TrustsCallers || options.ClientCa is not null);
        Pinner pinner = new(askers, new Ledger(redis, cluster is null ? null : new LivingPods(cluster, askers), metrics), tags, events, clock, log);
        Endpoints endpoints = new(
            new(pinner, options.Exemptions, metrics, mayOptOut: !options.Enforces), new(options.Exemptions, metrics, options.Enforces), metrics, options.Timeout,
            () => Kestrel.ServesTls(options) && certificate.Context is null ? "there is no certificate yet" : null, clock, log);
        app.Run(endpoints.HandleAsync);
        app.Lifetime.ApplicationStopping.Register(() =>
        {
            endpoints.Drain();
            Draining(log, options.Drain.TotalSeconds);
            Thread.Sleep(options.Drain);
        });
        await app.StartAsync(cancellation);
        AdmissionHost host = new(app, metrics, owned);
        Started(log, string.Join(", ", host.Places), options.Enforces ? "enforce" : "assist", cluster is null ? "no cluster" : "with the cluster", redis is null ? "in this process" : "in Redis");
        return host;
    }

    private static string? Password(string? file)
    {
        try
        {
            return file is null ? null : OptionFile.Text(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CleatException($"--redis-password-file {file}: {e.Message}");
        }
    }

    private static async ValueTask DisposeAsync(Stack<object> owned)
    {
        while (owned.TryPop(out var one))
        {
            switch (one)
            {
                case IAsyncDisposable later: await later.DisposeAsync(); break;
                case IDisposable now: now.Dispose(); break;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Listening at {Places}, mode {Mode}, {Cluster}, ledger {Ledger}")]
    private static partial void Started(ILogger log, string places, string mode, string cluster, string ledger);

    [LoggerMessage(Level = LogLevel.Information, Message = "Asked to end: not ready any more, serving on for {Seconds} s")]
    private static partial void Draining(ILogger log, double seconds);

    /// <summary>The listeners.</summary>
    private sealed class Kestrel
    {
        public ServingCertificate? Certificate { get; set; }

        public ClientCertificates? Clients { get; set; }

        public static bool ServesTls(AdmissionOptions options) => options.TlsCert is not null || options.TlsSecret is not null;

        public void Configure(KestrelServerOptions kestrel, AdmissionOptions options)
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Endpoints.LargestReview;
            kestrel.Listen(ListenAddress.Read(options.Listen).Place, listen =>
            {
                if (ServesTls(options))
                {
                    listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(Tls()) });
                }
            });
            if (options.Metrics is { } metrics)
            {
                kestrel.Listen(ListenAddress.Read(metrics).Place, listen => listen.Use(next => connection =>
                {
                    connection.Items[Endpoints.ProbesOnly] = true;
                    return next(connection);
                }));
            }
        }

        private SslServerAuthenticationOptions Tls() => new()
        {
            ServerCertificateContext = Certificate?.Context ?? throw new InvalidOperationException("there is no certificate yet"),
            ClientCertificateRequired = Clients is not null,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = Clients is null ? null : Clients.IsTrusted,
        };
    }
}
