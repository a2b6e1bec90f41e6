using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Cleat.Files;

/// <summary>The calls that name a file by its folder's descriptor (openat(2) and its like).</summary>
internal static partial class NativeMethods
{
    /// <summary>In a folder's place: the one that this process works in.</summary>
    public const int CurrentFolder = -100; // AT_FDCWD

    private const int InvalidArgument = 22; // EINVAL
    private const int ReadWrite = 2; // O_RDWR
    private const int CreateFile = 0x40; // O_CREAT
    private const int Exclusive = 0x80; // O_EXCL
    private const int PathOnly = 0x200000; // O_PATH
    private const uint NoReplace = 1; // RENAME_NOREPLACE
    private const uint OwnerOnly = 0x180; // 0600

    // the two flags that are not the same everywhere
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
    private static readonly int FolderOnly = IsArm ? 0x4000 : 0x10000; // O_DIRECTORY
    private static readonly int NoLink = IsArm ? 0x8000 : 0x20000; // O_NOFOLLOW

    /// <summary>What flags of <see cref="OpenAt"/> ask for.</summary>
    public static bool RefusesLinks(int flags) => (flags & NoLink) != 0;

    /// <inheritdoc cref="RefusesLinks"/>
    public static bool WantsFolder(int flags) => (flags & FolderOnly) != 0;

    /// <inheritdoc cref="RefusesLinks"/>
    public static bool WantsBytes(int flags) => (flags & PathOnly) == 0;

    /// <summary>Opens a folder for no more than to name what is in it; -1 on failure, and for a link.</summary>
    public static int OpenFolderAt(int folder, string name) => OpenAt(folder, name, CloseOnExec | PathOnly | FolderOnly);

    /// <summary>Opens for reading without waiting; -1 on failure, and for a link.</summary>
    public static int OpenToReadAt(int folder, string name) => OpenAt(folder, name, ToRead);

    public static SafeFileHandle? CreateAt(int folder, string name) => Kernel.IsLinux
        ? Handle(openat(folder, name, CloseOnExec | ReadWrite | CreateFile | Exclusive | NoLink, OwnerOnly))
        : PortableFiles.Create(PortableFiles.PathAt(folder, name), OwnerOnly);

    public static bool TryStatusAt(int folder, string name, out FileStatus status) => Kernel.IsLinux
        ? statx(folder, name, AtNoFollow, BasicStatus, out status) == 0
        : PortableFiles.TryStatus(PortableFiles.PathAt(folder, name), follow: false, out status);

    public static bool CanWriteAt(int folder, string name) => Kernel.IsLinux ? faccessat(folder, name, MayWrite, 0) == 0 : PortableFiles.CanWrite(PortableFiles.PathAt(folder, name));

    public static void DeleteAt(int folder, string name)
    {
        if (Kernel.IsLinux)
        {
            _ = unlinkat(folder, name, 0);
        }
        else
        {
            PortableFiles.Delete(PortableFiles.PathAt(folder, name));
        }
    }

    /// <param name="replaces">False when the new name must be free.</param>
    public static bool RenameAt(int folder, string from, string to, bool replaces)
    {
        if (!Kernel.IsLinux)
        {
            return PortableFiles.Rename(PortableFiles.PathAt(folder, from), PortableFiles.PathAt(folder, to), replaces);
        }

        if (replaces)
        {
            return renameat(folder, from, folder, to) == 0;
        }

        if (renameat2(folder, from, folder, to, NoReplace) == 0)
        {
            return true;
        }

        // not every file system knows it; a second name is refused where there is one
        if (Error is not (InvalidArgument or NotImplemented) || linkat(folder, from, folder, to, 0) != 0)
        {
            return false;
        }

        DeleteAt(folder, from);
        return true;
    }

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int openat(int folder, string path, int flags, uint mode);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int faccessat(int folder, string path, int mode, int flags);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unlinkat(int folder, string path, int flags);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int renameat(int fromFolder, string from, int toFolder, string to);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int renameat2(int fromFolder, string from, int toFolder, string to, uint flags);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int linkat(int fromFolder, string from, int toFolder, string to, int flags);
}
