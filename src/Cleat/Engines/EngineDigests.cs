using Cleat.References;
using Cleat.Registries;

namespace Cleat.Engines;

/// <summary>Digests from what an engine has pulled or pushed, in place of a registry: what a tag meant to it.</summary>
public sealed class EngineDigests : IDigestSource
{
    private readonly EngineImages images;
    private readonly string engine;

    private EngineDigests(EngineImages images, string engine)
    {
        this.images = images;
        this.engine = engine;
    }

    /// <summary>Asks the engine that the environment names which images it has.</summary>
    /// <param name="environment">Environment variables by name.</param>
    /// <returns>The source, or why there is none.</returns>
    public static async Task<(EngineDigests? Source, string? Problem)> OpenAsync(Func<string, string?> environment, TimeSpan limit, CancellationToken cancellation)
    {
        if (new EngineContexts(environment).Find(null, null, out var problem) is not { } address)
        {
            return (null, problem);
        }

        using var client = EngineClient.Open(address, limit, out problem);
        if (client is null)
        {
            return (null, problem);
        }

        var answer = await client.GetAsync("images/json", EngineJson.Default.ListListedImage, cancellation);
        return answer.IsOk ? (new(new(answer.Value), address.Name), null) : (null, answer.Problem);
    }

    /// <inheritdoc/>
    public Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(Resolve(reference, platform));
    }

    private Resolution Resolve(ImageReference reference, string? platform)
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
