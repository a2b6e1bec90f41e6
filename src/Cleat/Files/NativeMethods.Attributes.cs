using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Cleat.Files;

/// <summary>Extended attributes (xattr(7)), which access control lists are kept in, too (acl(5)).</summary>
internal static partial class NativeMethods
{
    public const int NotSupported = 95; // EOPNOTSUPP

    private const int LongestAttribute = 64 * 1024; // XATTR_SIZE_MAX, and XATTR_LIST_MAX

    /// <summary>The names of a file's attributes as far as this user may see them; null on failure.</summary>
    public static string[]? Attributes(int file)
    {
        if (!Kernel.IsLinux)
        {
            return [];
        }

        var buffer = new byte[LongestAttribute];
        return flistxattr(file, ref buffer[0], buffer.Length) is var length and >= 0
            ? Encoding.UTF8.GetString(buffer, 0, (int)length).Split('\0', StringSplitOptions.RemoveEmptyEntries)
            : null;
    }

    /// <summary>The value of an attribute; null when there is none, and on failure.</summary>
    public static byte[]? Attribute(int file, string name)
    {
        if (!Kernel.IsLinux)
        {
            return null;
        }

        var buffer = new byte[LongestAttribute];
        return fgetxattr(file, name, ref buffer[0], buffer.Length) is var length and >= 0 ? buffer[..(int)length] : null;
    }

    public static bool SetAttribute(SafeFileHandle file, string name, ReadOnlySpan<byte> value) =>
        Kernel.IsLinux && fsetxattr(file, name, ref MemoryMarshal.GetReference(value), value.Length, 0) == 0;

    public static bool RemoveAttribute(SafeFileHandle file, string name) => Kernel.IsLinux && fremovexattr(file, name) == 0;

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true)]
    private static partial nint flistxattr(int file, ref byte list, nint length);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint fgetxattr(int file, string name, ref byte value, nint length);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int fsetxattr(SafeFileHandle file, string name, ref byte value, nint length, int flags);

    [SupportedOSPlatform("linux")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int fremovexattr(SafeFileHandle file, string name);
}
