using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.IO.Enumeration;
using Cleat.Text;
using Microsoft.Win32.SafeHandles;

namespace Cleat.Files;

/// <summary>
/// The calls of <see cref="NativeMethods"/> by the framework alone, for macOS and Windows. Their failures are the same numbers.
/// </summary>
/// <remarks>
/// What the framework has no word for is less than on Linux: a path is looked up anew for each call (who may rename folders meanwhile can lead it
/// elsewhere), owners and hard links are not told, killed runs leave their temporary file. docs/install.md says so.
/// </remarks>
internal static partial class PortableFiles
{
    /// <summary>Stands for every owner.</summary>
    public const uint AnyUser = 0;

    private const FileShare WithOthers = FileShare.ReadWrite | FileShare.Delete;

    private static readonly ConcurrentDictionary<int, Opened> All = new();
    private static readonly EnumerationOptions AllOfThem = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private static int last;

    /// <summary>Opens a file or folder.</summary>
    /// <param name="flags">Of <see cref="NativeMethods"/>.</param>
    /// <returns>A number for the calls here; -1 on failure.</returns>
    [SuppressMessage("Reliability", "CA2000", Justification = "The table owns the handle until it is closed.")]
    public static int Open(string path, int flags)
    {
        if (!TryStatus(path, follow: !NativeMethods.RefusesLinks(flags), out var status))
        {
            return -1;
        }

        if (status.Kind == FileKind.Link)
        {
            return Failed(NativeMethods.TooManyLinks);
        }

        if (NativeMethods.WantsFolder(flags) && status.Kind != FileKind.Folder)
        {
            return Failed(NativeMethods.NotAFolder);
        }

        // what has no length is not opened: it may be a pipe, and opening one waits for its writer
        var reads = NativeMethods.WantsBytes(flags) && status is { Kind: FileKind.File, Length: > 0 };
        Opened opened = new(path);
        if (reads && !Try(() => opened.Handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, WithOthers)))
        {
            return -1;
        }

        var number = Interlocked.Increment(ref last);
        All[number] = opened;
        return number;
    }

    public static int OpenAt(int folder, string name, int flags) => Open(PathAt(folder, name), flags);

    /// <summary>The path of a name in an open folder.</summary>
    public static string PathAt(int folder, string name) => folder == NativeMethods.CurrentFolder ? name : name == "." ? All[folder].Path : SlashPath.Join(All[folder].Path, name);

    /// <summary>Closes what <see cref="Open"/> opened; anything else is passed over.</summary>
    /// <returns>Its path.</returns>
    public static string Close(int number)
    {
        if (!All.TryRemove(number, out var opened))
        {
            return "";
        }

        opened.Handle?.Dispose();
        return opened.Path;
    }

    public static nint Read(int number, Span<byte> into)
    {
        var opened = All[number];
        try
        {
            var count = opened.Handle is { } handle ? RandomAccess.Read(handle, into, opened.At) : 0;
            opened.At += count;
            return count;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failed(Number(e));
        }
    }

    public static Stream Stream(int number) => All.TryRemove(number, out var opened) && opened.Handle is { } handle ? new FileStream(handle, FileAccess.Read) : System.IO.Stream.Null;

    /// <inheritdoc cref="FolderListing.Read(string)"/>
    public static List<FolderEntry> List(string folder) =>
    [
        .. new FileSystemEnumerable<FolderEntry>(folder, static (ref FileSystemEntry entry) => new(entry.FileName.ToString(), Kind(entry.Attributes)), AllOfThem),
    ];

    // null: it may be a link, or what Windows keeps elsewhere
    private static FileKind? Kind(FileAttributes attributes) =>
        attributes.HasFlag(FileAttributes.ReparsePoint) ? null : attributes.HasFlag(FileAttributes.Directory) ? FileKind.Folder : FileKind.File;

    [SuppressMessage("Reliability", "CA2000", Justification = "The caller owns the handle.")]
    public static SafeFileHandle? Create(string path, uint mode)
    {
        SafeFileHandle? made = null;
        if (Try(() => made = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, WithOthers)))
        {
            SetMode(made!, mode);
        }
        else if (File.Exists(path))
        {
            _ = Failed(NativeMethods.Exists);
        }

        return made;
    }

    public static bool Rename(string from, string to, bool replaces) => Try(() => File.Move(from, to, overwrite: replaces));

    public static void Delete(string path) => _ = Try(() => File.Delete(path));

    public static bool MakeFolder(string path, uint mode) =>
        Try(() => _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, (UnixFileMode)mode));

    public static bool SetMode(SafeFileHandle file, uint mode) =>
        OperatingSystem.IsWindows() || Try(() =>
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, (UnixFileMode)mode);
            }
        });

    private static bool Try(Action call)
    {
        try
        {
            call();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _ = Failed(Number(e));
            return false;
        }
    }

    private static int Failed(int number)
    {
        NativeMethods.Error = number;
        return -1;
    }

    private static int Number(Exception e) => e switch
    {
        UnauthorizedAccessException => NativeMethods.Denied,
        FileNotFoundException or DirectoryNotFoundException => NativeMethods.NoEntry,
        _ => InputOutput,
    };

    private const int InputOutput = 5; // EIO

    /// <summary>Words for a number, as strerror(3) has them.</summary>
    public static string Words(int number) => number switch
    {
        NativeMethods.NotPermitted or NativeMethods.Denied => "permission denied",
        NativeMethods.NoEntry => "no such file or directory",
        NativeMethods.NotAFolder => "not a directory",
        NativeMethods.Exists => "file exists",
        NativeMethods.TooManyLinks => "too many levels of symbolic links",
        NativeMethods.OtherTree => "it does not lie in the tree",
        _ => "input/output error",
    };

    private sealed class Opened(string path)
    {
        public string Path { get; } = path;

        /// <summary>Null for a folder, and for a file without bytes.</summary>
        public SafeFileHandle? Handle { get; set; }

        /// <summary>How much of it was read.</summary>
        public long At { get; set; }
    }
}
