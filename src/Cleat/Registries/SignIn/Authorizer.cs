using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using Cleat.Registries.Client;
using Cleat.Registries.Settings;
using Cleat.Text;

namespace Cleat.Registries.SignIn;

/// <summary>
/// Answers registries' challenges and remembers the answers: tokens by origin, repository and who asks; which kind of challenge
/// by origin, so that the next repository of a registry is asked with a token from the start (distribution-spec: token authentication).
/// </summary>
internal sealed class Authorizer(TokenServer tokens, RegistryOptions options)
{
    private readonly ConcurrentDictionary<(string Origin, string Repository, bool Anonymous), HeldToken> tokensHeld = new();
    private readonly ConcurrentDictionary<string, Challenge> challenges = new(StringComparer.Ordinal);

    // a program that lives for months meets any number of repositories; what is forgotten is fetched again
    private const int MostTokens = 4096;

    /// <summary>What to send before being asked; null as long as nothing is known of the registry.</summary>
    internal async Task<AuthenticationHeaderValue?> ReadyAsync(Uri origin, string repository, RegistrySignIn who, Deadline deadline, CancellationToken cancellation)
    {
        if (!challenges.TryGetValue(origin.Authority, out var known))
        {
            return null;
        }

        // a failure is not reported here: the request that follows is challenged, and reports it
        return (await AnswerAsync(known, origin, repository, who, null, deadline, cancellation)).Value;
    }

    /// <summary>What to send after a 401.</summary>
    /// <param name="rejected">What was sent when the registry said 401, or null.</param>
    internal async Task<Outcome<AuthenticationHeaderValue>> AnswerAsync(RegistryReply reply, Uri origin, string repository, RegistrySignIn who, AuthenticationHeaderValue? rejected, Deadline deadline, CancellationToken cancellation)
    {
        var asked = Challenge.ParseAll(reply.Authenticate);
        Resolution? failure = null;
        foreach (var challenge in asked.Where(c => c.Scheme is "bearer").Concat(asked.Where(c => c.Scheme is "basic")))
        {
            var answer = await AnswerAsync(challenge, origin, repository, who, rejected, deadline, cancellation);
            if (answer.IsOk)
            {
                challenges[origin.Authority] = challenge;
                return answer;
            }

            failure ??= answer.Failure;
        }

        return failure ?? new Resolution.Refused(asked.Count == 0
            ? $"{origin.Authority} answers 401 without saying how to sign in"
            : $"{origin.Authority} wants a way to sign in that Cleat does not know: {PrintableText.Abbreviated(string.Join(", ", asked.Select(c => c.Scheme)))}");
    }

    private async Task<Outcome<AuthenticationHeaderValue>> AnswerAsync(Challenge challenge, Uri origin, string repository, RegistrySignIn who, AuthenticationHeaderValue? rejected, Deadline deadline, CancellationToken cancellation)
    {
        if (challenge.Scheme is "basic")
        {
            return await who.CredentialAsync(cancellation) is { } credential && rejected?.Scheme is not "Basic"
                ? new AuthenticationHeaderValue("Basic", credential.Basic())
                : new Resolution.Denied($"{origin.Authority} wants credentials{(rejected is null ? "" : " other than those stored")}");
        }

        if (tokensHeld.Count > MostTokens)
        {
            tokensHeld.Clear();
        }

        var held = tokensHeld.GetOrAdd((origin.Authority, repository, who.Anonymous), _ => new HeldToken());
        return await held.TokenAsync(rejected?.Parameter, options.Clock, () => tokens.FetchAsync(challenge, origin, repository, who, deadline, cancellation), cancellation);
    }

    /// <summary>One token and its end of life; fetched by one asker while the others wait.</summary>
    [SuppressMessage("Reliability", "CA1001", Justification = "A semaphore holds nothing to let go of unless its wait handle is asked for.")]
    private sealed class HeldToken
    {
        private readonly SemaphoreSlim gate = new(1);
        private BearerToken? token;

        internal async Task<Outcome<AuthenticationHeaderValue>> TokenAsync(string? rejected, TimeProvider clock, Func<Task<Outcome<BearerToken>>> fetch, CancellationToken cancellation)
        {
            await gate.WaitAsync(cancellation);
            try
            {
                if (token is null || token.Value.Reveal() == rejected || token.Expires <= clock.GetUtcNow())
                {
                    token = null;
                    var fetched = await fetch();
                    if (!fetched.IsOk)
                    {
                        return fetched.Failure;
                    }

                    token = fetched.Value;
                }

                return new AuthenticationHeaderValue("Bearer", token.Value.Reveal());
            }
            finally
            {
                gate.Release();
            }
        }
    }
}
