using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Cleat.Registries;

/// <summary>Sends one request and reads its answer, with a time limit, a size limit and redirects followed by hand.</summary>
internal sealed class HttpExchange : IDisposable
{
    private const int MostRedirects = 5;

    private readonly HttpClient client;
    private readonly RegistryOptions options;

    public HttpExchange(RegistryOptions options)
    {
        this.options = options;
#pragma warning disable CA2000 // the client owns its handler
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = options.RequestLimit,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        };
#pragma warning restore CA2000
        if (options.CaFile is { } file)
        {
            X509Certificate2Collection roots = [];
            roots.ImportFromPemFile(file);
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Trusts(certificate, chain, errors, roots);
        }

        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "cleat");
    }

    /// <summary>Sends, following redirects. Authorization goes to the first host only.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, Uri uri, string? accept, AuthenticationHeaderValue? authorization, HttpContent? content, CancellationToken cancellation)
    {
        HashSet<Uri> seen = [];
        for (var at = uri; ;)
        {
            var same = at.Scheme == uri.Scheme && at.Authority == uri.Authority;
            var answer = await OnceAsync(method, at, accept, same ? authorization : null, content, cancellation);
            if (!answer.IsRedirect)
            {
                return answer;
            }

            if (answer.Location is not { } to || !Uri.TryCreate(at, to, out var next) || next.Scheme is not ("http" or "https"))
            {
                return Answer.Failed("it redirects to nowhere", refusal: true);
            }

            if (at.Scheme == "https" && next.Scheme == "http")
            {
                return Answer.Failed($"it redirects from https to plain http ({next.Host})", refusal: true);
            }

            if (!seen.Add(next) || seen.Count > MostRedirects)
            {
                return Answer.Failed("it redirects in circles", refusal: true);
            }

            at = next;
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<Answer> OnceAsync(HttpMethod method, Uri uri, string? accept, AuthenticationHeaderValue? authorization, HttpContent? content, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(method, uri) { Content = content };
        request.Headers.Authorization = authorization;
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.RequestLimit);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var body = method == HttpMethod.Head ? [] : await BodyAsync(response, limit.Token);
            return body is null
                ? Answer.Failed($"it sends more than {Manifests.LargestBody >> 20} MiB", refusal: true)
                : new Answer(
                    response.StatusCode,
                    body,
                    response.Content.Headers.ContentType?.MediaType,
                    response.Headers.TryGetValues("Docker-Content-Digest", out var digest) ? digest.First() : null,
                    response.Headers.TryGetValues("WWW-Authenticate", out var challenges) ? [.. challenges] : [],
                    response.Headers.Location,
                    Wait(response.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Answer.Failed($"no answer from {uri.Authority} within {options.RequestLimit.TotalSeconds:0.#} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Answer.Failed(Words(e, uri));
        }
    }

    // a longer body than a manifest may have is not read to its end
    private static async Task<byte[]?> BodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentLength > Manifests.LargestBody)
        {
            return null;
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        using MemoryStream body = new();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancellation)) > 0;)
        {
            await body.WriteAsync(buffer.AsMemory(0, read), cancellation);
            if (body.Length > Manifests.LargestBody)
            {
                return null;
            }
        }

        return body.ToArray();
    }

    private TimeSpan? Wait(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - options.Time.GetUtcNow() : null);

    private static string Words(Exception e, Uri uri) => (e, e.InnerException) switch
    {
        (HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError }, _) => $"the name {uri.Host} is not known (DNS)",
        (HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }, _) => $"TLS with {uri.Authority} failed: {(e.InnerException ?? e).Message}; for a private authority give --ca-file, for a registry without TLS --plain-http {uri.Authority}",
        (_, SocketException { SocketErrorCode: SocketError.ConnectionRefused }) => $"{uri.Authority} refuses connections",
        _ => $"the connection to {uri.Authority} broke: {(e.InnerException ?? e).Message}",
    };

    private static bool Trusts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, X509Certificate2Collection roots)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null || chain is null)
        {
            return false;
        }

        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using X509Certificate2 leaf = new(certificate);
        return chain.Build(leaf);
    }
}
