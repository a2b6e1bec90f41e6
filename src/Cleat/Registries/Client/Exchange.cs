using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Cleat.Registries.Settings;

namespace Cleat.Registries.Client;

/// <summary>One request.</summary>
/// <param name="Form">A body, form-encoded; it may hold a refresh token, so a request with one is never redirected.</param>
internal sealed record RegistryRequest(HttpMethod Method, Uri Uri, AuthenticationHeaderValue? Authorization = null, string? Accept = null, IReadOnlyList<KeyValuePair<string, string>>? Form = null);

/// <summary>What came back, its body read.</summary>
/// <param name="Uri">Where the answer came from, redirects followed.</param>
internal sealed record RegistryReply(Uri Uri, int Status, string? ContentType, string? Digest, IReadOnlyList<string> Authenticate, TimeSpan? RetryAfter, string? Location, ReplyBody Content)
{
    /// <summary>Where a list goes on (RFC 8288), as the reply says it.</summary>
    internal string? Link { get; init; }

    internal byte[] Body => Content.Bytes;
}

/// <summary>A reply, or why there was none.</summary>
internal readonly record struct Attempt(RegistryReply? Reply, Fault? Fault);

/// <summary>Sends one request once, within its time and its host's share, and reads the body up to the cap.</summary>
internal sealed class Exchange(HttpClient http, RegistryOptions options, ServerCertificates certificates, RegistryTraffic traffic)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="OperationCanceledException">The caller gave up, or the reference's total time ran out.</exception>
    internal async Task<Attempt> SendAsync(RegistryRequest request, CancellationToken cancellation)
    {
        var share = hosts.GetOrAdd(request.Uri.Authority, _ => new SemaphoreSlim(options.PerHost));
        await share.WaitAsync(cancellation);
        traffic.Begins(request.Uri.Authority);
        try
        {
            using var limit = new CancellationTokenSource(options.RequestTime, options.Clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            try
            {
                return new(await ReplyAsync(request, both.Token), null);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return new(null, Fault.Stalled(options.RequestTime));
            }
            catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
            {
                cancellation.ThrowIfCancellationRequested();
                return new(null, Fault.From(e, certificates.Problem(request.Uri.IdnHost)));
            }
        }
        finally
        {
            traffic.Ends(request.Uri.Authority);
            share.Release();
        }
    }

    private async Task<RegistryReply> ReplyAsync(RegistryRequest request, CancellationToken cancellation)
    {
        using var message = Message(request);
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (PullQuota.Read(First(response.Headers, "RateLimit-Remaining"), First(response.Headers, "RateLimit-Limit")) is { } quota)
        {
            traffic.Says(request.Uri.Authority, quota);
        }

        var body = request.Method == HttpMethod.Head ? ReplyBody.None : await ReplyBody.ReadAsync(response.Content, options.MaxBody, cancellation);
        return new(
            request.Uri,
            (int)response.StatusCode,
            response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type) ? MediaType(type.ToString()) : null,
            response.Headers.NonValidated.TryGetValues("Docker-Content-Digest", out var digest) ? digest.ToString().Trim() : null,
            response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var challenges) ? [.. challenges] : [],
            RetryAfter(response.Headers.RetryAfter, response.Headers.Date),
            response.Headers.NonValidated.TryGetValues("Location", out var location) ? location.ToString() : null,
            body)
        {
            Link = response.Headers.NonValidated.TryGetValues("Link", out var link) ? link.ToString() : null,
        };
    }

    private static HttpRequestMessage Message(RegistryRequest request)
    {
        var message = new HttpRequestMessage(request.Method, request.Uri)
        {
            Version = System.Net.HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = request.Form is null ? null : new FormUrlEncodedContent(request.Form),
        };
        message.Headers.Authorization = request.Authorization;
        message.Headers.TryAddWithoutValidation("Accept", request.Accept ?? "application/json");
        message.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        return message;
    }

    // it may be a time of day, which is compared with the server's own clock: this machine's may be an hour off
    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header, DateTimeOffset? sent)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - (sent ?? options.Clock.GetUtcNow()) : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static string? First(HttpResponseHeaders headers, string name) => headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static string MediaType(string header) => header.Split(';')[0].Trim().ToLowerInvariant();

    private static readonly string UserAgent = $"cleat/{typeof(Exchange).Assembly.GetName().Version?.ToString(3)}";
}
