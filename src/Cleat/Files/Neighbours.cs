using System.Collections.Concurrent;
using Cleat.Formats;

namespace Cleat.Files;

/// <summary>
/// The files beside those that a run reads, each read once and kept for the run: what a file's references are put together from stays
/// the same from finding to confirming, even when the run itself rewrites a neighbour.
/// </summary>
internal sealed class Neighbours
{
    /// <summary>The largest neighbour that is read, in bytes: 16 MiB.</summary>
    public const long Limit = 16 << 20;

    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> folders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>?> files = new(StringComparer.Ordinal);

    /// <param name="fullPath">Absolute path of the file that is read.</param>
    public Surroundings Of(string fullPath)
    {
        var folder = Path.GetDirectoryName(fullPath) ?? "/";
        return new(
            fullPath,
            inner => folders.GetOrAdd(Path.GetFullPath(inner, folder), static path => Names(path)),
            file => files.GetOrAdd(Path.GetFullPath(file, folder), static path => Bytes(path)));
    }

    private static IReadOnlyList<string> Names(string folder)
    {
        try
        {
            return [.. FolderListing.Read(folder).Where(e => !e.IsFolder).Select(e => e.Name).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static ReadOnlyMemory<byte>? Bytes(string path) => FileReader.Read(path, limit: Limit) is { Succeeded: true } read ? read.Bytes : null;
}
