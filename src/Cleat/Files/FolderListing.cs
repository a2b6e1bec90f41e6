using System.Runtime.Versioning;

namespace Cleat.Files;

/// <summary>A name in a folder.</summary>
/// <param name="Kind">What it is itself: a link is not followed. Null when the file system does not tell: the status does.</param>
internal readonly record struct FolderEntry(string Name, FileKind? Kind);

/// <summary>The names in one folder, hidden ones included, without a status call for each.</summary>
internal static class FolderListing
{
    /// <exception cref="IOException">The folder cannot be read, or is gone.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static List<FolderEntry> Read(string folder) => Kernel.IsLinux ? Names(NativeMethods.OpenFolder(folder)) : PortableFiles.List(folder);

    /// <summary>The same of a folder that is open, and is closed here; negative when it could not be opened.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static List<FolderEntry> Read(int folder)
    {
        if (folder < 0)
        {
            throw Failure();
        }

        if (!Kernel.IsLinux)
        {
            return PortableFiles.List(PortableFiles.Close(folder));
        }

        var handle = NativeMethods.ReadFolder(folder);
        if (handle == 0)
        {
            NativeMethods.Close(folder);
        }

        return Names(handle);
    }

    [SupportedOSPlatform("linux")]
    private static List<FolderEntry> Names(nint handle)
    {
        if (handle == 0)
        {
            throw Failure();
        }

        try
        {
            List<FolderEntry> entries = [];
            while (NativeMethods.NextEntry(handle, out var entry))
            {
                if (entry.Name is not ("." or ".."))
                {
                    entries.Add(entry);
                }
            }

            return NativeMethods.Error == 0 ? entries : throw Failure();
        }
        finally
        {
            NativeMethods.CloseFolder(handle);
        }
    }

    private static Exception Failure() => NativeMethods.Error is NativeMethods.Denied or NativeMethods.NotPermitted
        ? new UnauthorizedAccessException(NativeMethods.ErrorText)
        : new IOException(NativeMethods.Error == NativeMethods.OtherTree ? "it does not lie in the tree" : NativeMethods.ErrorText);
}
