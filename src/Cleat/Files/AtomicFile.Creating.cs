namespace Cleat.Files;

internal static partial class AtomicFile
{
    private const uint ReadByAll = 0x1A4; // 0644

    /// <summary>Makes a file that does not exist yet: it is there whole, or not at all.</summary>
    /// <param name="fullPath">Its folder must be there.</param>
    public static WriteOutcome Create(string fullPath, ReadOnlyMemory<byte> bytes)
    {
        var folder = Path.GetDirectoryName(fullPath)!;
        using var temporary = NativeMethods.CreateTemporary(Path.Join(folder, ".cleat-"), out var path);
        if (temporary is null)
        {
            return new(WriteStatus.Failed, $"no file can be made in its folder: {NativeMethods.ErrorText}");
        }

        var moved = false;
        try
        {
            RandomAccess.Write(temporary, bytes.Span, 0);
            if (!NativeMethods.SetMode(temporary, ReadByAll))
            {
                return new(WriteStatus.Failed, $"its mode cannot be set: {NativeMethods.ErrorText}");
            }

            RandomAccess.FlushToDisk(temporary);
            File.Move(path, fullPath, overwrite: false);
            moved = true;
            return SyncFolder(folder);
        }
        catch (IOException) when (File.Exists(fullPath))
        {
            return new(WriteStatus.Changed, "it appeared since it was looked for: run again");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(WriteStatus.Failed, $"it could not be written: {e.Message}");
        }
        finally
        {
            if (!moved)
            {
                Remove(path);
            }
        }
    }
}
