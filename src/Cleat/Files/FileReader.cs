using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Cleat.Files;

/// <summary>Reads whole files. What can go wrong on disk is data, not an exception.</summary>
internal static class FileReader
{
    /// <summary>The largest file that is read: 1 GiB. No file that names images comes near.</summary>
    public const long Limit = 1L << 30;

    // a file above this gets an array of its own at once
    private const int LargestScratch = 4 << 20;

    // fresh memory for each file costs as much as reading it; most files are looked at and dropped
    [ThreadStatic]
    private static byte[]? scratch;

    /// <summary>Reads a file, following links: whether a link may be followed is the walker's matter.</summary>
    /// <param name="wants">Asked with the bytes, which it must not keep; what it does not want is not copied out. Null wants all.</param>
    /// <param name="limit">Largest length in bytes that is read.</param>
    /// <param name="borrows">True when the caller is done with the bytes before it reads again on this thread: then wanted bytes are not copied either.</param>
    public static FileRead Read(string fullPath, Func<ReadOnlySpan<byte>, bool>? wants = null, long limit = Limit, bool borrows = false)
    {
        var file = NativeMethods.OpenToRead(fullPath);
        return file < 0 ? NotOpened(NativeMethods.Error) : ReadAndClose(file, wants, limit, borrows);
    }

    /// <summary>The same for a file that must not be a link itself.</summary>
    public static FileRead ReadNoLink(string fullPath, long limit)
    {
        var file = NativeMethods.OpenAt(NativeMethods.CurrentFolder, fullPath, NativeMethods.ToRead);
        return file < 0 ? NotOpened(NativeMethods.Error) : ReadAndClose(file, null, limit, borrows: false);
    }

    /// <summary>The same for a file that is open.</summary>
    public static FileRead ReadAndClose(int file, Func<ReadOnlySpan<byte>, bool>? wants, long limit, bool borrows)
    {
        try
        {
            return Read(file, wants, limit, borrows);
        }
        finally
        {
            NativeMethods.Close(file);
        }
    }

    /// <summary>Opens a plain file that may be too large to be read whole, such as a tarball; links are followed.</summary>
    /// <param name="problem">A message that fits behind its name; null when it was opened.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The stream owns the handle.")]
    public static Stream? Open(string fullPath, out string? problem)
    {
        var file = NativeMethods.OpenToRead(fullPath);
        problem = (file < 0 ? NotOpened(NativeMethods.Error) : NotPlain(file, out _))?.Message;
        if (problem is null)
        {
            return NativeMethods.Stream(file);
        }

        NativeMethods.Close(file);
        return null;
    }

    /// <summary>Why a file could not be opened.</summary>
    public static FileRead NotOpened(int error) => error switch
    {
        NativeMethods.NoEntry or NativeMethods.NotAFolder => Failed(ReadFailure.Vanished, "no such file: it was removed or renamed meanwhile"),
        NativeMethods.Denied or NativeMethods.NotPermitted => Failed(ReadFailure.Denied, "permission denied: give this user the right to read it"),
        NativeMethods.TooManyLinks => Failed(ReadFailure.Failed, "its links lead in a circle"),
        _ => Failed(ReadFailure.Failed, $"it could not be opened: {NativeMethods.Words(error)}"),
    };

    private static FileRead? NotPlain(int file, out FileStatus status) =>
        !NativeMethods.TryStatus(file, out status) ? Failed(ReadFailure.Failed, $"its status could not be read: {NativeMethods.ErrorText}")
        : status.Kind switch
        {
            FileKind.File => null,
            FileKind.Folder => Failed(ReadFailure.Folder, "it is a folder, not a file"),
            _ => Failed(ReadFailure.NotAFile, "it is a pipe, a socket or a device, not a file; give '-' to read standard input"),
        };

    /// <summary>Reads a whole file that is open, and stays so.</summary>
    public static FileRead Read(int file) => Read(file, null, Limit, borrows: false);

    private static FileRead Read(int file, Func<ReadOnlySpan<byte>, bool>? wants, long limit, bool borrows)
    {
        if (NotPlain(file, out var before) is { } failure)
        {
            return failure;
        }

        if (before.Length > limit)
        {
            return Failed(ReadFailure.TooLarge, $"it has {before.Length} bytes: more than {limit} are not read");
        }

        var length = (int)before.Length;
        var own = wants is null || length > LargestScratch;
        var rented = !own && !borrows;
        var buffer = own ? GC.AllocateUninitializedArray<byte>(length) : rented ? ArrayPool<byte>.Shared.Rent(length) : scratch ??= GC.AllocateUninitializedArray<byte>(LargestScratch);
        try
        {
            return Read(file, buffer, before, wants, copies: rented);
        }
        finally
        {
            if (rented)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private static FileRead Read(int file, byte[] buffer, FileStatus before, Func<ReadOnlySpan<byte>, bool>? wants, bool copies)
    {
        var length = (int)before.Length;
        var bytes = buffer.AsSpan(0, length);
        var at = 0;
        while (at < length)
        {
            var count = NativeMethods.Read(file, bytes[at..]);
            if (count < 0)
            {
                return Failed(ReadFailure.Failed, $"it could not be read: {NativeMethods.ErrorText}");
            }

            if (count == 0)
            {
                return Changed();
            }

            at += (int)count;
        }

        // what nothing is made of need not be asked for once more
        if (wants?.Invoke(bytes) == false)
        {
            return new FileRead(default, before.Stamp) { Wanted = false };
        }

        return NativeMethods.TryStatus(file, out var after) && after.Stamp == before.Stamp
            ? new FileRead(copies ? bytes.ToArray() : buffer.AsMemory(0, length), before.Stamp)
            : Changed();
    }

    private static FileRead Changed() => Failed(ReadFailure.Changed, "it changed while it was read: run again");

    private static FileRead Failed(ReadFailure failure, string message) => new(default, default, failure, message);
}
