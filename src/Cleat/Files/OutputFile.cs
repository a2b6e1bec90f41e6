namespace Cleat.Files;

/// <summary>A file that the user named for a report: it holds the whole report, or, when the run fails, what it held before.</summary>
/// <remarks>
/// Written in place, and not whole at every moment, is what cannot be replaced: pipes, terminals and what else is no plain file, a file with
/// several hard links, one whose owner cannot be kept, one in a folder that takes no new file, a mount point.
/// </remarks>
public static class OutputFile
{
    /// <summary>Why no file can be written at a path, as far as it can be known without trying; else null.</summary>
    public static string? Problem(string path)
    {
        if (Directory.Exists(path))
        {
            return $"{path} is a folder";
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        return !Directory.Exists(folder) ? $"there is no folder {Path.GetDirectoryName(path)}"
            : !NativeMethods.CanWrite(File.Exists(path) ? path : folder) ? $"permission denied: this user may not write {path}"
            : null;
    }

    /// <param name="path">A link is followed, as the shell's <c>&gt;</c> does.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write it.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var full = Path.GetFullPath(path);
        var isThere = NativeMethods.TryStatus(full, follow: true, out var old);
        if (isThere && old.Kind == FileKind.Folder)
        {
            throw new IOException($"{path} is a folder");
        }

        var target = Replaceable(full, isThere, old);
        using var fresh = target is null ? null : NewFile.Beside(target);
        if (fresh is null || !(isThere ? KeepsRights(target!, old, fresh) : fresh.SetUsualMode()))
        {
            WriteInPlace(full, isThere, old, write);
            return;
        }

        using FileStream stream = new(fresh.Handle, FileAccess.ReadWrite);
        write(stream);
        stream.Flush(flushToDisk: true);
        if (!fresh.TakeName(Path.GetFileName(target!)))
        {
            stream.Position = 0;
            WriteInPlace(full, isThere, old, stream.CopyTo);
        }
    }

    private static bool KeepsRights(string target, FileStatus old, NewFile fresh)
    {
        var source = NativeMethods.OpenToRead(target);
        try
        {
            return source >= 0 && FileRights.Keep(source, old, fresh.Handle) is null;
        }
        finally
        {
            NativeMethods.Close(source);
        }
    }

    /// <summary>The path, without links, of what may be replaced; null when it must be written in place.</summary>
    private static string? Replaceable(string full, bool isThere, FileStatus old) =>
        isThere
            ? old is { Kind: FileKind.File, Links: 1 } && !IsDescriptor(full) && NativeMethods.CanWrite(full) ? NativeMethods.RealPath(full) : null
            : NativeMethods.TryStatus(full, follow: false, out _) ? null : full;

    // /dev/stdout and its like lead to a file that another program has open: a new one in its place would be lost to that program
    private static bool IsDescriptor(string full) => full.StartsWith("/dev/", StringComparison.Ordinal) || full.StartsWith("/proc/", StringComparison.Ordinal);

    private static void WriteInPlace(string full, bool isThere, FileStatus old, Action<Stream> write)
    {
        var mode = !isThere ? FileMode.Create : old.Kind != FileKind.File ? FileMode.Open : IsDescriptor(full) ? FileMode.Append : FileMode.Create;
        using Stream stream = full switch
        {
            // what is open already goes on where it stands
            "/dev/stdout" or "/dev/fd/1" or "/proc/self/fd/1" => Console.OpenStandardOutput(),
            "/dev/stderr" or "/dev/fd/2" or "/proc/self/fd/2" => Console.OpenStandardError(),
            _ => new FileStream(full, mode, FileAccess.Write, FileShare.ReadWrite),
        };
        write(stream);
    }
}
