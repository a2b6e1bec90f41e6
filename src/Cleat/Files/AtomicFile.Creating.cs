namespace Cleat.Files;

internal static partial class AtomicFile
{
    /// <summary>Makes a file that does not exist yet: it is there whole, or not at all.</summary>
    /// <param name="fullPath">Its folder must be there.</param>
    /// <returns>Written, too, when it appeared meanwhile and holds just these bytes.</returns>
    public static WriteOutcome Create(string fullPath, ReadOnlyMemory<byte> bytes)
    {
        using var folder = NativeMethods.RealPath(Path.GetDirectoryName(fullPath) ?? "/") is { } real ? OpenFolder.Open(real) : null;
        using var fresh = folder is null ? null : NewFile.In(folder);
        if (fresh is null)
        {
            return new(WriteStatus.Failed, $"no file can be made in its folder: {NativeMethods.ErrorText}");
        }

        try
        {
            RandomAccess.Write(fresh.Handle, bytes.Span, 0);
            if (!fresh.SetUsualMode())
            {
                return new(WriteStatus.Failed, $"its mode cannot be set: {NativeMethods.ErrorText}");
            }

            RandomAccess.FlushToDisk(fresh.Handle);
            var name = Path.GetFileName(fullPath);
            return fresh.TakeFreeName(name) ? Sync(folder!)
                : folder!.Read(name) is { Succeeded: true } there && there.Bytes.Span.SequenceEqual(bytes.Span) ? WriteOutcome.Written
                : folder.TryStatus(name, out _) ? new(WriteStatus.Changed, "it appeared since it was looked for: run again")
                : new(WriteStatus.Failed, $"it could not be written: {NativeMethods.ErrorText}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(WriteStatus.Failed, $"it could not be written: {e.Message}");
        }
    }
}
