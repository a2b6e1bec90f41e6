using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Cleat.References;
using Cleat.Registries.Client;
using Cleat.Text;

namespace Cleat.Registries.Layouts;

/// <summary>
/// Digests from what Docker Hub's API answers for a tag, or for the list of a repository's tags (docs.docker.com, Docker Hub API,
/// "Read repository tag", "List repository tags"), saved as a file.
/// </summary>
/// <remarks>
/// The API gives the repository as a number. A document answers for the repository that a string <c>repository</c> in it names, else
/// for the one whose last part is the file's own name (<c>nginx.json</c> for <c>nginx:1.27</c>): guessing would pin redis to nginx.
/// </remarks>
internal sealed class TagDocument : IDigestSource
{
    private readonly string path;
    private readonly string name;
    private readonly List<HubTag> tags = [];

    private TagDocument(string path)
    {
        this.path = path;
        name = Path.GetFileName(path) is var file && file.IndexOf('.', 1) is var dot and > 0 ? file[..dot] : file;
    }

    /// <summary>Reads a document that was saved.</summary>
    public static bool TryRead(string path, ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out TagDocument? document, [NotNullWhen(false)] out string? problem)
    {
        document = null;
        problem = $"{path} is no tag document of Docker Hub: it has no name with images, and no results";
        if (!JsonText.TryObject(bytes, out var json))
        {
            problem = $"{path} is not one whole JSON object";
            return false;
        }

        using (json)
        {
            TagDocument read = new(path);
            var root = json.RootElement;
            List<JsonElement> all = JsonText.Child(root, "results", JsonValueKind.Array) is { } results ? [.. results.EnumerateArray()] : [root];
            foreach (var tag in all)
            {
                if (JsonText.String(tag, "name") is { } said && JsonText.Child(tag, "images", JsonValueKind.Array) is { } images)
                {
                    read.tags.Add(new(JsonText.String(tag, "repository"), said, JsonText.String(tag, "digest"), [.. images.EnumerateArray().Select(Image)]));
                }
            }

            document = read.tags.Count > 0 ? read : null;
            return document is not null;
        }
    }

    /// <inheritdoc/>
    public Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(Answer(reference, platform));
    }

    private static IndexEntry Image(JsonElement image)
    {
        var os = JsonText.String(image, "os");
        var architecture = JsonText.String(image, "architecture");
        var platform = architecture is { Length: > 0 } ? Platform.Of(os is { Length: > 0 } ? os : "linux", architecture, JsonText.String(image, "variant"), JsonText.String(image, "os_version")) : null;
        return new(JsonText.String(image, "digest"), null, platform, [], 0);
    }

    private Resolution Answer(ImageReference reference, string? platform)
    {
        var what = $"{reference.Registry}/{reference.Repository}:{reference.EffectiveTag}";
        if (tags.Find(t => t.Name == reference.EffectiveTag && IsOf(t, reference)) is not { } tag)
        {
            return new Resolution.NotFound(tags.Exists(t => t.Name == reference.EffectiveTag && t.Repository is null)
                ? $"{path} has the tag {reference.EffectiveTag} of a repository that it does not name: write \"repository\": \"{reference.Repository}\" in it, or call it {reference.Repository.Split('/')[^1]}.json"
                : $"{path} has no {what}");
        }

        if (platform is null)
        {
            return Digest.TryParse(tag.Digest, out var digest, out var wrong)
                ? new Resolution.Resolved(digest, tag.Images.Count == 1 ? MediaTypes.OciManifest : MediaTypes.OciIndex, Verified: false)
                : new Resolution.NotFound($"{path}: the digest of {what} {wrong}; for one platform's digest use --platform");
        }

        return PlatformChoice.FromList(tag.Images, platform, what);
    }

    private bool IsOf(HubTag tag, ImageReference reference) => reference.Registry == KnownRegistries.DockerHub.Name && (tag.Repository is { } said
        ? KnownRegistries.FullRepository(reference.Registry, said) == reference.Repository
        : reference.Repository.Split('/')[^1] == name);

    private sealed record HubTag(string? Repository, string Name, string? Digest, IReadOnlyList<IndexEntry> Images);
}
