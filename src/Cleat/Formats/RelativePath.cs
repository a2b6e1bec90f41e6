namespace Cleat.Formats;

/// <summary>Paths in the text of files, with <c>/</c>.</summary>
internal static class RelativePath
{
    /// <summary>A path that stands in a file of the folder, without <c>.</c> and without <c>..</c> where they can be taken out.</summary>
    /// <param name="folder">Empty for where one is.</param>
    public static string Join(string folder, string path)
    {
        if (folder.Length > 0 && path.Length > 0 && path[0] is not ('.' or '/') && !path.Contains("/.", StringComparison.Ordinal) && !path.Contains("//", StringComparison.Ordinal)
            && path[^1] != '/' && folder[^1] != '/' && folder[0] is not '.' && !folder.Contains("/.", StringComparison.Ordinal) && !folder.Contains("//", StringComparison.Ordinal))
        {
            return $"{folder}/{path}";
        }

        List<string> parts = [];
        foreach (var part in $"{folder}/{path}".Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts is [.., not ".."])
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return (folder.StartsWith('/') ? "/" : "") + string.Join('/', parts);
    }

    /// <summary>The folder of a file; empty when it stands where one is.</summary>
    public static string Folder(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";
}
