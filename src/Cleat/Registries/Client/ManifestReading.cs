using Cleat.References;

namespace Cleat.Registries.Client;

/// <summary>Says what a manifest holds: the same for a registry, a folder and a tarball.</summary>
internal static class ManifestReading
{
    /// <param name="config">True to read a single image's config, too.</param>
    /// <param name="blob">Fetches a blob, verified by its digest.</param>
    internal static async Task<Resolution> DescribeAsync(ManifestDocument document, Digest digest, bool config, Func<Digest, Task<Outcome<byte[]>>> blob)
    {
        byte[]? bytes = null;
        if (config && document.Entries is null && Digest.TryParse(document.Config, out var place, out _))
        {
            var got = await blob(place);
            if (!got.IsOk)
            {
                return got.Failure;
            }

            bytes = got.Value;
        }

        return new Resolution.Resolved(digest, document.MediaType, Verified: true, Manifest: document.Describe(bytes));
    }
}
