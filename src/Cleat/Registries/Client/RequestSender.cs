using Cleat.Registries.Settings;
using Cleat.Text;
using Polly.Retry;
using Polly;

namespace Cleat.Registries.Client;

/// <summary>
/// Sends a request with retries and redirects, so that what is above sees either a settled reply or a failure in words.
/// Redirects are followed by hand: an Authorization header never goes to another origin, and https never falls back to http.
/// </summary>
internal sealed class RequestSender(Exchange exchange, RegistryOptions options, RegistryTraffic traffic)
{
    /// <summary>It means the method (RFC 9110, section 15.6.2), and does not pass: some registries answer HEAD with it.</summary>
    private const int NotImplemented = 501;

    private static readonly ResiliencePropertyKey<Deadline> DeadlineKey = new("deadline");

    private readonly ResiliencePipeline<Attempt> retries = options.Attempts < 2 ? ResiliencePipeline<Attempt>.Empty : new ResiliencePipelineBuilder<Attempt> { TimeProvider = options.Clock }
        .AddRetry(new RetryStrategyOptions<Attempt>
        {
            MaxRetryAttempts = options.Attempts - 1,
            BackoffType = DelayBackoffType.Exponential,
            Delay = options.RetryDelay,
            MaxDelay = TimeSpan.FromSeconds(10),
            UseJitter = true,
            ShouldHandle = args => ValueTask.FromResult(IsWorthARetry(args.Outcome.Result, args.Context.Properties.GetValue(DeadlineKey, null!))),
            OnRetry = args =>
            {
                // without Retry-After the wait is the client's own
                if (args.Outcome.Result.Reply is { Status: 429, RetryAfter: null } reply)
                {
                    traffic.Waits(reply.Uri.Authority, args.RetryDelay);
                }

                return ValueTask.CompletedTask;
            },
            DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result.Reply?.RetryAfter),
        })
        .Build();

    /// <summary>One try, no redirects: to learn whether something speaks https at all.</summary>
    internal Task<Attempt> OnceAsync(RegistryRequest request, CancellationToken cancellation) => exchange.SendAsync(request, cancellation);

    /// <returns>A reply that is no redirect, no 429 and no 5xx but 501; or why there is none.</returns>
    internal async Task<Outcome<RegistryReply>> SendAsync(RegistryRequest request, Deadline deadline, CancellationToken cancellation)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { request.Uri.AbsoluteUri };
        while (true)
        {
            // a host that asked for a wait is asked nothing else before it is over: each request would use up its tries
            if (traffic.Waiting(request.Uri.Authority) is { } wait)
            {
                if (wait >= deadline.Remaining)
                {
                    return Limited(request.Uri, wait);
                }

                await Task.Delay(wait, options.Clock, cancellation);
            }

            var attempt = await TryAsync(request, deadline, cancellation);
            if (attempt.Reply is not { } reply)
            {
                return new Resolution.Unreachable($"{request.Uri.Authority} {attempt.Fault!.Message}");
            }

            if (reply.Status is not (301 or 302 or 303 or 307 or 308))
            {
                return Settled(reply);
            }

            var next = Next(request, reply, seen);
            if (!next.IsOk)
            {
                return next.Failure;
            }

            request = next.Value;
        }
    }

    private async Task<Attempt> TryAsync(RegistryRequest request, Deadline deadline, CancellationToken cancellation)
    {
        var context = ResilienceContextPool.Shared.Get(cancellation);
        try
        {
            context.Properties.Set(DeadlineKey, deadline);
            return await retries.ExecuteAsync(
                async (c, asked) => Heard(await exchange.SendAsync(asked, c.CancellationToken)),
                context,
                request);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private Attempt Heard(Attempt attempt)
    {
        if (attempt.Reply is { Status: 429 or 503, RetryAfter: { } wait } reply && wait > TimeSpan.Zero)
        {
            traffic.Waits(reply.Uri.Authority, wait);
        }

        return attempt;
    }

    // a wait that ends after the time limit is not begun
    private static bool IsWorthARetry(Attempt attempt, Deadline deadline) => attempt switch
    {
        { Fault: { } fault } => fault.Transient,
        { Reply: { Status: 408 or 429 or 499 or 500 or 502 or 503 or 504 or 522 } reply } => !(reply.RetryAfter >= deadline.Remaining),
        _ => false,
    };

    private Outcome<RegistryReply> Settled(RegistryReply reply) => reply switch
    {
        { Status: 429 } => Limited(reply.Uri, reply.RetryAfter),
        { Status: 408 or 499 or (>= 500 and not NotImplemented) } => new Resolution.Unreachable($"{reply.Uri.Authority} answers {reply.Status}: it is out of order for now; try again later"),
        { Content.TooLarge: true } => new Resolution.Refused($"{reply.Uri.Authority} sends more than the {options.MaxBody} bytes that a manifest may have"),
        { Status: 200, Content.Encoding: { } encoding } => new Resolution.Refused($"{reply.Uri.Authority} sends its answer as {PrintableText.Abbreviated(encoding)}, which it was not asked for: a proxy in between may do that"),
        _ => reply,
    };

    private static Resolution.RateLimited Limited(Uri uri, TimeSpan? wait) => new Resolution.RateLimited(
        $"{uri.Authority} asks to come back {(wait is { } time ? $"in {Duration.Words(time)}" : "later")} (429, rate limit); signing in often raises the limit: docker login", wait);

    private Outcome<RegistryRequest> Next(RegistryRequest request, RegistryReply reply, HashSet<string> seen)
    {
        var from = request.Uri.Authority;
        if (request.Form is not null)
        {
            return new Resolution.Refused($"{from} redirects a token request: the token in it is not sent on");
        }

        if (reply.Location is null || !Uri.TryCreate(request.Uri, reply.Location, out var to) || to.Scheme is not ("https" or "http") || to.Host.Length == 0)
        {
            return new Resolution.Refused($"{from} redirects without saying where to (status {reply.Status})");
        }

        if (request.Uri.Scheme == Uri.UriSchemeHttps && to.Scheme != Uri.UriSchemeHttps)
        {
            return new Resolution.Refused($"{from} redirects from https to plain http ({to.Authority}): not followed");
        }

        if (!seen.Add(to.AbsoluteUri))
        {
            return new Resolution.Refused($"{from} redirects in a circle");
        }

        if (seen.Count > options.MaxRedirects + 1)
        {
            return new Resolution.Refused($"{from} redirects more than {options.MaxRedirects} times");
        }

        return request with { Uri = to, Authorization = RegistryHost.SameOrigin(request.Uri, to) ? request.Authorization : null };
    }
}
