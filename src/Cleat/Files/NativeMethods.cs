using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Cleat.Files;

/// <summary>What became of asking for a lock.</summary>
internal enum FileLock
{
    /// <summary>It is ours until the file is closed.</summary>
    Held,

    /// <summary>Another has one that bears no other.</summary>
    Taken,

    /// <summary>This file system knows no locks.</summary>
    Unknown,
}

/// <summary>
/// The few calls of Linux's libc that .NET has no word for. All have the same form on x64 and arm64; the flags have the same value on
/// both unless it is said, and statx was made so that its layout is the same everywhere. On other systems <see cref="PortableFiles"/> answers.
/// </summary>
internal static partial class NativeMethods
{
    public const int NotPermitted = 1; // EPERM
    public const int NoEntry = 2; // ENOENT
    public const int Denied = 13; // EACCES
    public const int Exists = 17; // EEXIST
    public const int NotAFolder = 20; // ENOTDIR
    public const int TooManyLinks = 40; // ELOOP

    private const int AtNoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const int AtEmptyPath = 0x1000; // AT_EMPTY_PATH
    private const uint BasicStatus = 0x7FF; // STATX_BASIC_STATS
    private const int NonBlocking = 0x800; // O_NONBLOCK
    private const int CloseOnExec = 0x80000; // O_CLOEXEC
    private const int WouldBlock = 11; // EWOULDBLOCK
    private const int LockShared = 1; // LOCK_SH
    private const int LockExclusive = 2; // LOCK_EX
    private const int LockAtOnce = 4; // LOCK_NB
    private const int LongestPath = 4096; // PATH_MAX
    private const int MayWrite = 2; // W_OK
    private const int EntryKind = 18; // offsetof(struct dirent, d_type)
    private const int EntryName = 19; // offsetof(struct dirent, d_name)

    /// <summary>errno of the last call that failed on this thread.</summary>
    public static int Error
    {
        get => Marshal.GetLastPInvokeError();
        set => Marshal.SetLastPInvokeError(value);
    }

    /// <summary>The system's words for <see cref="Error"/>, as they read in the middle of a sentence.</summary>
    public static string ErrorText => Words(Error);

    public static string Words(int error)
    {
        var text = Kernel.IsLinux ? Marshal.GetPInvokeErrorMessage(error) : PortableFiles.Words(error);
        return text.Length > 1 && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }

    /// <summary>Status of a path, of the link itself where it is one and <paramref name="follow"/> is false.</summary>
    public static bool TryStatus(string path, bool follow, out FileStatus status) =>
        Kernel.IsLinux ? statx(CurrentFolder, path, follow ? 0 : AtNoFollow, BasicStatus, out status) == 0 : PortableFiles.TryStatus(path, follow, out status);

    /// <param name="file">From <see cref="OpenToRead"/>.</param>
    public static bool TryStatus(int file, out FileStatus status) =>
        Kernel.IsLinux ? statx(file, "", AtEmptyPath, BasicStatus, out status) == 0 : PortableFiles.TryStatus(file, out status);

    public static bool TryStatus(SafeFileHandle file, out FileStatus status) =>
        Kernel.IsLinux ? TryStatus((int)file.DangerousGetHandle(), out status) : PortableFiles.TryStatus(file, out status);

    /// <summary>Opens for reading without ever waiting: a FIFO without a writer does not hold us up. A descriptor, for <see cref="Close"/>; -1 on failure.</summary>
    public static int OpenToRead(string path) => Kernel.IsLinux ? open(path, CloseOnExec | NonBlocking) : PortableFiles.Open(path, ToRead);

    /// <summary>Reads what comes next.</summary>
    /// <returns>Bytes read, 0 at the end, -1 on failure.</returns>
    public static nint Read(int file, Span<byte> into) =>
        Kernel.IsLinux ? read(file, ref MemoryMarshal.GetReference(into), into.Length) : PortableFiles.Read(file, into);

    public static void Close(int file)
    {
        if (Kernel.IsLinux)
        {
            _ = close(file);
        }
        else
        {
            PortableFiles.Close(file);
        }
    }

    /// <summary>Makes a plain file that is open one that is read as a stream, which owns it.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The stream owns the handle.")]
    public static Stream Stream(int file) => Kernel.IsLinux ? new FileStream(new SafeFileHandle(file, ownsHandle: true), FileAccess.Read) : PortableFiles.Stream(file);

    /// <summary>Opens a folder to list it; 0 on failure.</summary>
    [SupportedOSPlatform("linux")]
    public static nint OpenFolder(string path) => opendir(path);

    [SupportedOSPlatform("linux")]
    public static void CloseFolder(nint folder) => _ = closedir(folder);

    /// <summary>The next name in an open folder; false at the end, where <see cref="Error"/> is 0, or on failure.</summary>
    [SupportedOSPlatform("linux")]
    public static bool NextEntry(nint folder, out FolderEntry entry)
    {
        var read = readdir(folder);
        entry = read == 0 ? default : new(Marshal.PtrToStringUTF8(read + EntryName) ?? "", Marshal.ReadByte(read, EntryKind) switch
        {
            0 => null, // DT_UNKNOWN
            4 => FileKind.Folder, // DT_DIR
            8 => FileKind.File, // DT_REG
            10 => FileKind.Link, // DT_LNK
            _ => FileKind.Other,
        });
        return read != 0;
    }

    /// <summary>The path without any link, <c>.</c> or <c>..</c> in it; null when it leads nowhere.</summary>
    public static string? RealPath(string path)
    {
        if (!Kernel.IsLinux)
        {
            return PortableFiles.RealPath(path);
        }

        Span<byte> buffer = stackalloc byte[LongestPath];
        return realpath(path, ref buffer[0]) == 0 ? null : Encoding.UTF8.GetString(buffer[..buffer.IndexOf((byte)0)]);
    }

    /// <summary>The user whom this process acts as. Where the framework does not tell owners, all is this user's.</summary>
    public static uint UserId => Kernel.IsLinux ? geteuid() : PortableFiles.AnyUser;

    /// <summary>Locks an open file (flock(2)), without waiting, and bears others who lock it in the same way.</summary>
    public static FileLock Lock(SafeFileHandle file) => Lock((int)file.DangerousGetHandle(), LockShared);

    /// <summary>The same, and bears no other.</summary>
    public static FileLock LockAlone(int file) => Lock(file, LockExclusive);

    private static FileLock Lock(int file, int kind) =>
        !Kernel.IsLinux ? FileLock.Unknown : flock(file, kind | LockAtOnce) == 0 ? FileLock.Held : Error == WouldBlock ? FileLock.Taken : FileLock.Unknown;

    public static bool CanWrite(string path) => Kernel.IsLinux ? access(path, MayWrite) == 0 : PortableFiles.CanWrite(path);

    public static bool SetOwner(SafeFileHandle file, uint user, uint group) => !Kernel.IsLinux || fchown(file, user, group) == 0;

    public static bool SetMode(SafeFileHandle file, uint mode) => Kernel.IsLinux ? fchmod(file, mode) == 0 : PortableFiles.SetMode(file, mode);

    /// <summary>Takes a file's name away. What cannot be taken away stays.</summary>
    public static void Delete(string path)
    {
        if (Kernel.IsLinux)
        {
            _ = unlink(path);
        }
        else
        {
            PortableFiles.Delete(path);
        }
    }

    /// <summary>Makes a folder; false when it is there, or cannot be made.</summary>
    /// <param name="mode">Permission bits, less those of the umask.</param>
    public static bool MakeFolder(string path, uint mode) => Kernel.IsLinux ? mkdir(path, mode) == 0 : PortableFiles.MakeFolder(path, mode);

    private static SafeFileHandle? Handle(int descriptor) => descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, out FileStatus status);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int file, ref byte buffer, nint length);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc")]
    private static partial int close(int file);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint opendir(string path);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true)]
    private static partial nint readdir(nint folder);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc")]
    private static partial int closedir(nint folder);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint realpath(string path, ref byte resolved);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int access(string path, int mode);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true)]
    private static partial int fchown(SafeFileHandle file, uint user, uint group);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true)]
    private static partial int fchmod(SafeFileHandle file, uint mode);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unlink(string path);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mkdir(string path, uint mode);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(int file, int operation);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc")]
    private static partial uint geteuid();
}
