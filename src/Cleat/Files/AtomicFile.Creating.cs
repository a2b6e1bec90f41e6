namespace Cleat.Files;

internal static partial class AtomicFile
{
    /// <summary>Makes a file that does not exist yet: it is there whole, or not at all.</summary>
    /// <param name="fullPath">Its folder must be there.</param>
    public static WriteOutcome Create(string fullPath, ReadOnlyMemory<byte> bytes)
    {
        using var fresh = NewFile.Beside(fullPath);
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
            fresh.BecomeFirst(fullPath);
            return SyncFolder(fullPath);
        }
        catch (IOException) when (File.Exists(fullPath))
        {
            return new(WriteStatus.Changed, "it appeared since it was looked for: run again");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(WriteStatus.Failed, $"it could not be written: {e.Message}");
        }
    }
}
