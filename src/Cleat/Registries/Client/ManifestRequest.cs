using System.Net.Http.Headers;
using Cleat.References;
using Cleat.Registries.Settings;
using Cleat.Registries.SignIn;
using Cleat.Text;

namespace Cleat.Registries.Client;

/// <summary>Asks one endpoint about one tag, as one user: HEAD, and GET where HEAD does not say enough.</summary>
internal sealed partial class ManifestRequest(RequestSender sender, Authorizer authorizer, RegistryOptions options, Uri origin, Endpoint endpoint, ImageReference reference, RegistrySignIn who, Deadline deadline)
{
    private readonly string what = $"{reference.Registry}/{reference.Repository}:{reference.EffectiveTag}";

    internal async Task<Resolution> AnswerAsync(Platform? platform, CancellationToken cancellation)
    {
        if (platform is null && !options.Verify && IsHeaderBelieved(origin))
        {
            var head = await AskAsync(HttpMethod.Head, $"manifests/{reference.EffectiveTag}", MediaTypes.Accept, cancellation);
            if (!head.IsOk)
            {
                return head.Failure;
            }

            if (Believed(head.Value) is { } answer)
            {
                return answer;
            }
        }

        var got = await AskAsync(HttpMethod.Get, $"manifests/{reference.EffectiveTag}", MediaTypes.Accept, cancellation);
        return !got.IsOk ? got.Failure : got.Value.Status != 200 ? Failed(got.Value) : await HashedAsync(got.Value, platform, cancellation);
    }

    // over plain http anybody on the way could write the digest into the header, so the bytes have to be fetched and hashed
    private static bool IsHeaderBelieved(Uri from) => from.Scheme == Uri.UriSchemeHttps || RegistryHost.IsLoopback(from);

    // null: HEAD did not settle it (no digest, an odd type, a 404 or 403 that only GET explains), so GET has to
    private Resolution? Believed(RegistryReply head) => head switch
    {
        { Status: 401 } => Failed(head),
        _ when !IsHeaderBelieved(head.Uri) => null,
        { Status: 200 } when MediaTypes.IsSchema1(head.ContentType) => ManifestDocument.Schema1(what),
        { Status: 200 } when (MediaTypes.IsIndex(head.ContentType) || MediaTypes.IsManifest(head.ContentType)) && Digest.TryParse(head.Digest, out var digest, out _)
            => new Resolution.Resolved(digest, head.ContentType!, Verified: false),
        _ => null,
    };

    private async Task<Resolution> HashedAsync(RegistryReply got, Platform? platform, CancellationToken cancellation)
    {
        if (MediaTypes.IsSchema1(got.ContentType))
        {
            return ManifestDocument.Schema1(what);
        }

        if (!Digest.TryParse(got.Digest, out var digest, out _))
        {
            digest = Digest.Sha256(got.Body);
        }
        else if (!digest.Matches(got.Body))
        {
            return new Resolution.Refused($"{what}: the registry said {digest}, the body hashes to {Digest.Sha256(got.Body)}: a proxy or the registry is broken, or somebody is in between");
        }

        var document = ManifestDocument.Read(got.Body, got.ContentType, what);
        return !document.IsOk ? document.Failure
            : platform is null ? new Resolution.Resolved(digest, document.Value.MediaType, Verified: true)
            : await PlatformChoice.ChooseAsync(document.Value, digest, platform, what, config => BlobAsync(config, cancellation));
    }

    private async Task<Outcome<byte[]>> BlobAsync(Digest digest, CancellationToken cancellation)
    {
        var blob = await AskAsync(HttpMethod.Get, $"blobs/{digest}", "*/*", cancellation);
        return !blob.IsOk ? blob.Failure
            : blob.Value.Status != 200 ? Failed(blob.Value)
            : !digest.Matches(blob.Value.Body) ? new Resolution.Refused($"{what}: its config {digest} came with other bytes")
            : blob.Value.Body;
    }

    /// <summary>Asks, and answers one challenge: the first, or that of a remembered token that has run out.</summary>
    private Task<Outcome<RegistryReply>> AskAsync(HttpMethod method, string path, string accept, CancellationToken cancellation) =>
        AskAsync(method, new Uri(origin, $"{endpoint.Base}{endpoint.Repository}/{path}{endpoint.Query}"), accept, cancellation);

    private async Task<Outcome<RegistryReply>> AskAsync(HttpMethod method, Uri uri, string accept, CancellationToken cancellation)
    {
        AuthenticationHeaderValue? sent = await authorizer.ReadyAsync(origin, endpoint.Repository, who, deadline, cancellation);
        for (var left = 1; ; left--)
        {
            var reply = await sender.SendAsync(new(method, uri, sent, accept), deadline, cancellation);
            if (!reply.IsOk || reply.Value.Status != 401 || left == 0)
            {
                return reply;
            }

            if (!RegistryHost.SameOrigin(reply.Value.Uri, origin))
            {
                return new Resolution.Denied($"{origin.Authority} redirects to {reply.Value.Uri.Authority}, which wants credentials: those of {endpoint.Host} are not sent there");
            }

            var answer = await authorizer.AnswerAsync(reply.Value, origin, endpoint.Repository, who, sent, deadline, cancellation);
            if (!answer.IsOk)
            {
                return answer.Failure;
            }

            sent = answer.Value;
        }
    }

    private Resolution Failed(RegistryReply reply) => reply.Status switch
    {
        401 or 403 => new Resolution.Denied($"{what}: access denied ({reply.Status}), or there is no such repository"),
        404 => new Resolution.NotFound(Code(reply) is "NAME_UNKNOWN"
            ? $"{reference.Registry} has no repository {reference.Repository}: check its spelling"
            : $"{what} does not exist: check the spelling of the repository and of the tag"),
        _ => new Resolution.Refused($"{what}: the registry answers {reply.Status}, which is no answer to this question"),
    };

    // distribution-spec, "Error Codes". Its message is left out: a registry may repeat what it was sent
    private static string? Code(RegistryReply reply)
    {
        if (!JsonText.TryObject(reply.Body, out var json))
        {
            return null;
        }

        using (json)
        {
            return JsonText.Child(json.RootElement, "errors", System.Text.Json.JsonValueKind.Array) is { } errors && errors.GetArrayLength() > 0 ? JsonText.String(errors[0], "code") : null;
        }
    }
}
