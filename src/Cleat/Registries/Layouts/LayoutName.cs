using Cleat.References;
using Cleat.Registries.Client;

namespace Cleat.Registries.Layouts;

/// <summary>One name in an OCI layout.</summary>
/// <param name="Reference">Normalised, with its tag; null for a bare tag.</param>
/// <param name="BareTag">Null for a reference.</param>
/// <param name="Digest">As written, not yet validated.</param>
internal sealed record LayoutName(string? Reference, string? BareTag, string? Digest, string? MediaType)
{
    /// <summary>How deep indexes without a name of their own are searched for names, and how many documents in all.</summary>
    private const int Deepest = 3;
    private const int Most = 1000;

    /// <summary>Every name in index.json and in the unnamed indexes that it lists.</summary>
    /// <returns>A failure is always <see cref="Resolution.Refused"/>.</returns>
    internal static Outcome<IReadOnlyList<LayoutName>> ReadAll(LayoutFiles folder)
    {
        var names = new List<LayoutName>();
        var open = new Queue<(byte[] Bytes, int Depth)>();
        var root = folder.Index();
        if (!root.IsOk)
        {
            return root.Failure;
        }

        open.Enqueue((root.Value, 0));
        for (var documents = 0; documents < Most && open.TryDequeue(out var next); documents++)
        {
            var document = ManifestDocument.Read(next.Bytes, null, $"{folder.Path}: index.json");
            if (!document.IsOk && next.Depth == 0)
            {
                return document.Failure;
            }

            foreach (var entry in document.Value?.Entries ?? [])
            {
                names.AddRange(entry.Names.Select(n => Of(n, entry)));

                // a nested index that is missing or broken hides no name that could be answered
                if (entry.Names.Count == 0 && next.Depth < Deepest && MediaTypes.IsIndex(entry.MediaType) && References.Digest.TryParse(entry.Digest, out var digest, out _) && folder.Blob(digest) is { IsOk: true } nested)
                {
                    open.Enqueue((nested.Value, next.Depth + 1));
                }
            }
        }

        return names;
    }

    private static LayoutName Of(string name, IndexEntry entry)
    {
        var isReference = name.Contains(':', StringComparison.Ordinal) || name.Contains('/', StringComparison.Ordinal);
        return isReference && ImageReference.TryParse(name, out var reference, out _)
            ? new(ResolutionKey.Of(reference, null).Reference, null, entry.Digest, entry.MediaType)
            : new(null, isReference ? null : name, entry.Digest, entry.MediaType);
    }
}
