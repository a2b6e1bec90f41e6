using System.Collections.Concurrent;
using System.Text;
using Cleat.Cli.Verbs;
using Cleat.References;
using Cleat.Registries;
using Cleat.Tests.Registries;

namespace Cleat.Cli.Tests;

/// <summary>A registry on loopback whose tags a test moves and whose manifests it takes away.</summary>
internal sealed class TagRegistry : IAsyncDisposable
{
    private const string IndexType = "application/vnd.oci.image.index.v1+json";
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";

    private const int PageSize = 100;

    private readonly ConcurrentDictionary<string, (byte[] Bytes, string Type)> contents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> tags = new(StringComparer.Ordinal);
    private readonly ScriptedServer server;

    public TagRegistry() => server = new(Answer);

    public string Host => server.Host;

    /// <summary>Every question for a manifest or a blob so far: <c>HEAD app:1</c>, <c>GET app@sha256:…</c>.</summary>
    public IReadOnlyList<string> Asked => [.. server.Requests.Where(r => r.Target.Length > 4).Select(r => $"{r.Method} {r.Target}")];

    /// <summary>Adds an index with an image for each platform; what is made of the same words has the same digest.</summary>
    /// <param name="platforms">Each with what is in it: <c>linux/amd64=one</c>.</param>
    public (string Digest, Dictionary<string, string> Platforms) Add(string created, params string[] platforms)
    {
        Dictionary<string, string> children = [];
        List<string> lines = [];
        foreach (var platform in platforms)
        {
            var (name, what) = platform.Split('=') is [var n, var w] ? (n, w) : (platform, "same");
            var digest = AddSingle(created, name, what);
            children[name] = digest;
            lines.Add($$"""{"mediaType":"{{ManifestType}}","digest":"{{digest}}","size":{{contents[digest].Bytes.Length}},"platform":{{Platform(name)}} }""");
        }

        return (Put($$"""{"schemaVersion":2,"mediaType":"{{IndexType}}","annotations":{"made":"{{created}}"},"manifests":[{{string.Join(",", lines)}}]}""", IndexType), children);
    }

    /// <summary>Adds an image for one platform.</summary>
    public string AddSingle(string created, string platform, string what)
    {
        var config = Put($$"""{"created":"{{created}}","what":"{{what}}",{{Platform(platform)[1..]}}""", "application/vnd.oci.image.config.v1+json");
        return Put($$"""{"schemaVersion":2,"mediaType":"{{ManifestType}}","config":{"mediaType":"x","digest":"{{config}}","size":100},"layers":[{"mediaType":"x","digest":"{{config}}","size":5000}]}""", ManifestType);
    }

    public void Tag(string repositoryAndTag, string digest) => tags[repositoryAndTag] = digest;

    public void Untag(string repositoryAndTag) => tags.TryRemove(repositoryAndTag, out _);

    public void Remove(string digest) => contents.TryRemove(digest, out _);

    /// <summary>Other bytes under the same digest.</summary>
    public void Damage(string digest) => contents[digest] = ([.. contents[digest].Bytes, (byte)' '], contents[digest].Type);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static string Platform(string name) => name.Split('/') is { Length: 3 } three
        ? $$"""{"os":"{{three[0]}}","architecture":"{{three[1]}}","variant":"{{three[2]}}"}"""
        : $$"""{"os":"{{name.Split('/')[0]}}","architecture":"{{name.Split('/')[1]}}"}""";

    private string Put(string text, string type)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var digest = Digest.Sha256(bytes).ToString();
        contents[digest] = (bytes, type);
        return digest;
    }

    // a hundred at a time, whatever was asked for, as some registries do
    private ScriptedReply Page(string repository, string last)
    {
        var all = tags.Keys.Where(t => t.StartsWith($"{repository}:", StringComparison.Ordinal)).Select(t => t[(repository.Length + 1)..]).Where(t => string.CompareOrdinal(t, last) > 0).Order(StringComparer.Ordinal).ToList();
        var page = all.Take(PageSize).ToList();
        var body = Encoding.UTF8.GetBytes($$"""{"name":"{{repository}}","tags":[{{string.Join(",", page.Select(t => $"\"{t}\""))}}]}""");
        return all.Count > PageSize ? Replies.With(200, body, "Content-Type: application/json", $"Link: </v2/{repository}/tags/list?n={PageSize}&last={page[^1]}>; rel=\"next\"") : Replies.With(200, body, "Content-Type: application/json");
    }

    private ScriptedReply Answer(ScriptedRequest request)
    {
        var parts = request.Target.Split('/');
        if (parts.Length < 5)
        {
            return Replies.With(200, "{}"u8.ToArray());
        }

        if (request.Target.Split('?') is [var list, ..] && list.EndsWith("/tags/list", StringComparison.Ordinal))
        {
            return Page(string.Join('/', list.Split('/')[2..^2]), request.Target.Split("last=") is [_, var last] ? last : "");
        }

        var place = parts[^1].Contains(':', StringComparison.Ordinal) ? parts[^1] : tags.GetValueOrDefault($"{string.Join('/', parts[2..^2])}:{parts[^1]}");
        return place is not null && contents.TryGetValue(place, out var content)
            ? Replies.With(200, content.Bytes, $"Content-Type: {content.Type}", $"Docker-Content-Digest: {place}")
            : Replies.With(404, """{"errors":[{"code":"MANIFEST_UNKNOWN"}]}"""u8.ToArray());
    }
}
