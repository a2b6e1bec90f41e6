using Cleat.References;

namespace Cleat.Registries.Client;

internal sealed partial class ManifestRequest
{
    /// <summary>Fetches the manifest that the digest names, or the tag where there is none, hashes it and reads it.</summary>
    /// <param name="config">True to read a single image's config, too.</param>
    internal async Task<Resolution> ReadAsync(bool config, CancellationToken cancellation)
    {
        var got = await AskAsync(HttpMethod.Get, $"manifests/{reference.Digest?.ToString() ?? reference.EffectiveTag}", MediaTypes.Accept, cancellation);
        if (!got.IsOk)
        {
            return got.Failure;
        }

        if (got.Value.Status != 200)
        {
            return got.Value.Status == 404 && reference.Digest is { } gone ? new Resolution.NotFound($"{reference.Registry}/{reference.Repository} has no {gone}") : Failed(got.Value);
        }

        var body = got.Value.Body;
        if (reference.Digest is { } asked)
        {
            return asked.Matches(body)
                ? await DescribeAsync(asked, got.Value, config, cancellation)
                : new Resolution.Refused($"{reference.Registry}/{reference.Repository}@{asked}: the body hashes to {Digest.Sha256(body)}: a proxy or the registry is broken, or somebody is in between");
        }

        var hashed = await HashedAsync(got.Value, null, cancellation);
        return hashed is Resolution.Resolved found ? await DescribeAsync(found.Digest, got.Value, config, cancellation) : hashed;
    }

    private async Task<Resolution> DescribeAsync(Digest digest, RegistryReply got, bool config, CancellationToken cancellation)
    {
        var document = ManifestDocument.Read(got.Body, got.ContentType, $"{reference.Registry}/{reference.Repository}@{digest}");
        return !document.IsOk ? document.Failure : await document.Value.DescribeAsync(digest, config, blob => BlobAsync(blob, cancellation));
    }
}
