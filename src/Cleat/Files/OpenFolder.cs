using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace Cleat.Files;

/// <summary>A folder that is held open (openat(2)): what is done with a name is done in this folder, whatever becomes of its path meanwhile.</summary>
internal sealed class OpenFolder : IDisposable
{
    private readonly FolderHandle handle;

    private OpenFolder(FolderHandle handle) => this.handle = handle;

    private int Descriptor => (int)handle.DangerousGetHandle();

    /// <summary>Opens a folder level by level; a level that is a link by now ends it.</summary>
    /// <param name="realPath">Absolute, and without links when it was made out.</param>
    /// <returns>Null when it cannot be opened so; <see cref="NativeMethods.ErrorText"/> says why.</returns>
    [SuppressMessage("Reliability", "CA2000", Justification = "The folder owns the handle.")]
    public static OpenFolder? Open(string realPath)
    {
        if (!Kernel.IsLinux)
        {
            var whole = NativeMethods.OpenFolderAt(NativeMethods.CurrentFolder, realPath);
            return whole < 0 ? null : new(new(whole));
        }

        var at = NativeMethods.OpenFolderAt(NativeMethods.CurrentFolder, "/");
        foreach (var level in realPath.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at < 0)
            {
                return null;
            }

            var next = NativeMethods.OpenFolderAt(at, level);
            NativeMethods.Close(at);
            at = next;
        }

        return at < 0 ? null : new(new(at));
    }

    /// <summary>The status of a name, of the link itself where it is one.</summary>
    public bool TryStatus(string name, out FileStatus status) => NativeMethods.TryStatusAt(Descriptor, name, out status);

    public bool CanWrite(string name) => NativeMethods.CanWriteAt(Descriptor, name);

    /// <summary>Reads a plain file; a link is not followed.</summary>
    public FileRead Read(string name)
    {
        var file = OpenToRead(name);
        try
        {
            return file < 0 ? FileReader.NotOpened(NativeMethods.Error) : FileReader.Read(file);
        }
        finally
        {
            NativeMethods.Close(file);
        }
    }

    /// <returns>A descriptor, for <see cref="NativeMethods.Close"/>; -1 on failure. A link is not followed.</returns>
    public int OpenToRead(string name) => OpenAt(name, NativeMethods.ToRead);

    /// <inheritdoc cref="OpenToRead"/>
    public int OpenAt(string name, int flags) => NativeMethods.OpenAt(Descriptor, name, flags);

    /// <summary>Creates a file that is not there, for this user only; null when it is there, or cannot be made.</summary>
    public SafeFileHandle? Create(string name) => NativeMethods.CreateAt(Descriptor, name);

    /// <summary>Gives a file another name in this folder, and takes that name from what had it.</summary>
    public bool Rename(string from, string to) => NativeMethods.RenameAt(Descriptor, from, to, replaces: true);

    /// <summary>Gives a file another name in this folder, which must be free.</summary>
    public bool RenameToFree(string from, string to) => NativeMethods.RenameAt(Descriptor, from, to, replaces: false);

    public void Delete(string name) => NativeMethods.DeleteAt(Descriptor, name);

    /// <summary>Makes what was renamed in it outlast a power cut. One that may be written but not read, or is not on Linux, cannot be synced; its files are whole all the same.</summary>
    /// <exception cref="IOException">The disk says no.</exception>
    public void Sync()
    {
        if (!Kernel.IsLinux)
        {
            return;
        }

        using SafeFileHandle readable = new(NativeMethods.OpenToReadAt(Descriptor, "."), ownsHandle: true);
        if (!readable.IsInvalid)
        {
            RandomAccess.FlushToDisk(readable);
        }
    }

    public void Dispose() => handle.Dispose();
}
