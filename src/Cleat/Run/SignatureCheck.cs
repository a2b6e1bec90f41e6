using System.Collections.Concurrent;
using Cleat.References;
using Cleat.Registries;
using Cleat.Registries.SignIn;

namespace Cleat.Run;

/// <summary>Asks for the signatures of images, each once.</summary>
internal sealed class SignatureCheck(CosignProgram cosign, Func<string, bool> isPlainHttp)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string?>>> asked = new(StringComparer.Ordinal);

    /// <summary>Why the image does not have the signature, or null when it has.</summary>
    public Task<string?> ProblemAsync(ImageReference reference, Digest digest, CancellationToken cancellation)
    {
        var image = $"{KnownRegistries.CosignName(reference.Registry)}/{reference.Repository}@{digest}";
        return asked.GetOrAdd(image, _ => new(() => cosign.ProblemAsync(image, isPlainHttp(reference.Registry), cancellation))).Value;
    }

    /// <summary>The answers, with a refusal in place of each whose image is not signed.</summary>
    public async Task<IReadOnlyDictionary<ResolutionKey, Resolution>> OnlySignedAsync(IReadOnlyDictionary<ResolutionKey, Resolution> resolved, CancellationToken cancellation)
    {
        ConcurrentDictionary<ResolutionKey, Resolution> signed = new();
        await ManifestReads.EachAsync(resolved, async (answer, stop) =>
            signed[answer.Key] = answer.Value is Resolution.Resolved found && ImageReference.TryParse(answer.Key.Reference, out var reference, out _)
                && await ProblemAsync(reference, found.Digest, stop) is { } problem
                ? new Resolution.Refused($"{found.Digest}: {problem}")
                : answer.Value, cancellation);
        return signed;
    }
}
