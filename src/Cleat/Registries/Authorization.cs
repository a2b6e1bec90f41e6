using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Cleat.Registries;

/// <summary>
/// Answers a registry's challenge (distribution-spec; distribution's "Token Authentication Specification" and "OAuth2").
/// Tokens are for one repository and kept until they expire.
/// </summary>
internal sealed class Authorization(HttpExchange http, Credentials? credentials, TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<(string Registry, string Repository), (AuthenticationHeaderValue Header, DateTimeOffset Until)> kept = [];

    public AuthenticationHeaderValue? Kept(string registry, string repository) =>
        kept.TryGetValue((registry, repository), out var found) && found.Until > time.GetUtcNow() ? found.Header : null;

    public void Forget(string registry, string repository) => kept.TryRemove((registry, repository), out _);

    /// <summary>A header that answers the challenges, or why there is none.</summary>
    /// <param name="anonymous">Leave stored credentials aside.</param>
    public async Task<(AuthenticationHeaderValue? Header, string? Problem, bool Refused)> AnswerAsync(
        string registry, string repository, IEnumerable<string> challenges, bool anonymous, CancellationToken cancellation)
    {
        var credential = anonymous ? null : credentials?.For(registry, repository);
        var all = challenges.SelectMany(Challenge.Parse).ToList();
        if (all.Find(c => c.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)) is { } bearer)
        {
            return await TokenAsync(registry, repository, bearer, credential, cancellation);
        }

        if (!all.Exists(c => c.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)))
        {
            return (null, "it asks for a kind of login that is not known here", false);
        }

        return credential is null
            ? (null, $"no credentials are stored for {registry}: docker login {registry}", false)
            : (Keep(registry, repository, new("Basic", credential.Basic), TimeSpan.FromHours(1)), null, false);
    }

    private async Task<(AuthenticationHeaderValue?, string?, bool)> TokenAsync(
        string registry, string repository, Challenge bearer, Credential? credential, CancellationToken cancellation)
    {
        if (!bearer.Parameters.TryGetValue("realm", out var realm) || !Uri.TryCreate(realm, UriKind.Absolute, out var uri) || !(uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback)))
        {
            return (null, "it sends to a token server that is not https: no token was asked for", true);
        }

        var service = bearer.Parameters.GetValueOrDefault("service");
        var scope = $"repository:{repository}:pull";
        Answer? answer = null;
        if (credential is { IsIdentityToken: true })
        {
            using FormUrlEncodedContent form = new(new Dictionary<string, string>
            {
                ["grant_type"] = "refresh_token", ["service"] = service ?? "", ["scope"] = scope, ["client_id"] = "cleat", ["refresh_token"] = credential.Secret,
            });
            answer = await http.SendAsync(HttpMethod.Post, uri, null, null, form, cancellation);
            answer = (int)answer.Status is 400 or 401 or 404 or 405 ? null : answer;
        }

        if (answer is null)
        {
            var query = (service is null ? "" : $"service={Uri.EscapeDataString(service)}&") + $"scope={Uri.EscapeDataString(scope)}";
            UriBuilder full = new(uri) { Query = uri.Query.Length > 1 ? $"{uri.Query[1..]}&{query}" : query };
            answer = await http.SendAsync(HttpMethod.Get, full.Uri, null, credential is null ? null : new("Basic", credential.Basic), null, cancellation);
        }

        if (answer.Failure is not null)
        {
            return (null, $"the token server: {answer.Failure}", answer.IsRefusal);
        }

        return answer.IsSuccess && Token(answer.Body!, out var seconds) is { } token
            ? (Keep(registry, repository, new("Bearer", token), seconds), null, false)
            : (null, answer.IsSuccess ? "the token server gave no token" : $"the token server answered {(int)answer.Status}", false);
    }

    private AuthenticationHeaderValue Keep(string registry, string repository, AuthenticationHeaderValue header, TimeSpan life)
    {
        kept[(registry, repository)] = (header, time.GetUtcNow() + life - TimeSpan.FromSeconds(5));
        return header;
    }

    private static string? Token(byte[] body, out TimeSpan life)
    {
        life = Shortest;
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (root.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt32(out var given) && given > Shortest.TotalSeconds)
            {
                life = TimeSpan.FromSeconds(given);
            }

            return root.TryGetProperty("token", out var token) && token.GetString() is { Length: > 0 } text ? text
                : root.TryGetProperty("access_token", out var access) && access.GetString() is { Length: > 0 } other ? other
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
