using Cleat.Text;

namespace Cleat.Files;

/// <summary>The folder of a tree, held open: paths are looked up from it, and none leads out.</summary>
internal sealed class TreeRoot
{
    // a lookup that a rename gets in the way of is to be tried again (openat2(2), EAGAIN)
    private const int MostTries = 10;

    private readonly FolderHandle? folder;

    /// <param name="realPath">Absolute and without links.</param>
    public TreeRoot(string realPath)
    {
        Path = realPath;
        var opened = NativeMethods.OpenToName(realPath);
        folder = opened < 0 ? null : new(opened);
    }

    public string Path { get; }

    /// <summary>Opens what lies at a path in the tree.</summary>
    /// <param name="fullPath">Inside of <see cref="Path"/>, without <c>..</c>.</param>
    /// <param name="flags">One of <see cref="NativeMethods"/>.</param>
    /// <returns>A descriptor; -1 on failure, with <see cref="NativeMethods.OtherTree"/> when a link leads out.</returns>
    public int Open(string fullPath, int flags)
    {
        if (folder is null)
        {
            NativeMethods.Error = NativeMethods.NoEntry;
            return -1;
        }

        var below = fullPath.AsSpan(Path.Length).TrimStart('/');
        var file = -1;
        for (var tries = 0; tries < MostTries; tries++)
        {
            file = NativeMethods.OpenBeneath(folder, below is "" ? "." : below, flags);
            if (file >= 0 || NativeMethods.Error != NativeMethods.TryAgain)
            {
                break;
            }
        }

        return file < 0 && NativeMethods.Error is NativeMethods.NotImplemented or NativeMethods.NotPermitted ? OpenByLevels(fullPath, flags) : file;
    }

    /// <summary>The same where the kernel is older than 5.6 or not Linux, or a sandbox keeps the call from us: links are resolved first, and then none is followed.</summary>
    internal int OpenByLevels(string fullPath, int flags)
    {
        if (NativeMethods.RealPath(fullPath) is not { } real)
        {
            return -1;
        }

        if (!RealRoot.Contains(Path, real))
        {
            NativeMethods.Error = NativeMethods.OtherTree;
            return -1;
        }

        if (SlashPath.GetDirectoryName(real) is not { } parent)
        {
            return NativeMethods.OpenAt(NativeMethods.CurrentFolder, real, flags);
        }

        using var above = OpenFolder.Open(parent);
        return above is null ? -1 : above.OpenAt(SlashPath.GetFileName(real), flags);
    }
}
