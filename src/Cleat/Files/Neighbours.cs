using System.Collections.Concurrent;
using System.Text;
using Cleat.Formats;

namespace Cleat.Files;

/// <summary>
/// The files beside those that a run reads, each read once and kept for the run: what a file's references are put together from stays
/// the same from finding to confirming, even when the run itself rewrites a neighbour.
/// </summary>
/// <param name="useIgnoreFiles">Whether the run honours .gitignore.</param>
internal sealed class Neighbours(bool useIgnoreFiles = true)
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
            file => files.GetOrAdd(Path.GetFullPath(file, folder), static path => Bytes(path)),
            file => useIgnoreFiles && IsIgnored(Path.GetFullPath(file, folder)));
    }

    private static bool IsIgnored(string path)
    {
        var folder = Path.GetDirectoryName(path) ?? "/";
        // what cannot be read is said by the walk
        var rules = GitRepository.IgnoreFile(GitRepository.RulesAbove(folder, (_, _) => { }), folder, (_, _) => { });
        return rules?.Ignores(Encoding.UTF8.GetBytes(path), isFolder: false) == true;
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
