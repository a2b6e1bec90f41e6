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
        if (encoding.EndsWith("gzip", StringComparison.Ordinal))
        {
            return await UnpackedAsync(stream, limit, cancellation);
        }

        // what is asked for is JSON: bytes that begin as gzip does were packed on the way, by something that does not say so
        var body = await WholeAsync(stream, limit, cancellation);
        return body.Bytes is [0x1f, 0x8b, 0x08, ..] ? await UnpackedAsync(new MemoryStream(body.Bytes), limit, cancellation) : body;
    }

    private static async Task<ReplyBody> UnpackedAsync(Stream packed, int limit, CancellationToken cancellation)
    {
        using GZipStream unpacked = new(packed, CompressionMode.Decompress);
        return await WholeAsync(unpacked, limit, cancellation);
    }

    private static async Task<ReplyBody> WholeAsync(Stream stream, int limit, CancellationToken cancellation)
    {
        using var kept = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellation)) > 0)
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
