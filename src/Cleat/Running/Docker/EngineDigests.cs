using System.Diagnostics.CodeAnalysis;
using Cleat.References;
using Cleat.Registries;

namespace Cleat.Running.Docker;

/// <summary>
/// Digests from what an engine has pulled or pushed: what a tag meant to it. That an engine has a digest proves no registry has it: Podman, and Docker with containerd's store, give
/// one to what was only built. So the registry is asked for it, unless the engine's word is to do.
/// </summary>
internal sealed class EngineDigests : IDigestSource
{
    // Podman's registry of what it builds
    private const string Local = "localhost";

    private readonly Lazy<Task<EngineAnswer<List<ListedImage>>>> listed;
    private readonly string engine;
    private readonly IDigestSource? registry;

    private EngineDigests(EngineAddress address, TimeSpan limit, IDigestSource? registry)
    {
        this.registry = registry;
        engine = address.Name;
        listed = new(() => ListAsync(address, limit));
    }

    /// <summary>Finds the engine that the environment names; it is asked when the first reference is.</summary>
    /// <param name="environment">Environment variables by name.</param>
    /// <param name="limit">For its answer.</param>
    /// <param name="registry">Who confirms a digest; null to take the engine's word.</param>
    public static bool TryOpen(Func<string, string?> environment, TimeSpan limit, IDigestSource? registry, [NotNullWhen(true)] out EngineDigests? source, [NotNullWhen(false)] out string? problem)
    {
        source = new EngineContexts(environment).Find(null, null, out problem) is { } address ? new(address, limit, registry) : null;
        problem = source is null ? problem ?? "no engine was found" : null;
        return source is not null;
    }

    /// <inheritdoc/>
    public async Task<Resolution> ResolveAsync(ImageReference reference, string? platform, CancellationToken cancellation)
    {
        var answer = await listed.Value.WaitAsync(cancellation);
        return answer.IsOk ? await ResolveAsync(new(answer.Value), reference, platform, cancellation) : new Resolution.Unreachable(answer.Problem);
    }

    private static async Task<EngineAnswer<List<ListedImage>>> ListAsync(EngineAddress address, TimeSpan limit)
    {
        using var client = EngineClient.Open(address, limit, out var problem);
        return client is null ? new(null, problem, 0) : await client.GetAsync("images/json", EngineJson.Default.ListListedImage, CancellationToken.None);
    }

    private async Task<Resolution> ResolveAsync(EngineImages images, ImageReference reference, string? platform, CancellationToken cancellation)
    {
        if (platform is not null)
        {
            return new Resolution.Refused($"{engine} does not say which platform a digest is for: leave --platform away, or ask the registry");
        }

        if (reference.Registry == Local)
        {
            return new Resolution.NotFound($"{reference.WithoutDigest} is the name of what is on this machine alone: no registry has it");
        }

        if (images.Tagged(reference) is not { } image)
        {
            return new Resolution.NotFound($"{engine} has no image {reference.WithoutDigest}: docker pull it first");
        }

        List<Digest> digests = [.. images.NamesOf(image.Id, reference).Where(name => EngineImages.IsOf(name, reference)).Select(name => name.Digest!.Value).Distinct()];
        return digests.Count == 0 ? new Resolution.NotFound($"{engine} has {reference.WithoutDigest}, but no digest of it: it was built there and never pushed")
            : registry is not null ? await ConfirmedAsync(registry, reference, digests, cancellation)
            : digests.Count == 1 ? new Resolution.Resolved(digests[0], "", Verified: false)
            : Several(reference, digests);
    }

    // what the registry has of them; of an index and the image of a platform in it the index is what the tag means
    private async Task<Resolution> ConfirmedAsync(IDigestSource registry, ImageReference reference, List<Digest> digests, CancellationToken cancellation)
    {
        List<Resolution.Resolved> known = [];
        foreach (var digest in digests)
        {
            switch (await registry.ReadAsync(At(reference, digest), config: false, cancellation))
            {
                case Resolution.Resolved found:
                    known.Add(found);
                    break;
                case Resolution.NotFound:
                    break;
                case var other:
                    return other.WithNote($"so {digest}, which {engine} has, is not confirmed (--trust-engine takes its word)");
            }
        }

        List<Resolution.Resolved> indexes = known.FindAll(k => k.Manifest?.Children is not null);
        return known.Count == 0 ? new Resolution.NotFound($"{engine} has {reference.WithoutDigest} as {string.Join(", ", digests)}, which the registry has not: it was built there and never pushed, or is gone")
            : known.Count == 1 ? known[0]
            : indexes.Count == 1 ? indexes[0]
            : Several(reference, known.ConvertAll(k => k.Digest));
    }

    private Resolution.Refused Several(ImageReference reference, List<Digest> digests) =>
        new($"{engine} knows {reference.WithoutDigest} by {digests.Count} digests ({string.Join(", ", digests)}): ask the registry which it is");

    private static ImageReference At(ImageReference reference, Digest digest) =>
        ImageReference.TryParse($"{reference.Registry}/{reference.Repository}@{digest}", out var at, out var error) ? at : throw new InvalidOperationException(error.Message);
}
