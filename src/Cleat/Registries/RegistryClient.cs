using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Cleat.References;
using Polly;
using Polly.Retry;

namespace Cleat.Registries;

/// <summary>
/// Asks registries what a tag means (OCI distribution-spec, "Pulling manifests"): HEAD first, since it costs no pull quota;
/// GET and hash where the header is missing or <c>--verify</c> was given.
/// </summary>
internal sealed class RegistryClient : IDigestSource, IDisposable
{
    private readonly RegistryOptions options;
    private readonly HttpExchange http;
    private readonly Authorization authorization;
    private readonly ResiliencePipeline<Answer> retries;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> hosts = [];
    private readonly ConcurrentDictionary<string, string> schemes = [];

    public RegistryClient(RegistryOptions options)
    {
        this.options = options;
        http = new HttpExchange(options);
        authorization = new Authorization(http, options.Credentials, options.Time);
        retries = new ResiliencePipelineBuilder<Answer> { TimeProvider = options.Time }.AddRetry(new RetryStrategyOptions<Answer>
        {
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is { IsPassing: true }),
            MaxRetryAttempts = Math.Max(1, options.Attempts - 1),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = options.FirstWait,
            DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result?.RetryAfter is { } wait ? wait < TimeSpan.Zero ? TimeSpan.Zero : wait : (TimeSpan?)null),
        }).Build();
    }

    public async Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation)
    {
        var gate = hosts.GetOrAdd(reference.Registry, _ => new SemaphoreSlim(options.PerHost));
        await gate.WaitAsync(cancellation);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.ReferenceLimit);
        try
        {
            var found = await AskAsync(reference, platform, anonymous: false, limit.Token);
            if (found is Resolution.Denied && options.Credentials?.For(reference.Registry, reference.Repository) is not null)
            {
                // GHCR answers "denied" to stale credentials, for public images too
                authorization.Forget(reference.Registry, reference.Repository);
                return await AskAsync(reference, platform, anonymous: true, limit.Token) is Resolution.Resolved r
                    ? r with { Note = $"{reference.Registry} refuses the credentials stored for it; {reference.Repository} was asked for without them" }
                    : found;
            }

            return found;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Resolution.Unreachable($"{reference.Registry} gave no answer within {options.ReferenceLimit.TotalSeconds:0.#} s");
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        http.Dispose();
        foreach (var gate in hosts.Values)
        {
            gate.Dispose();
        }
    }

    private async Task<Resolution> AskAsync(ImageReference reference, string? platform, bool anonymous, CancellationToken cancellation)
    {
        var path = $"manifests/{reference.EffectiveTag}";
        string? said = null;
        if (!options.Verify && platform is null)
        {
            var head = await SendAsync(HttpMethod.Head, reference, path, anonymous, cancellation);
            said = head.DigestHeader;
            if (head.IsSuccess && head.MediaType is Manifests.Schema1 or Manifests.SignedSchema1)
            {
                return new Resolution.Refused(Manifests.Refusal(default, head.MediaType)!);
            }

            if (head.IsSuccess && Digest.TryParse(said, out var digest, out _))
            {
                return new Resolution.Resolved(digest, head.MediaType ?? "", Verified: false);
            }

            // some answer HEAD with less than GET: only those are asked again
            if (!head.IsSuccess && head.Status is not (HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed))
            {
                return Failure(head, reference);
            }
        }

        var answer = await SendAsync(HttpMethod.Get, reference, path, anonymous, cancellation);
        if (!answer.IsSuccess)
        {
            return Failure(answer, reference);
        }

        var hashed = Digest.Sha256(answer.Body);
        if (Manifests.Refusal(answer.Body, answer.MediaType) is { } refusal)
        {
            return new Resolution.Refused(refusal);
        }

        if (Digest.TryParse(answer.DigestHeader ?? said, out var header, out _))
        {
            if (!header.Matches(answer.Body))
            {
                return new Resolution.Refused($"{reference.Registry} says {header}, but what it sends hashes to {hashed}");
            }

            hashed = header;
        }

        var mediaType = answer.MediaType ?? "";
        return platform is null
            ? new Resolution.Resolved(hashed, mediaType, Verified: true)
            : await PlatformChoice.OfAsync(answer.Body!, hashed, mediaType, platform, digest => BlobAsync(reference, digest, anonymous, cancellation));
    }

    private async Task<byte[]?> BlobAsync(ImageReference reference, Digest digest, bool anonymous, CancellationToken cancellation)
    {
        var answer = await SendAsync(HttpMethod.Get, reference, $"blobs/{digest}", anonymous, cancellation);
        return answer.IsSuccess && digest.Matches(answer.Body) ? answer.Body : null;
    }

    private async Task<Answer> SendAsync(HttpMethod method, ImageReference reference, string path, bool anonymous, CancellationToken cancellation) =>
        await retries.ExecuteAsync(async token => await OnceAsync(method, reference, path, anonymous, token), cancellation);

    private async Task<Answer> OnceAsync(HttpMethod method, ImageReference reference, string path, bool anonymous, CancellationToken cancellation)
    {
        var (registry, repository) = (reference.Registry, reference.Repository);
        var answer = await SchemedAsync(method, registry, $"v2/{repository}/{path}", anonymous ? null : authorization.Kept(registry, repository), cancellation);
        if (answer.Failure is not null || answer.Status != HttpStatusCode.Unauthorized)
        {
            return answer;
        }

        var (header, problem, refused) = await authorization.AnswerAsync(registry, repository, answer.Challenges, anonymous, cancellation);
        return header is not null ? await SchemedAsync(method, registry, $"v2/{repository}/{path}", header, cancellation)
            : refused ? Answer.Failed(problem!, refusal: true)
            : answer with { MediaType = problem };
    }

    // docs.docker.com, dockerd "Insecure registries": loopback hosts may speak http; https is tried first
    private async Task<Answer> SchemedAsync(HttpMethod method, string registry, string path, AuthenticationHeaderValue? header, CancellationToken cancellation)
    {
        var host = registry == "docker.io" ? "registry-1.docker.io" : registry;
        var scheme = options.PlainHttpHosts.Contains(registry) ? "http" : schemes.GetValueOrDefault(registry, "https");
        Uri uri = new($"{scheme}://{host}/{path}");
        var answer = await http.SendAsync(method, uri, path.Contains("/manifests/", StringComparison.Ordinal) ? Manifests.Accept : null, header, null, cancellation);
        if (answer.Failure is not null && !answer.IsRefusal && scheme == "https" && uri.IsLoopback)
        {
            UriBuilder plain = new(uri) { Scheme = "http", Port = uri.IsDefaultPort ? 80 : uri.Port };
            var again = await http.SendAsync(method, plain.Uri, path.Contains("/manifests/", StringComparison.Ordinal) ? Manifests.Accept : null, header, null, cancellation);
            if (again.Failure is null)
            {
                schemes[registry] = "http";
            }

            return again;
        }

        return answer;
    }

    private static Resolution Failure(Answer answer, ImageReference reference)
    {
        var name = $"{reference.Registry}/{reference.Repository}:{reference.EffectiveTag}";
        return answer switch
        {
            { IsRefusal: true } => new Resolution.Refused($"{reference.Registry}: {answer.Failure}"),
            { Failure: { } failure } => new Resolution.Unreachable(failure),
            { Status: HttpStatusCode.NotFound } => new Resolution.NotFound($"{name} is not at the registry: check the spelling of name and tag"),
            { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } => new Resolution.Denied($"{reference.Registry} does not let this user read {reference.Repository}, or there is no such repository. Try: docker login {reference.Registry}"),
            { Status: HttpStatusCode.TooManyRequests } => new Resolution.RateLimited($"{reference.Registry} asks to come back later: log in for a larger quota, or try again", answer.RetryAfter),
            _ when answer.IsPassing => new Resolution.Unreachable($"{reference.Registry} answers {(int)answer.Status} again and again: try later"),
            _ => new Resolution.Refused($"{reference.Registry} answers {(int)answer.Status} for {name}"),
        };
    }
}
