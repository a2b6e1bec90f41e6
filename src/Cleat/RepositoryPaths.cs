using Cleat.Files;

namespace Cleat;

/// <summary>What the files of a report are called from the root of their git repository: code hosts and their reports go by that, whatever folder a run began in.</summary>
public sealed class RepositoryPaths
{
    internal RepositoryPaths(IEnumerable<string> paths)
    {
        var here = Path.CurrentFolder;
        Root = paths.Select(Path.GetFullPath).Prepend(here).Select(GitRepository.RootOf).FirstOrDefault(root => root is not null) ?? here;
    }

    /// <summary>The root of the repository around the current folder, else of the first path that lies in one; else the current folder.</summary>
    public string Root { get; }

    /// <summary>The root of the git repository around a file or folder, which may be the folder itself; null outside of one.</summary>
    public static string? RootOf(string path) => GitRepository.RootOf(Path.GetFullPath(path));

    /// <summary>The path from the root, with forward slashes; the whole path where the file lies elsewhere.</summary>
    /// <param name="file">As the report calls it.</param>
    public string Of(string file)
    {
        var full = Path.GetFullPath(file);
        return RealRoot.Contains(Root, full) ? Path.GetRelativePath(Root, full) : full;
    }
}
