using Cleat.Registries.SignIn;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography;
using System.Text;
using Cleat.Files;
using Polly.Retry;
using Polly;

namespace Cleat.Running.Kubernetes;

/// <summary>How the API server is asked. Every default is visible here.</summary>
internal sealed record KubeApiOptions
{
    /// <summary>For one request with its whole answer.</summary>
    public TimeSpan RequestTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a request is tried that got no answer, 429 or 5xx.</summary>
    public int Attempts { get; init; } = 4;

    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How many requests are made in all: what has no end on the other side ends here.</summary>
    public int MostRequests { get; init; } = 200_000;

    /// <summary>Called with each line that a credential plugin writes to standard error.</summary>
    public Action<string> OnPluginMessage { get; init; } = static _ => { };
}

/// <summary>One cluster's API server (kubernetes.io, "Kubernetes API Concepts"), asked one thing after another.</summary>
internal sealed class KubeApi : IDisposable
{
    private static readonly string UserAgent = $"cleat/{typeof(KubeApi).Assembly.GetName().Version?.ToString(3)}";

    private readonly ClusterAccess access;
    private readonly KubeApiOptions options;
    private readonly ClusterCredentials credentials;
    private readonly HttpClient http;
    private readonly X509Certificate2? certificate;
    private readonly ResiliencePipeline<ApiAnswer> retries;
    private int requests;

    private KubeApi(ClusterAccess access, KubeApiOptions options, ClusterCredentials credentials, HttpClient http, X509Certificate2? certificate)
    {
        this.access = access;
        this.options = options;
        this.credentials = credentials;
        this.http = http;
        this.certificate = certificate;
        retries = options.Attempts < 2 ? ResiliencePipeline<ApiAnswer>.Empty : new ResiliencePipelineBuilder<ApiAnswer>()
            .AddRetry(new RetryStrategyOptions<ApiAnswer>
            {
                MaxRetryAttempts = options.Attempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                Delay = options.RetryDelay,
                UseJitter = true,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is { Status: 429 or 500 or 502 or 503 or 504 } or { Status: 0, CanRetry: true }),
            })
            .Build();
    }

    public ClusterAccess Access => access;

    /// <summary>Makes ready to ask: reads the certificates, runs the credential plugin.</summary>
    /// <exception cref="CleatException">Something of it is not as it should be.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns the handler and is disposed with this.")]
    public static async Task<KubeApi> ConnectAsync(ClusterAccess access, KubeApiOptions options, CancellationToken cancellation)
    {
        ClusterCredentials credentials = new(access, options.OnPluginMessage);
        await credentials.RunPluginAsync(cancellation);
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            UseProxy = access.Proxy is not null || !IPAddress.TryParse(access.Server.Host, out var ip) || !IPAddress.IsLoopback(ip),
        };
        if (access.Proxy is { } proxy)
        {
            handler.Proxy = new WebProxy(proxy);
        }

        X509Certificate2? certificate = null;
        try
        {
            if ((credentials.Certificate, credentials.Key) is ({ } pem, { } key))
            {
                certificate = X509Certificate2.CreateFromPem(pem, key.Reveal());
                handler.SslOptions.ClientCertificates = [certificate];
            }

            Trust(handler.SslOptions, access);
        }
        catch (CryptographicException e)
        {
            handler.Dispose();
            throw new CleatException($"a certificate or key of {access.Name} is not good PEM: {e.Message}");
        }

        return new(access, options, credentials, new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan }, certificate);
    }

    /// <summary>Gets a path, with its query, into a buffer.</summary>
    public Task<ApiAnswer> GetAsync(string path, PageBuffer buffer, CancellationToken cancellation) => AskAsync(HttpMethod.Get, path, null, buffer, cancellation);

    /// <summary>Patches an object.</summary>
    /// <param name="contentType">Which kind of patch.</param>
    public Task<ApiAnswer> PatchAsync(string path, string contentType, byte[] patch, PageBuffer buffer, CancellationToken cancellation) =>
        AskAsync(HttpMethod.Patch, path, (contentType, patch), buffer, cancellation);

    public void Dispose()
    {
        http.Dispose();
        certificate?.Dispose();
    }

    [SuppressMessage("Security", "CA5359", Justification = "The user's own kubeconfig says insecure-skip-tls-verify.")]
    private static void Trust(SslClientAuthenticationOptions tls, ClusterAccess access)
    {
        if (access.SkipTlsVerify)
        {
            tls.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        }
        else if (access.Authorities is { } authorities)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            tls.CertificateChainPolicy.CustomTrustStore.ImportFromPem(authorities);
        }
    }

    /// <summary>Asks for a path, with its query.</summary>
    /// <param name="body">With its media type.</param>
    public async Task<ApiAnswer> AskAsync(HttpMethod method, string path, (string Type, byte[] Bytes)? body, PageBuffer buffer, CancellationToken cancellation)
    {
        var answer = await retries.ExecuteAsync(async token => await OnceAsync(method, path, body, buffer, token), cancellation);
        if (answer.Status == 401 && access.Exec is not null && !credentials.Fresh)
        {
            // the plugin's token may have run out meanwhile
            await credentials.RunPluginAsync(cancellation);
            answer = await OnceAsync(method, path, body, buffer, cancellation);
        }

        credentials.Fresh = false;
        return answer;
    }

    private async Task<ApiAnswer> OnceAsync(HttpMethod method, string path, (string Type, byte[] Bytes)? body, PageBuffer buffer, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref requests) > options.MostRequests)
        {
            return new(0, default, string.Create(CultureInfo.InvariantCulture, $"was asked {options.MostRequests} times without an end: name fewer namespaces")) { CanRetry = false };
        }

        using var limit = new CancellationTokenSource(options.RequestTime);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using HttpRequestMessage request = new(method, access.Server.OriginalString.TrimEnd('/') + path);
            request.Headers.Authorization = credentials.Header();
            request.Headers.TryAddWithoutValidation("Accept", "application/json");
            request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
            request.Headers.Host = access.TlsServerName;
            if (access.ActAs is { } user)
            {
                request.Headers.TryAddWithoutValidation("Impersonate-User", user);
            }

            if (body is { } content)
            {
                request.Content = new ByteArrayContent(content.Bytes) { Headers = { ContentType = new MediaTypeHeaderValue(content.Type) } };
            }

            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            using var stream = await response.Content.ReadAsStreamAsync(both.Token);
            if (!await buffer.ReadAsync(stream, both.Token))
            {
                return new(0, default, "sent a page that is too long to be one");
            }

            if (!response.IsSuccessStatusCode)
            {
                Hide(request.Headers.Authorization, buffer);
            }

            return new((int)response.StatusCode, buffer.Bytes, null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // a server that stalled once would only stall again, for as long
            return new(0, default, "stalled: no whole answer within the time limit of --request-timeout") { CanRetry = false };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new(0, default, Words(e)) { CanRetry = e.InnerException is not AuthenticationException };
        }
    }

    // what a refusal says is shown
    private void Hide(AuthenticationHeaderValue? sent, PageBuffer buffer)
    {
        buffer.Hide(sent?.Parameter ?? "");
        buffer.Hide(access.Password?.Reveal() ?? "");
    }

    private static string Words(Exception e) => (e as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "cannot be found: DNS does not know its name",
        HttpRequestError.SecureConnectionError => $"has a certificate that is not trusted, or does not speak TLS: {(e.InnerException ?? e).Message}",
        HttpRequestError.ConnectionError => "cannot be reached: nothing answers at its address",
        _ => "closed the connection before the answer was whole (reset)",
    };

    /// <summary>As whom it is asked.</summary>
    private sealed class ClusterCredentials(ClusterAccess access, Action<string> onMessage)
    {
        private Secret? token = access.Token;

        public string? Certificate { get; private set; } = access.Certificate;

        public Secret? Key { get; private set; } = access.Key;

        /// <summary>The plugin ran for this very question.</summary>
        public bool Fresh { get; set; }

        public async Task RunPluginAsync(CancellationToken cancellation)
        {
            if (access.Exec is { } plugin)
            {
                var given = await plugin.RunAsync(access, onMessage, cancellation);
                (token, Certificate, Key) = (given.Token ?? token, given.Certificate ?? Certificate, given.Key ?? Key);
                Fresh = true;
            }
        }

        public AuthenticationHeaderValue? Header() =>
            access.TokenFile is { } file ? new("Bearer", ReadToken(file))
            : token is not null ? new("Bearer", token.Reveal())
            : access is { User: { } user, Password: { } password } ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password.Reveal()}")))
            : null;

        private static string ReadToken(string file) =>
            SettingsFile.ReadText(file, out var problem)?.Trim() ?? throw new CleatException($"the token file {file} cannot be read: {problem}");
    }
}
