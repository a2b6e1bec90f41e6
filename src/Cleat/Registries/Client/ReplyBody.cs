using System.IO.Compression;

namespace Cleat.Registries.Client;

/// <summary>The body of a reply, as far as it may be read.</summary>
/// <param name="Bytes">Unpacked; empty where it was not read.</param>
/// <param name="TooLarge">It went beyond the limit, packed or unpacked.</param>
/// <param name="Encoding">A content encoding that is not read; null when there is none, or gzip.</param>
internal sealed record ReplyBody(byte[] Bytes, bool TooLarge = false, string? Encoding = null)
{
    internal static ReplyBody None { get; } = new([]);

    /// <remarks>
    /// Nothing but the plain body is asked for, and some proxies pack it all the same. A digest is that of the plain bytes, so gzip is unpacked;
    /// whether that was right shows in the hash.
    /// </remarks>
    /// <exception cref="InvalidDataException">It says that it is gzip, and is not.</exception>
    internal static async Task<ReplyBody> ReadAsync(HttpContent content, int limit, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > limit)
        {
            return new([], TooLarge: true);
        }

        var encoding = content.Headers.NonValidated.TryGetValues("Content-Encoding", out var said) ? said.ToString().Trim().ToLowerInvariant() : "";
        if (encoding is not ("" or "identity" or "gzip" or "x-gzip"))
        {
            return new([], Encoding: encoding);
        }

        using var stream = await content.ReadAsStreamAsync(cancellation);
        using var unpacked = encoding.EndsWith("gzip", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : null;
        using var kept = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await (unpacked ?? stream).ReadAsync(chunk, cancellation)) > 0)
        {
            if (kept.Length + read > limit)
            {
                return new([], TooLarge: true);
            }

            await kept.WriteAsync(chunk.AsMemory(0, read), cancellation);
        }

        return new(kept.ToArray());
    }
}
