using Cleat.Text;
using Microsoft.Win32.SafeHandles;

namespace Cleat.Files;

/// <summary>What stands at a path.</summary>
internal static partial class PortableFiles
{
    private const int MostLinks = 40; // as Linux
    private const uint MayRead = 0x124; // 0444
    private const uint MayReadAndWrite = 0x1A4; // 0644

    /// <inheritdoc cref="NativeMethods.TryStatus(string, bool, out FileStatus)"/>
    public static bool TryStatus(string path, bool follow, out FileStatus status)
    {
        FileStatus found = default;
        var done = Look(path, out var info) && (follow && LinkTarget(info) is not null
            ? RealPath(path) is { } real && TryStatus(real, follow: false, out found)
            : Try(() => found = Status(info)));
        status = found;
        return done;
    }

    /// <inheritdoc cref="NativeMethods.TryStatus(int, out FileStatus)"/>
    public static bool TryStatus(int number, out FileStatus status)
    {
        var opened = All[number];
        return opened.Handle is { } handle ? TryStatus(handle, out status) : TryStatus(opened.Path, follow: false, out status);
    }

    public static bool TryStatus(SafeFileHandle file, out FileStatus status)
    {
        FileStatus found = default;
        var done = Try(() => found = new(FileKind.File, OperatingSystem.IsWindows() ? WindowsMode(File.GetAttributes(file)) : (uint)File.GetUnixFileMode(file), RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file)));
        status = found;
        return done;
    }

    /// <inheritdoc cref="NativeMethods.RealPath"/>
    public static string? RealPath(string path)
    {
        var full = SlashPath.IsPathFullyQualified(path) ? SlashPath.Slashed(path) : SlashPath.Join(SlashPath.CurrentFolder, path);
        var real = Root(full);
        Stack<string> left = new(Parts(full));
        for (var links = 0; left.TryPop(out var part);)
        {
            if (part == "..")
            {
                real = SlashPath.GetDirectoryName(real) ?? real;
                continue;
            }

            var next = SlashPath.Join(real, part);
            if (!Look(next, out var info))
            {
                return null;
            }

            if (LinkTarget(info) is { } target)
            {
                if (++links > MostLinks)
                {
                    _ = Failed(NativeMethods.TooManyLinks);
                    return null;
                }

                real = SlashPath.IsPathFullyQualified(target) ? Root(target) : real;
                foreach (var inner in Parts(target))
                {
                    left.Push(inner);
                }
            }
            else if (left.Count > 0 && !info.Attributes.HasFlag(FileAttributes.Directory))
            {
                _ = Failed(NativeMethods.NotAFolder);
                return null;
            }
            else
            {
                real = next;
            }
        }

        return real;
    }

    /// <inheritdoc cref="NativeMethods.CanWrite"/>
    public static bool CanWrite(string path)
    {
        if (!Look(path, out var info))
        {
            return false;
        }

        // on Windows the mark means nothing on a folder; elsewhere the framework asks the mode for this user
        var can = !info.Attributes.HasFlag(FileAttributes.ReadOnly) || (OperatingSystem.IsWindows() && info.Attributes.HasFlag(FileAttributes.Directory));
        return can || Failed(NativeMethods.Denied) > 0;
    }

    private static bool Look(string path, out FileInfo info)
    {
        FileInfo found = new(path);
        info = found;
        var attributes = default(FileAttributes);
        return Try(() => attributes = found.Attributes) && ((int)attributes != -1 || Failed(NativeMethods.NoEntry) > 0);
    }

    private static FileStatus Status(FileInfo info)
    {
        var isFolder = info.Attributes.HasFlag(FileAttributes.Directory);
        var kind = LinkTarget(info) is not null ? FileKind.Link
            : isFolder ? FileKind.Folder
            : info.FullName.StartsWith("/dev/", StringComparison.Ordinal) ? FileKind.Other
            : FileKind.File;
        return new(kind, OperatingSystem.IsWindows() ? WindowsMode(info.Attributes) : (uint)info.UnixFileMode, kind == FileKind.File ? info.Length : 0, info.LastWriteTimeUtc);
    }

    private static uint WindowsMode(FileAttributes attributes) => attributes.HasFlag(FileAttributes.ReadOnly) && !attributes.HasFlag(FileAttributes.Directory) ? MayRead : MayReadAndWrite;

    // Windows has other things of this kind, which are read as what they stand for
    private static string? LinkTarget(FileInfo info) => info.Attributes.HasFlag(FileAttributes.ReparsePoint) && info.LinkTarget is { } target ? SlashPath.Slashed(target) : null;

    private static string Root(string full) => SlashPath.Slashed(System.IO.Path.GetPathRoot(full) ?? "/");

    // last first
    private static IEnumerable<string> Parts(string path) =>
        (SlashPath.IsPathRooted(path) ? path[Root(path).Length..] : path).Split('/').Where(part => part is not ("" or ".")).Reverse();
}
