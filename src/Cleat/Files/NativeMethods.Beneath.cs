using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Cleat.Files;

/// <summary>Looking a path up without leaving a folder (openat2(2)).</summary>
internal static partial class NativeMethods
{
    public const int TryAgain = 11; // EAGAIN
    public const int OtherTree = 18; // EXDEV: the path leads out
    public const int NotImplemented = 38; // ENOSYS

    private const nint OpenAt2 = 437; // SYS_openat2, on every architecture
    private const ulong NoMagicLinks = 0x02; // RESOLVE_NO_MAGICLINKS
    private const ulong Beneath = 0x08; // RESOLVE_BENEATH

    /// <summary>Flags that open a file for reading without waiting.</summary>
    public const int ToRead = CloseOnExec | NonBlocking;

    /// <summary>Flags that open for no more than the status.</summary>
    public const int ToName = CloseOnExec | PathOnly;

    /// <summary>Flags that open a folder for listing it.</summary>
    public static readonly int ToList = CloseOnExec | FolderOnly;

    /// <summary>Opens a folder that paths are looked up from; -1 on failure.</summary>
    public static int OpenToName(string path) => OpenAt(CurrentFolder, path, CloseOnExec | PathOnly | FolderOnly);

    /// <summary>Opens a name in a folder; -1 on failure, and for a link.</summary>
    public static int OpenAt(int folder, string name, int flags) => Kernel.IsLinux ? openat(folder, name, flags | NoLink, 0) : PortableFiles.OpenAt(folder, name, flags | NoLink);

    /// <summary>
    /// Opens a path below a folder, links followed as long as they stay there; -1 on failure, with <see cref="OtherTree"/> when one leads out, and
    /// <see cref="NotImplemented"/> where the system has no such call.
    /// </summary>
    public static int OpenBeneath(SafeHandle folder, ReadOnlySpan<char> path, int flags)
    {
        if (!Kernel.IsLinux)
        {
            Error = NotImplemented;
            return -1;
        }

        Span<byte> text = stackalloc byte[LongestPath];
        if (path.Length * 3 >= text.Length && Encoding.UTF8.GetByteCount(path) >= text.Length)
        {
            Error = PathTooLong;
            return -1;
        }

        text[Encoding.UTF8.GetBytes(path, text)] = 0;
        OpenHow how = new() { Flags = (ulong)flags, Resolve = Beneath | NoMagicLinks };
        return (int)openat2(OpenAt2, folder, ref text[0], ref how, Marshal.SizeOf<OpenHow>());
    }

    private const int PathTooLong = 36; // ENAMETOOLONG

    /// <summary>Makes an open folder one that names are read from, for <see cref="CloseFolder"/>; 0 on failure.</summary>
    [SupportedOSPlatform("linux")]
    public static nint ReadFolder(int folder) => fdopendir(folder);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true)]
    private static partial nint fdopendir(int folder);

    // no libc of today has a name for it
    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint openat2(nint call, SafeHandle folder, ref byte path, ref OpenHow how, nint size);

    /// <summary><c>struct open_how</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }
}
