using System.Collections.Concurrent;
using Cleat.References;
using Cleat.Registries;

namespace Cleat.Run;

/// <summary>Reads many manifests at once, each distinct one once.</summary>
internal static class ManifestReads
{
    /// <summary>Manifests under way at one time; a client has its own limit for each host.</summary>
    private const int AtATime = 16;

    /// <summary>What each reference's tag names, whatever digest it has.</summary>
    public static async Task<IReadOnlyDictionary<ResolutionKey, Resolution>> RunAsync(IDigestSource source, IReadOnlyCollection<ImageReference> references, bool config, CancellationToken cancellation)
    {
        ConcurrentDictionary<ResolutionKey, Resolution> answers = new();
        await EachAsync(references.DistinctBy(r => ResolutionKey.Of(r, null)), async (reference, stop) =>
            answers[ResolutionKey.Of(reference, null)] = await source.ReadAsync(Tagged(reference), config, stop), cancellation);
        return answers;
    }

    /// <summary>Does something for each at once, within the limit.</summary>
    public static Task EachAsync<T>(IEnumerable<T> all, Func<T, CancellationToken, Task> each, CancellationToken cancellation) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellation }, async (one, stop) => await each(one, stop));

    /// <summary>The reference with its tag alone.</summary>
    public static ImageReference Tagged(ImageReference reference) => reference.Digest is null ? reference : Parsed($"{reference.Registry}/{reference.Repository}:{reference.EffectiveTag}");

    /// <summary>The same repository at a digest.</summary>
    public static ImageReference At(ImageReference reference, Digest digest) => Parsed($"{reference.Registry}/{reference.Repository}@{digest}");

    private static ImageReference Parsed(string text) =>
        ImageReference.TryParse(text, out var parsed, out var error) ? parsed : throw new InvalidOperationException($"'{text}' was made of a reference and is none: {error.Message}");
}
