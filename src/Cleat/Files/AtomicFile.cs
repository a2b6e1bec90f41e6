using Cleat.Text;

namespace Cleat.Files;

/// <summary>
/// Replaces the content of a file so that at every moment, a crash included, its name stands for either all of the
/// old bytes or all of the new: a new file beside it, synced, with the old one's rights (<see cref="FileRights"/>), renamed over it.
/// </summary>
/// <remarks>
/// <para>The old bytes are read once more and compared right before the rename. What remains is the moment between
/// the two calls: a change that another program makes in it is lost. Linux has no "rename if unchanged".</para>
/// <para>All of it is done in one open folder, the one that the file was read from: a link that takes its place leads nowhere else.</para>
/// <para>A file with more than one hard link is refused: a rename would part it from its other names, and writing in
/// place could leave it half written.</para>
/// </remarks>
internal static partial class AtomicFile
{
    private const uint OwnerWrite = 0x80; // 0200

    private static readonly WriteOutcome Changed = new(WriteStatus.Changed, "it changed since it was read: run again");

    /// <param name="fullPath">An existing file, or a link to one inside <paramref name="root"/>: then its target is written.</param>
    /// <param name="root">The folder that links must not lead out of.</param>
    /// <param name="expectedOld">The bytes that were read, and that <paramref name="newBytes"/> were made from.</param>
    /// <param name="asRead">The file that they were read from: another one in its place is not written. Null when that is not known.</param>
    /// <returns>Written, too, when the file meanwhile holds just the new bytes: another run was quicker.</returns>
    public static WriteOutcome Write(string fullPath, string root, ReadOnlyMemory<byte> newBytes, ReadOnlyMemory<byte> expectedOld, FileStamp? asRead = null)
    {
        var target = NativeMethods.RealPath(fullPath);
        if (target is null)
        {
            return Gone();
        }

        if (NativeMethods.TryStatus(fullPath, follow: false, out var named) && named.Kind == FileKind.Link && !RealRoot.Holds(root, target))
        {
            return new(WriteStatus.Refused, $"it is a link to {target}, and no link is followed out of the tree: name the target itself");
        }

        using var folder = OpenFolder.Open(Path.GetDirectoryName(target)!);
        return folder is null ? Gone() : new Replacement(folder, Path.GetFileName(target), newBytes, expectedOld, asRead).Write();
    }

    private static WriteOutcome Gone() => new(WriteStatus.Changed, $"it is not there any more: {NativeMethods.ErrorText}");

    /// <summary>One file, being replaced.</summary>
    private readonly struct Replacement(OpenFolder folder, string name, ReadOnlyMemory<byte> newBytes, ReadOnlyMemory<byte> expectedOld, FileStamp? asRead)
    {
        public WriteOutcome Write() => !folder.TryStatus(name, out var old) ? Gone() : Refusal(old) ?? Compare() ?? Replace(old);

        private WriteOutcome? Refusal(FileStatus old)
        {
            if (old.Kind != FileKind.File)
            {
                return new(WriteStatus.Refused, "it is not a plain file");
            }

            // root could write it: a read-only mark is respected all the same
            if ((old.Mode & OwnerWrite) == 0)
            {
                return new(WriteStatus.Refused, "it is read-only: chmod u+w it, or leave it out");
            }

            if (!folder.CanWrite(name))
            {
                return new(WriteStatus.Refused, $"this user may not write it: {NativeMethods.ErrorText}");
            }

            return old.Links > 1
                ? new(WriteStatus.Refused, $"it has {old.Links} hard links, and replacing it would part them: make it a file of its own first")
                : null;
        }

        // null: it is as it was read
        private WriteOutcome? Compare()
        {
            var now = folder.Read(name);
            return !now.Succeeded ? new(WriteStatus.Changed, now.Message)
                : now.Bytes.Span.SequenceEqual(newBytes.Span) ? WriteOutcome.Written
                : asRead is { } read && (now.Stamp.Device, now.Stamp.Inode) != (read.Device, read.Inode) ? new(WriteStatus.Changed, "another file is in its place since it was read: run again")
                : now.Bytes.Span.SequenceEqual(expectedOld.Span) ? null
                : Changed;
        }

        private WriteOutcome Replace(FileStatus old)
        {
            using var fresh = NewFile.In(folder);
            if (fresh is null)
            {
                return new(WriteStatus.Failed, $"no file can be made in its folder: {NativeMethods.ErrorText}");
            }

            try
            {
                RandomAccess.Write(fresh.Handle, newBytes.Span, 0);
                if (KeepRights(fresh, old) is { } problem)
                {
                    return problem;
                }

                RandomAccess.FlushToDisk(fresh.Handle);
                return Compare()
                    ?? (!IsStill(old) ? Compare() ?? Changed : fresh.TakeName(name) ? Sync(folder) : new(WriteStatus.Failed, $"it could not be replaced: {NativeMethods.ErrorText}"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return new(WriteStatus.Failed, $"the new bytes could not be written, and the old file is whole: {e.Message}");
            }
        }

        private WriteOutcome? KeepRights(NewFile fresh, FileStatus old)
        {
            var source = folder.OpenToRead(name);
            try
            {
                return source < 0 ? Changed : FileRights.Keep(source, old, fresh.Handle);
            }
            finally
            {
                NativeMethods.Close(source);
            }
        }

        private bool IsStill(FileStatus old) => folder.TryStatus(name, out var now) && old.IsStill(now);
    }

    private static WriteOutcome Sync(OpenFolder folder)
    {
        try
        {
            folder.Sync();
            return WriteOutcome.Written;
        }
        catch (IOException e)
        {
            return new(WriteStatus.Failed, $"it was written, but a power cut may still bring the old bytes back: {e.Message}");
        }
    }
}
