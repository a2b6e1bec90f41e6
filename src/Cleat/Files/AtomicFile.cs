using Microsoft.Win32.SafeHandles;

namespace Cleat.Files;

/// <summary>
/// Replaces the content of a file so that at every moment, a crash included, its name stands for either all of the
/// old bytes or all of the new: a new file beside it, synced, with the old one's mode and owner, renamed over it.
/// </summary>
/// <remarks>
/// <para>The old bytes are read once more and compared right before the rename. What remains is the moment between
/// the two calls: a change that another program makes in it is lost. Linux has no "rename if unchanged".</para>
/// <para>A file with more than one hard link is refused: a rename would part it from its other names, and writing in
/// place could leave it half written.</para>
/// <para>Not carried over: extended attributes, access control lists beyond the mode.</para>
/// </remarks>
internal static partial class AtomicFile
{
    private const uint OwnerWrite = 0x80; // 0200
    private const uint Unchanged = uint.MaxValue; // chown(2): -1 leaves an id as it is

    /// <param name="fullPath">An existing file, or a link to one inside <paramref name="root"/>: then its target is written.</param>
    /// <param name="root">The folder that links must not lead out of.</param>
    /// <param name="expectedOld">The bytes that were read, and that <paramref name="newBytes"/> were made from.</param>
    public static WriteOutcome Write(string fullPath, string root, ReadOnlyMemory<byte> newBytes, ReadOnlyMemory<byte> expectedOld)
    {
        var target = NativeMethods.RealPath(fullPath);
        if (target is null)
        {
            return new(WriteStatus.Changed, $"it is not there any more: {NativeMethods.ErrorText}");
        }

        if (NativeMethods.TryStatus(fullPath, follow: false, out var named) && named.Kind == FileKind.Link && !RealRoot.Holds(root, target))
        {
            return new(WriteStatus.Refused, $"it is a link to {target}, and no link is followed out of the tree: name the target itself");
        }

        return Refusal(target, out var status)
            ?? Compare(target, expectedOld)
            ?? Replace(target, status, newBytes, expectedOld);
    }

    private static WriteOutcome? Refusal(string target, out FileStatus status)
    {
        if (!NativeMethods.TryStatus(target, follow: false, out status))
        {
            return new(WriteStatus.Changed, $"it is not there any more: {NativeMethods.ErrorText}");
        }

        if (status.Kind != FileKind.File)
        {
            return new(WriteStatus.Refused, "it is not a plain file");
        }

        // root may write anything; the mark is the owner's wish all the same
        if ((status.Mode & OwnerWrite) == 0)
        {
            return new(WriteStatus.Refused, "it is read-only: chmod u+w it, or leave it out");
        }

        if (!NativeMethods.CanWrite(target))
        {
            return new(WriteStatus.Refused, $"this user may not write it: {NativeMethods.ErrorText}");
        }

        return status.Links > 1
            ? new(WriteStatus.Refused, $"it has {status.Links} hard links, and replacing it would part them: make it a file of its own first")
            : null;
    }

    private static WriteOutcome? Compare(string target, ReadOnlyMemory<byte> expectedOld)
    {
        var now = FileReader.Read(target);
        return !now.Succeeded ? new(WriteStatus.Changed, now.Message)
            : now.Bytes.Span.SequenceEqual(expectedOld.Span) ? null
            : new(WriteStatus.Changed, "it changed since it was read: run again");
    }

    private static WriteOutcome Replace(string target, FileStatus old, ReadOnlyMemory<byte> newBytes, ReadOnlyMemory<byte> expectedOld)
    {
        using var fresh = NewFile.Beside(target);
        if (fresh is null)
        {
            return new(WriteStatus.Failed, $"no file can be made in its folder: {NativeMethods.ErrorText}");
        }

        try
        {
            RandomAccess.Write(fresh.Handle, newBytes.Span, 0);
            var problem = KeepOwnerAndMode(fresh.Handle, old);
            if (problem is not null)
            {
                return problem;
            }

            RandomAccess.FlushToDisk(fresh.Handle);
            return StillThere(target, old)
                ?? Compare(target, expectedOld)
                ?? (fresh.Become(target) ? SyncFolder(target) : new(WriteStatus.Failed, $"it could not be replaced: {NativeMethods.ErrorText}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(WriteStatus.Failed, $"the new bytes could not be written, and the old file is whole: {e.Message}");
        }
    }

    private static WriteOutcome? StillThere(string target, FileStatus old) =>
        NativeMethods.TryStatus(target, follow: false, out var now) && now.Stamp == old.Stamp && now.Mode == old.Mode && now.Links == old.Links
            ? null
            : new(WriteStatus.Changed, "it changed since it was read: run again");

    /// <summary>Gives a new file the owner and the mode of the one it is to replace.</summary>
    /// <returns>Why that cannot be; null when it is done.</returns>
    internal static WriteOutcome? KeepOwnerAndMode(SafeFileHandle temporary, FileStatus old)
    {
        if (!NativeMethods.TryStatus((int)temporary.DangerousGetHandle(), out var now))
        {
            return new(WriteStatus.Failed, $"the new file's status could not be read: {NativeMethods.ErrorText}");
        }

        var user = now.User == old.User ? Unchanged : old.User;
        var group = now.Group == old.Group ? Unchanged : old.Group;
        if ((user & group) != Unchanged && !NativeMethods.SetOwner(temporary, user, group))
        {
            return new(WriteStatus.Refused, $"its owner ({old.User}:{old.Group}) cannot be kept: {NativeMethods.ErrorText}; run as its owner");
        }

        // after the owner, which takes set-user and set-group bits away
        return NativeMethods.SetMode(temporary, old.Mode)
            ? null
            : new(WriteStatus.Failed, $"its mode cannot be kept: {NativeMethods.ErrorText}");
    }

    private static WriteOutcome SyncFolder(string target)
    {
        try
        {
            using SafeFileHandle handle = new(NativeMethods.OpenToRead(Path.GetDirectoryName(target)!), ownsHandle: true);
            if (!handle.IsInvalid)
            {
                RandomAccess.FlushToDisk(handle);
            }

            // a folder that may be written but not read cannot be synced; the file is whole in either case
            return WriteOutcome.Written;
        }
        catch (IOException e)
        {
            return new(WriteStatus.Failed, $"it was written, but a power cut may still bring the old bytes back: {e.Message}");
        }
    }
}
