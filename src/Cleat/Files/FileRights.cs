using Microsoft.Win32.SafeHandles;

namespace Cleat.Files;

/// <summary>Gives a new file what the one it is to replace has beside its bytes: owner, extended attributes, access control list, mode.</summary>
internal static class FileRights
{
    private const uint Unchanged = uint.MaxValue; // chown(2): -1 leaves an id as it is

    // what the kernel makes of the bytes, or takes away when they are written
    private static readonly string[] OfBytes = ["security.ima", "security.evm", "security.capability"];

    /// <param name="source">A descriptor of the old file.</param>
    /// <param name="old">Its status.</param>
    /// <returns>Why that cannot be; null when it is done.</returns>
    public static WriteOutcome? Keep(int source, FileStatus old, SafeFileHandle fresh) =>
        KeepOwner(old, fresh) ?? KeepAttributes(source, fresh) ?? KeepMode(old, fresh);

    private static WriteOutcome? KeepOwner(FileStatus old, SafeFileHandle fresh)
    {
        if (!NativeMethods.TryStatus(fresh, out var now))
        {
            return new(WriteStatus.Failed, $"the new file's status could not be read: {NativeMethods.ErrorText}");
        }

        var user = now.User == old.User ? Unchanged : old.User;
        var group = now.Group == old.Group ? Unchanged : old.Group;
        return (user & group) != Unchanged && !NativeMethods.SetOwner(fresh, user, group)
            ? new(WriteStatus.Refused, $"its owner ({old.User}:{old.Group}) cannot be kept: {NativeMethods.ErrorText}; run as its owner")
            : null;
    }

    private static WriteOutcome? KeepAttributes(int source, SafeFileHandle fresh)
    {
        if (NativeMethods.Attributes(source) is not { } names)
        {
            return NativeMethods.Error == NativeMethods.NotSupported ? null : new(WriteStatus.Refused, $"its extended attributes cannot be read: {NativeMethods.ErrorText}");
        }

        var made = (int)fresh.DangerousGetHandle();

        // such as the list that a folder hands down to every new file
        foreach (var name in NativeMethods.Attributes(made) ?? [])
        {
            if (!names.Contains(name) && !name.StartsWith("security.", StringComparison.Ordinal) && !NativeMethods.RemoveAttribute(fresh, name))
            {
                return new(WriteStatus.Refused, $"its folder gives a new file {name}, which cannot be taken away: {NativeMethods.ErrorText}");
            }
        }

        foreach (var name in names.Except(OfBytes))
        {
            if (NativeMethods.Attribute(source, name) is not { } value
                || (NativeMethods.Attribute(made, name)?.AsSpan().SequenceEqual(value) != true && !NativeMethods.SetAttribute(fresh, name, value)))
            {
                return new(WriteStatus.Refused, $"its extended attribute {name} cannot be kept: {NativeMethods.ErrorText}; run as a user who may set it, or take it away first");
            }
        }

        return null;
    }

    // last: a new owner or list takes set-user and set-group bits away
    private static WriteOutcome? KeepMode(FileStatus old, SafeFileHandle fresh) =>
        NativeMethods.SetMode(fresh, old.Mode) ? null : new(WriteStatus.Failed, $"its mode cannot be kept: {NativeMethods.ErrorText}");
}
