using System.Diagnostics.CodeAnalysis;
using Cleat.References;
using Cleat.Registries;

namespace Cleat.Running.Docker;

/// <summary>Digests from what an engine has pulled or pushed, in place of a registry: what a tag meant to it.</summary>
internal sealed class EngineDigests : IDigestSource
{
    private readonly Lazy<Task<EngineAnswer<List<ListedImage>>>> listed;
    private readonly string engine;

    private EngineDigests(EngineAddress address, TimeSpan limit)
    {
        engine = address.Name;
        listed = new(() => ListAsync(address, limit));
    }

    /// <summary>Finds the engine that the environment names; it is asked when the first reference is.</summary>
    /// <param name="environment">Environment variables by name.</param>
    /// <param name="limit">For its answer.</param>
    public static bool TryOpen(Func<string, string?> environment, TimeSpan limit, [NotNullWhen(true)] out EngineDigests? source, [NotNullWhen(false)] out string? problem)
    {
        source = new EngineContexts(environment).Find(null, null, out problem) is { } address ? new(address, limit) : null;
        problem = source is null ? problem ?? "no engine was found" : null;
        return source is not null;
    }

    /// <inheritdoc/>
    public async Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation)
    {
        var answer = await listed.Value.WaitAsync(cancellation);
        return answer.IsOk ? Resolve(new(answer.Value), reference, platform) : new Resolution.Unreachable(answer.Problem);
    }

    private static async Task<EngineAnswer<List<ListedImage>>> ListAsync(EngineAddress address, TimeSpan limit)
    {
        using var client = EngineClient.Open(address, limit, out var problem);
        return client is null ? new(null, problem, 0) : await client.GetAsync("images/json", EngineJson.Default.ListListedImage, CancellationToken.None);
    }

    private Resolution Resolve(EngineImages images, ImageReference reference, string? platform)
    {
        if (platform is not null)
        {
            return new Resolution.Refused($"{engine} does not say which platform a digest is for: leave --platform away, or ask the registry");
        }

        if (images.Tagged(reference) is not { } image)
        {
            return new Resolution.NotFound($"{engine} has no image {reference.WithoutDigest}: docker pull it first");
        }

        List<Digest> digests = [.. images.NamesOf(image.Id, reference).Where(name => EngineImages.IsOf(name, reference)).Select(name => name.Digest!.Value).Distinct()];
        return digests.Count switch
        {
            1 => new Resolution.Resolved(digests[0], "", Verified: false),
            0 => new Resolution.NotFound($"{engine} has {reference.WithoutDigest}, but no digest of it: it was built there and never pushed"),
            _ => new Resolution.Refused($"{engine} knows {reference.WithoutDigest} by {digests.Count} digests ({string.Join(", ", digests)}): ask the registry which it is"),
        };
    }
}
