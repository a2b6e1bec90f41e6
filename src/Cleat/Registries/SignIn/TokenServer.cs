using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Cleat.Registries.Client;
using Cleat.Registries.Settings;
using Cleat.Text;

namespace Cleat.Registries.SignIn;

/// <summary>A bearer token.</summary>
internal sealed record BearerToken(Secret Value, DateTimeOffset Expires);

/// <summary>Fetches bearer tokens (distribution: "Token Authentication Specification" and "OAuth2 Token Authentication").</summary>
internal sealed class TokenServer(RequestSender sender, RegistryOptions options)
{
    /// <summary>The specification's default, and the least that is believed.</summary>
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(60);

    internal async Task<Outcome<BearerToken>> FetchAsync(Challenge challenge, Uri origin, string repository, RegistrySignIn who, Deadline deadline, CancellationToken cancellation)
    {
        if (challenge["realm"] is not { } text || !Uri.TryCreate(text, UriKind.Absolute, out var realm) || realm.UserInfo.Length > 0 || !MayBeAsked(realm, origin))
        {
            return new Resolution.Refused($"{origin.Authority} names a token server that must not be asked: its realm is not https");
        }

        // over plain http anybody on the way could name the realm: credentials then go to the registry's own host only, or stay on this machine
        var isSafe = origin.Scheme == Uri.UriSchemeHttps || RegistryHost.SameOrigin(origin, realm) || (RegistryHost.IsLoopback(origin) && RegistryHost.IsLoopback(realm));
        var credential = isSafe ? await who.CredentialAsync(cancellation) : null;
        var scope = $"repository:{repository}:pull";
        if (credential?.IdentityToken is { } identity)
        {
            var posted = await sender.SendAsync(new(HttpMethod.Post, realm, Form: Form(challenge, scope, identity)), deadline, cancellation);
            if (!posted.IsOk || posted.Value.Status is not (400 or 401 or 404 or 405))
            {
                return posted.IsOk ? Read(posted.Value, credential) : posted.Failure;
            }
        }

        var basic = credential is null ? null : new AuthenticationHeaderValue("Basic", credential.Basic());
        var got = await sender.SendAsync(new(HttpMethod.Get, RequestUri(realm, challenge["service"], scope), basic), deadline, cancellation);
        return got.IsOk ? Read(got.Value, credential) : got.Failure;
    }

    // https, or http where the user already agreed to it: from a loopback registry to loopback, to itself, or to a host named as plain http
    private bool MayBeAsked(Uri realm, Uri origin) =>
        realm.Scheme == Uri.UriSchemeHttps
        || (realm.Scheme == Uri.UriSchemeHttp
            && ((RegistryHost.IsLoopback(realm) && RegistryHost.IsLoopback(origin)) || (origin.Scheme == Uri.UriSchemeHttp && (RegistryHost.SameOrigin(realm, origin) || options.PlainHttpHosts.Contains(realm.Authority, StringComparer.OrdinalIgnoreCase)))));

    private static Uri RequestUri(Uri realm, string? service, string scope)
    {
        var query = (realm.Query.Length > 1 ? realm.Query + "&" : "?") + (service is null ? "" : $"service={Uri.EscapeDataString(service)}&") + $"scope={Uri.EscapeDataString(scope)}";
        return new UriBuilder(realm) { Query = query, Fragment = "" }.Uri;
    }

    private static List<KeyValuePair<string, string>> Form(Challenge challenge, string scope, Secret identity)
    {
        List<KeyValuePair<string, string>> form =
        [
            new("grant_type", "refresh_token"), new("client_id", "cleat"), new("scope", scope), new("refresh_token", identity.Reveal()),
        ];
        if (challenge["service"] is { } service)
        {
            form.Add(new("service", service));
        }

        return form;
    }

    private Outcome<BearerToken> Read(RegistryReply reply, Credential? used)
    {
        var server = reply.Uri.Authority;
        if (reply.Status is 400 or 401 or 403 or 404)
        {
            return new Resolution.Denied($"{server} gives no token{(used is null ? "" : " for the stored credentials")} ({reply.Status})");
        }

        if (reply.Status != 200 || !JsonText.TryObject(reply.Body, out var json))
        {
            return new Resolution.Refused($"{server} gives no token that can be read ({reply.Status})");
        }

        using (json)
        {
            var root = json.RootElement;
            var token = JsonText.String(root, "token") is { Length: > 0 } named ? named : JsonText.String(root, "access_token");
            return string.IsNullOrEmpty(token) || token.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0
                ? new Resolution.Refused($"{server} gives a token that cannot be sent")
                : new BearerToken(new Secret(token), Expiry(root));
        }
    }

    private DateTimeOffset Expiry(JsonElement root)
    {
        var now = options.Clock.GetUtcNow();
        var issued = DateTimeOffset.TryParse(JsonText.String(root, "issued_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var said) && said < now ? said : now;
        var life = root.TryGetProperty("expires_in", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var seconds) ? TimeSpan.FromSeconds(seconds) : ShortestLife;
        var expires = issued + life;
        return expires < now + ShortestLife ? now + ShortestLife : expires;
    }
}
