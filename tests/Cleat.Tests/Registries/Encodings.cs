using System.IO.Compression;
using Cleat.Registries;
using Cleat.Registries.Client;
using Cleat.Registries.Settings;

namespace Cleat.Tests.Registries;

/// <summary>Bodies that a proxy packed although nobody asked for it, and headers that anybody on the way could write.</summary>
public sealed class Encodings
{
    private static readonly SampleImage Image = new("linux/amd64");
    private static readonly RegistryOptions Verified = Ask.Quick with { Verify = true };
    private static readonly Resolution Hashed = new Resolution.Resolved(Image.IndexDigest, SampleImage.IndexType, Verified: true);

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("x-gzip", true)]
    [InlineData("GZIP", false)]
    [InlineData("", true)]
    public async Task A_gzipped_manifest_is_unpacked_and_hashed(string encoding, bool saysDigest)
    {
        await using var server = new ScriptedServer(_ => Replies.With(200, Packed(Image.Index), $"Content-Type: {SampleImage.IndexType}", encoding.Length == 0 ? "X-Silent: 1" : $"Content-Encoding: {encoding}",
            saysDigest ? $"Docker-Content-Digest: {Image.IndexDigest}" : "X-Nothing: 1"));
        Assert.Equal(Hashed, await Ask.Async(server, Verified));
    }

    [Theory]
    [InlineData("br", "sends its answer as br, which it was not asked for")]
    [InlineData("gzip, gzip", "sends its answer as gzip, gzip, which it was not asked for")]
    public async Task Another_encoding_is_refused_by_its_name(string encoding, string message)
    {
        await using var server = new ScriptedServer(_ => Replies.With(200, Image.Index, $"Content-Type: {SampleImage.IndexType}", $"Content-Encoding: {encoding}"));
        Assert.Contains(message, Assert.IsType<Resolution.Refused>(await Ask.Async(server, Verified)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_in_another_encoding_is_still_that_error()
    {
        await using var server = new ScriptedServer(_ => Replies.With(404, [1, 2, 3], "Content-Encoding: br"));
        Assert.IsType<Resolution.NotFound>(await Ask.Async(server, Verified));
    }

    [Fact]
    public async Task What_says_gzip_and_is_none_is_no_answer()
    {
        await using var server = new ScriptedServer(_ => Replies.With(200, Image.Index, $"Content-Type: {SampleImage.IndexType}", "Content-Encoding: gzip"));
        Assert.Contains("gzip that cannot be unpacked", Assert.IsType<Resolution.Unreachable>(await Ask.Async(server, Verified)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gzip_bomb_ends_at_the_limit()
    {
        await using var server = new ScriptedServer(_ => Replies.With(200, Packed(new byte[64 << 20]), $"Content-Type: {SampleImage.IndexType}", "Content-Encoding: gzip"));
        Assert.Contains("sends more than", Assert.IsType<Resolution.Refused>(await Ask.Async(server, Verified)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://registry.example/v2/app/manifests/1", false)]
    [InlineData("http://registry.example/v2/app/manifests/1", true)]
    [InlineData("http://127.0.0.1/v2/app/manifests/1", false)]
    public async Task A_header_alone_is_believed_from_https_and_from_this_machine(string asked, bool hashes)
    {
        Uri uri = new(asked);
        using var handler = new StubHandler(r => r.RequestUri!.Scheme != uri.Scheme ? throw new HttpRequestException(HttpRequestError.SecureConnectionError)
            : StubHandler.Reply(200, System.Text.Encoding.UTF8.GetString(Image.Index), ("Content-Type", SampleImage.IndexType), ("Docker-Content-Digest", Image.IndexDigest.ToString())));
        using var client = new RegistryApi(Ask.Quick with { Handler = handler, PlainHttpHosts = uri.Scheme == "http" ? new HashSet<string> { uri.Authority } : new HashSet<string>() });
        Assert.Equal(hashes, (await Ask.OkAsync(client, $"{uri.Authority}/app:1")).Verified);
        Assert.Equal([$"{(hashes ? "GET" : "HEAD")} {asked}"], handler.Requests.Select(r => r.Line));
    }

    [Fact]
    public async Task A_header_behind_a_redirect_to_plain_http_is_not_believed()
    {
        using var handler = new StubHandler(r => r.RequestUri!.IsLoopback
            ? StubHandler.Reply(307, "", ("Location", "http://registry.example/m"))
            : StubHandler.Reply(200, System.Text.Encoding.UTF8.GetString(Image.Index), ("Content-Type", SampleImage.IndexType), ("Docker-Content-Digest", Image.IndexDigest.ToString())));
        using var client = new RegistryApi(Ask.Quick with { Handler = handler, PlainHttpHosts = new HashSet<string> { "127.0.0.1:9" } });
        Assert.True((await Ask.OkAsync(client, "127.0.0.1:9/app:1")).Verified);
    }

    private static byte[] Packed(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
