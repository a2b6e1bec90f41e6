using System.Collections.Concurrent;

namespace Cleat.Files;

/// <summary>
/// The files of the trees that a run looks at: what a file of the tree names is read through here and nowhere else. Only what lies in a tree is read;
/// links are followed inside of it, and neither a link nor <c>..</c> leads out.
/// </summary>
/// <remarks>
/// A tree is the git repository that an argument lies in, else the argument's folder. Linux holds to that itself while it looks a path up (openat2(2),
/// RESOLVE_BENEATH), so that a link which is made meanwhile leads nowhere else.
/// </remarks>
internal sealed class TreeFiles
{
    private readonly List<TreeRoot> roots = [];
    private readonly ConcurrentDictionary<string, string> refused = new(StringComparer.Ordinal);

    private TreeFiles()
    {
    }

    /// <summary>The links that were asked for and lead out of their tree, with the tree.</summary>
    public IReadOnlyDictionary<string, string> RefusedLinks => refused;

    /// <summary>The trees that the arguments lie in.</summary>
    /// <param name="folders">Without links: the folders that were named, and those of the files that were.</param>
    public static TreeFiles Around(IEnumerable<string> folders) => Of(folders.Distinct(StringComparer.Ordinal).Select(folder => GitRepository.RootOf(folder) ?? folder));

    /// <summary>The trees at these folders, which are without links.</summary>
    public static TreeFiles Of(IEnumerable<string> roots)
    {
        TreeFiles files = new();
        foreach (var root in roots.Distinct(StringComparer.Ordinal).OrderBy(r => r.Length))
        {
            if (files.Root(root) is null)
            {
                files.roots.Add(new(root));
            }
        }

        return files;
    }

    /// <summary>True when the path, as it is written, lies in a tree.</summary>
    /// <param name="fullPath">Without <c>..</c>.</param>
    public bool Holds(string fullPath) => Root(fullPath) is not null;

    /// <summary>True for a folder that a tree lies in.</summary>
    public bool IsAbove(string fullPath) => roots.Exists(r => RealRoot.Contains(fullPath, r.Path));

    /// <inheritdoc cref="FileReader.Read(string, Func{ReadOnlySpan{byte}, bool}?, long, bool)"/>
    public FileRead Read(string fullPath, Func<ReadOnlySpan<byte>, bool>? wants = null, long limit = FileReader.Limit, bool borrows = false)
    {
        var file = Open(fullPath, NativeMethods.ToRead);
        return file < 0 ? NotOpened(fullPath) : FileReader.ReadAndClose(file, wants, limit, borrows);
    }

    /// <exception cref="IOException">The folder cannot be read, is gone, or does not lie in a tree.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public List<FolderEntry> List(string fullPath) => FolderListing.Read(Open(fullPath, NativeMethods.ToList));

    /// <summary>What a name stands for when links are followed; null when it is not there, or not in a tree.</summary>
    public FileKind? Kind(string fullPath)
    {
        var file = Open(fullPath, NativeMethods.ToName);
        if (file < 0)
        {
            return null;
        }

        var known = NativeMethods.TryStatus(file, out var status);
        NativeMethods.Close(file);
        return known ? status.Kind : null;
    }

    // asked for every file: no closure
    private TreeRoot? Root(string fullPath)
    {
        foreach (var root in roots)
        {
            if (RealRoot.Contains(root.Path, fullPath))
            {
                return root;
            }
        }

        return null;
    }

    // a descriptor, or -1
    private int Open(string fullPath, int flags)
    {
        if (Root(fullPath) is not { } root)
        {
            NativeMethods.Error = NativeMethods.OtherTree;
            return -1;
        }

        var file = root.Open(fullPath, flags);
        if (file < 0 && NativeMethods.Error == NativeMethods.OtherTree)
        {
            // a link with a whole path in it may well lead to a place inside
            if (NativeMethods.RealPath(fullPath) is { } real && real != fullPath && Root(real) is { } other)
            {
                return other.Open(real, flags);
            }

            refused.TryAdd(fullPath, root.Path);
            NativeMethods.Error = NativeMethods.OtherTree;
        }

        return file;
    }

    private FileRead NotOpened(string fullPath) => NativeMethods.Error == NativeMethods.OtherTree
        ? new(default, default, ReadFailure.Outside, Root(fullPath) is { } root ? $"it is a link that leads out of {root.Path}: not followed" : "it lies outside of the tree: not read")
        : FileReader.NotOpened(NativeMethods.Error);
}
