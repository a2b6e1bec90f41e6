namespace Cleat.Text;

/// <summary>Paths in the text of files, with <c>/</c>.</summary>
internal static class RelativePath
{
    /// <summary>A path that stands in a file of the folder, without <c>.</c> and without <c>..</c> where they can be taken out.</summary>
    /// <param name="folder">Empty for where one is.</param>
    public static string Join(string folder, string path)
    {
        if (Simple(folder, path) is { } simple)
        {
            return simple;
        }

        List<string> parts = [];
        foreach (var part in $"{folder}/{path}".Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts is [.., not ".."])
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != "." && !(part == ".." && parts.Count == 0 && folder.StartsWith('/')))
            {
                // above the root is the root
                parts.Add(part);
            }
        }

        return (folder.StartsWith('/') ? "/" : "") + string.Join('/', parts);
    }

    // what nearly all are: a clean folder, and a path that at most leads up before it leads down
    private static string? Simple(ReadOnlySpan<char> folder, ReadOnlySpan<char> path)
    {
        if (!IsClean(folder) || folder.Contains("..", StringComparison.Ordinal))
        {
            return null;
        }

        while (path.StartsWith("../", StringComparison.Ordinal) && folder.LastIndexOf('/') is var slash and > 0)
        {
            folder = folder[..slash];
            path = path[3..];
        }

        return IsClean(path) && path[0] != '/' ? $"{folder}/{path}" : null;
    }

    private static bool IsClean(ReadOnlySpan<char> path) =>
        path.Length > 0 && path[0] != '.' && path[^1] != '/' && !path.Contains("/.", StringComparison.Ordinal) && !path.Contains("//", StringComparison.Ordinal);

    /// <summary>The folder of a file; empty when it stands where one is.</summary>
    public static string Folder(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";
}
