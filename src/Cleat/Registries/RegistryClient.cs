using System.Diagnostics.CodeAnalysis;
using System.Net;
using Cleat.References;

namespace Cleat.Registries;

/// <summary>Asks registries what tags mean (OCI distribution-spec, "Pulling manifests"). One connection pool; safe for many callers at once.</summary>
public sealed partial class RegistryClient : IDigestSource, IDisposable
{
    private readonly RegistryOptions options;
    private readonly ServerCertificates certificates;
    private readonly HttpClient http;
    private readonly Wire wire;
    private readonly SchemeMemory schemes;
    private readonly Authorizer authorizer;

    [SuppressMessage("Reliability", "CA2000", Justification = "The HttpClient owns the handler and is disposed with this.")]
    public RegistryClient(RegistryOptions? options = null)
    {
        this.options = options ?? new();
        certificates = new(this.options.CaFile, this.options.CaFilesByHost);
        http = new(this.options.Handler ?? OwnHandler(), disposeHandler: this.options.Handler is null) { Timeout = Timeout.InfiniteTimeSpan };
        wire = new(new Exchange(http, this.options, certificates), this.options);
        schemes = new(wire, this.options);
        authorizer = new(new TokenServer(wire, this.options), this.options);
    }

    /// <summary>Why the client cannot be used (its CA file cannot be read), or null. Every question is then refused with it.</summary>
    public string? Problem => certificates.FileProblem;

    /// <inheritdoc/>
    public async Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation)
    {
        Platform? wanted = null;
        if (Problem is not null || (platform is not null && !Platform.TryParse(platform, out wanted)))
        {
            return new Resolution.Refused(Problem ?? $"the platform '{Printable.Clean(platform!)}' does not read os/arch or os/arch/variant");
        }

        using var limit = new CancellationTokenSource(options.TotalTime, options.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await AskAsync(reference, question => question.AnswerAsync(wanted, both.Token), new(options.Clock, options.TotalTime), both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Resolution.Unreachable($"{reference.Registry} stalled: no answer for {reference.WithoutDigest} within the total time limit of {Deadline.Words(options.TotalTime)}");
        }
    }

    public void Dispose()
    {
        schemes.Dispose();
        http.Dispose();
    }

    private async Task<Resolution> AskAsync(ImageReference reference, Func<ManifestQuestion, Task<Resolution>> ask, Deadline deadline, CancellationToken cancellation)
    {
        var origin = await schemes.OriginAsync(reference.Registry, cancellation);
        if (!origin.IsOk)
        {
            return origin.Failure;
        }

        var who = new SignIn(options.Credentials, reference.Registry, reference.Repository, anonymous: false);
        var answer = await ask(Question(who));
        var note = Joined(options.Credentials.Problem, who.Note);
        if (answer is not Resolution.Denied denied)
        {
            return answer is Resolution.Resolved resolved ? resolved with { Note = Joined(resolved.Note, note) } : answer;
        }

        // GHCR and others deny a public image to somebody whose token ran out: nobody may read what he may not
        if (who.Used
            && await ask(Question(new(options.Credentials, reference.Registry, reference.Repository, anonymous: true))) is Resolution.Resolved open)
        {
            return open with { Note = Joined(open.Note, Joined($"the stored credentials for {reference.Registry} were refused; it was resolved anonymously: docker logout {reference.Registry}, or docker login again", note)) };
        }

        var next = who.Used ? "the stored credentials were refused" : "no credentials are stored";
        return new Resolution.Denied(Joined($"{denied.Message}; {next}: docker login {reference.Registry}", note)!);

        ManifestQuestion Question(SignIn asker) => new(wire, authorizer, options, origin.Value, reference, asker, deadline);
    }

    private static string? Joined(string? one, string? other) => one is null ? other : other is null ? one : $"{one}; {other}";

    private SocketsHttpHandler OwnHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        Proxy = new DirectToLoopback(HttpClient.DefaultProxy),
        MaxConnectionsPerServer = options.PerHost,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseDrainSize = 0,
        SslOptions = { RemoteCertificateValidationCallback = certificates.IsTrusted },
    };

    /// <summary>The environment's proxy, but never for loopback, as Docker and every Go program has it.</summary>
    private sealed class DirectToLoopback(IWebProxy proxy) : IWebProxy
    {
        public ICredentials? Credentials
        {
            get => proxy.Credentials;
            set => proxy.Credentials = value;
        }

        public Uri? GetProxy(Uri destination) => proxy.GetProxy(destination);

        public bool IsBypassed(Uri host) => RegistryHost.IsLoopback(host) || proxy.IsBypassed(host);
    }
}
