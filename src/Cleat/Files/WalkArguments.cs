using System.Collections.Concurrent;

namespace Cleat.Files;

/// <summary>The paths of a command line, sorted into files and folders.</summary>
internal sealed class WalkArguments
{
    private readonly HashSet<string> realFiles = new(StringComparer.Ordinal);
    private readonly HashSet<string> realFolders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> folderOf = new(StringComparer.Ordinal);
    private readonly Action<string, string> error;

    private WalkArguments(Action<string, string> error) => this.error = error;

    /// <summary>The named files, each once, in the order given.</summary>
    public List<WalkedFile> Files { get; } = [];

    /// <summary>The named folders, each once: as reported (empty, or with a slash at its end) and without links.</summary>
    public List<(string Prefix, string RealPath)> Folders { get; } = [];

    /// <summary>Real paths of the named files: the walk of a folder leaves them out.</summary>
    public IReadOnlySet<string> RealFiles => realFiles;

    /// <summary>Real paths of the named folders: each is walked on its own, whatever the rules of the others say of it.</summary>
    public IReadOnlySet<string> RealFolders => realFolders;

    /// <summary>The folders, without links, that trees are made out from: those that were named, and those of the files that were.</summary>
    public IEnumerable<string> Places => Folders.Select(f => f.RealPath).Concat(Files.Select(f => FolderOf(f.FullPath)).Distinct(StringComparer.Ordinal));

    /// <summary>The folder of a named file, without links.</summary>
    public string FolderOf(string file)
    {
        var folder = Path.GetDirectoryName(file) ?? "/";
        return folderOf.GetOrAdd(folder, static named => NativeMethods.RealPath(named) ?? named);
    }

    /// <summary>A path as it is reported: as it lies in a named folder, else from the folder that this process works in.</summary>
    public string PrintedPath(string fullPath) =>
        Folders.FirstOrDefault(f => RealRoot.Contains(f.RealPath, fullPath)) is { RealPath: { } folder } named
            ? fullPath.Length == folder.Length ? named.Prefix.TrimEnd('/') is { Length: > 0 } prefix ? prefix : "." : named.Prefix + fullPath[folder.Length..].TrimStart('/')
            : RealRoot.Contains(Path.CurrentFolder, fullPath) ? Path.GetRelativePath(Path.CurrentFolder, fullPath) : fullPath;

    public static WalkArguments Read(IReadOnlyList<string> paths, Action<string, string> error)
    {
        WalkArguments arguments = new(error);
        foreach (var path in paths)
        {
            arguments.Add(path);
        }

        return arguments;
    }

    private void Add(string path)
    {
        var shown = DisplayPath(path);
        // not Path.GetFullPath: it takes "link/.." away as if link were no link
        var full = Path.Join(Path.IsPathRooted(shown) ? null : Path.CurrentFolder, shown.Length == 0 ? null : shown);
        full = full.Length > 1 ? full.TrimEnd('/') : full;
        var real = path.Length == 0 ? null : NativeMethods.RealPath(full);
        if (real is null)
        {
            error(shown.Length == 0 ? path : shown, path.Length == 0 ? "no such file or folder" : Missing(full, NativeMethods.Error));
        }
        else if (!NativeMethods.TryStatus(real, follow: false, out var status))
        {
            error(shown, NativeMethods.ErrorText);
        }
        else if (status.Kind == FileKind.Folder)
        {
            if (realFolders.Add(real))
            {
                Folders.Add((shown.Length == 0 || shown.EndsWith('/') ? shown : shown + "/", real));
            }
        }
        else if (realFiles.Add(real))
        {
            Files.Add(new WalkedFile(shown, full, Named: true));
        }
    }

    private static string Missing(string full, int failure) => failure switch
    {
        NativeMethods.NoEntry when NativeMethods.TryStatus(full, follow: false, out _) => "the link leads nowhere",
        NativeMethods.NoEntry or NativeMethods.NotAFolder => "no such file or folder",
        NativeMethods.TooManyLinks => "the links lead in a circle",
        _ => NativeMethods.Words(failure),
    };

    // no "./", no doubled slash, none at the end; ".." stays: what it means depends on links. "." is empty.
    private static string DisplayPath(string path)
    {
        var slashed = Path.Slashed(path);
        var parts = slashed.Split('/').Where(part => part is not ("" or "."));
        return (slashed.StartsWith('/') ? "/" : "") + string.Join('/', parts);
    }
}
