using System.Diagnostics.CodeAnalysis;
using System.Net;
using Cleat.References;
using Cleat.Registries.Settings;
using Cleat.Registries.SignIn;
using Cleat.Text;

namespace Cleat.Registries.Client;

/// <summary>Asks registries what tags mean (OCI distribution-spec, "Pulling manifests"). One connection pool; safe for many callers at once.</summary>
internal sealed partial class RegistryApi : IDigestSource, IDisposable
{
    private readonly RegistryOptions options;
    private readonly ServerCertificates certificates;
    private readonly HttpClient http;
    private readonly RequestSender sender;
    private readonly SchemeMemory schemes;
    private readonly Authorizer authorizer;

    [SuppressMessage("Reliability", "CA2000", Justification = "The HttpClient owns the handler and is disposed with this.")]
    public RegistryApi(RegistryOptions? options = null)
    {
        this.options = options ?? new();
        down = new(StringComparer.Ordinal);
        certificates = new(this.options.CaFile, this.options.CaFilesByHost, new(this.options.CertificateFolders, this.options.Mirrors.Containerd));
        http = new(this.options.Handler ?? OwnHandler(), disposeHandler: this.options.Handler is null) { Timeout = Timeout.InfiniteTimeSpan };
        Traffic = new(this.options.Clock);
        sender = new(new Exchange(http, this.options, certificates, Traffic), this.options, Traffic);
        schemes = new(sender, this.options);
        authorizer = new(new TokenServer(sender, this.options), this.options);
    }

    private RegistryApi(RegistryApi shared, Credentials credentials)
    {
        options = shared.options with { Credentials = credentials };
        (certificates, http, sender, schemes, down, Traffic) = (shared.certificates, shared.http, shared.sender, shared.schemes, shared.down, shared.Traffic);
        authorizer = new(new TokenServer(sender, options), options);
    }

    /// <summary>The same registries, asked as somebody else: connections, mirrors and what is known of hosts are shared, tokens are not. It lives as long as this one, which is disposed alone.</summary>
    public RegistryApi As(Credentials credentials) => new(this, credentials);

    /// <summary>Why the client cannot be used (its CA file cannot be read), or null. Every question is then refused with it.</summary>
    public string? Problem => certificates.FileProblem;

    /// <summary>Which hosts are asked, how much they still give, and which of them ask to wait.</summary>
    public RegistryTraffic Traffic { get; }

    /// <inheritdoc/>
    public async Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation)
    {
        Platform? wanted = null;
        if (Problem is not null || (platform is not null && !Platform.TryParse(platform, out wanted)))
        {
            return new Resolution.Refused(Problem ?? $"the platform '{PrintableText.Abbreviated(platform!)}' does not read os/arch or os/arch/variant");
        }

        using var limit = new CancellationTokenSource(options.TotalTime, options.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await AskAsync(reference, byTag: true, (question, stop) => question.AnswerAsync(wanted, stop), new(options.Clock, options.TotalTime), both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Resolution.Unreachable($"{reference.Registry} stalled: no answer for {reference.WithoutDigest} within the total time limit of {Duration.Words(options.TotalTime)}");
        }
    }

    public void Dispose()
    {
        schemes.Dispose();
        http.Dispose();
    }

    private SocketsHttpHandler OwnHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        Proxy = new ProxyWithExceptions(options.Proxy ?? HttpClient.DefaultProxy, options.NoProxy),
        MaxConnectionsPerServer = options.PerHost,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseDrainSize = 0,
        SslOptions = { RemoteCertificateValidationCallback = certificates.IsTrusted, LocalCertificateSelectionCallback = certificates.Client! },
    };
}
