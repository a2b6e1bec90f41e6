using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Cleat.References;
using Cleat.Registries.Settings;

namespace Cleat.Registries.Client;

/// <summary>One request.</summary>
/// <param name="Form">A body, form-encoded; it may hold a refresh token, so a request with one is never redirected.</param>
internal sealed record Ask(HttpMethod Method, Uri Uri, AuthenticationHeaderValue? Authorization = null, string? Accept = null, IReadOnlyList<KeyValuePair<string, string>>? Form = null);

/// <summary>What came back, its body read and let go.</summary>
/// <param name="Uri">Where the answer came from, redirects followed.</param>
/// <param name="TooLarge">The body went beyond the cap and was not read further.</param>
internal sealed record Reply(Uri Uri, int Status, string? ContentType, string? Digest, IReadOnlyList<string> Authenticate, TimeSpan? RetryAfter, string? Location, byte[] Body, bool TooLarge);

/// <summary>A reply, or why there was none.</summary>
internal readonly record struct Attempt(Reply? Reply, Fault? Fault);

/// <summary>Sends one request once, within its time and its host's share, and reads the body up to the cap.</summary>
internal sealed class Exchange(HttpClient http, RegistryOptions options, ServerCertificates certificates, RegistryTraffic traffic)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="OperationCanceledException">The caller gave up, or the reference's total time ran out.</exception>
    internal async Task<Attempt> SendAsync(Ask ask, CancellationToken cancellation)
    {
        var share = hosts.GetOrAdd(ask.Uri.Authority, _ => new SemaphoreSlim(options.PerHost));
        await share.WaitAsync(cancellation);
        traffic.Begins(ask.Uri.Authority);
        try
        {
            using var limit = new CancellationTokenSource(options.RequestTime, options.Clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            try
            {
                return new(await ReplyAsync(ask, both.Token), null);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return new(null, Fault.Stalled(options.RequestTime));
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                cancellation.ThrowIfCancellationRequested();
                return new(null, Fault.From(e, certificates.Problem(ask.Uri.IdnHost)));
            }
        }
        finally
        {
            traffic.Ends(ask.Uri.Authority);
            share.Release();
        }
    }

    private async Task<Reply> ReplyAsync(Ask ask, CancellationToken cancellation)
    {
        using var request = Request(ask);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (PullQuota.Read(First(response.Headers, "RateLimit-Remaining"), First(response.Headers, "RateLimit-Limit")) is { } quota)
        {
            traffic.Says(ask.Uri.Authority, quota);
        }

        var (body, tooLarge) = ask.Method == HttpMethod.Head ? ([], false) : await BodyAsync(response.Content, cancellation);
        return new(
            ask.Uri,
            (int)response.StatusCode,
            response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type) ? MediaType(type.ToString()) : null,
            response.Headers.NonValidated.TryGetValues("Docker-Content-Digest", out var digest) ? digest.ToString().Trim() : null,
            response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var challenges) ? [.. challenges] : [],
            RetryAfter(response.Headers.RetryAfter, response.Headers.Date),
            response.Headers.NonValidated.TryGetValues("Location", out var location) ? location.ToString() : null,
            body,
            tooLarge);
    }

    private static HttpRequestMessage Request(Ask ask)
    {
        var request = new HttpRequestMessage(ask.Method, ask.Uri)
        {
            Version = System.Net.HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = ask.Form is null ? null : new FormUrlEncodedContent(ask.Form),
        };
        request.Headers.Authorization = ask.Authorization;
        request.Headers.TryAddWithoutValidation("Accept", ask.Accept ?? "application/json");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        return request;
    }

    private async Task<(byte[] Body, bool TooLarge)> BodyAsync(HttpContent content, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > options.MaxBody)
        {
            return ([], true);
        }

        using var stream = await content.ReadAsStreamAsync(cancellation);
        using var kept = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellation)) > 0)
        {
            if (kept.Length + read > options.MaxBody)
            {
                return ([], true);
            }

            await kept.WriteAsync(chunk.AsMemory(0, read), cancellation);
        }

        return (kept.ToArray(), false);
    }

    // a time of day is the server's, and so is the clock it is held against: this machine's may be an hour off
    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header, DateTimeOffset? sent)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - (sent ?? options.Clock.GetUtcNow()) : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static string? First(HttpResponseHeaders headers, string name) => headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static string MediaType(string header) => header.Split(';')[0].Trim().ToLowerInvariant();

    private static readonly string UserAgent = $"cleat/{typeof(Exchange).Assembly.GetName().Version?.ToString(3)}";
}
