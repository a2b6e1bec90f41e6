using System.Text;

namespace Cleat.Files;

/// <summary>
/// Reads a file that steers a run: configuration, a lock, a baseline, credentials, certificates. Its name may come from anywhere, so it is opened
/// without waiting and must be a plain file of a size that such files have.
/// </summary>
internal static class SettingsFile
{
    /// <summary>The largest that is read, in bytes: 64 MiB.</summary>
    public const long Limit = 64 << 20;

    /// <returns>Its bytes, or a message that fits behind its name.</returns>
    public static FileRead Read(string path, long limit = Limit) => WithMessage(FileReader.Read(path, limit: limit), limit);

    /// <summary>The same of a file that must not be a link.</summary>
    public static FileRead ReadNoLink(string path, long limit = Limit) => WithMessage(FileReader.ReadNoLink(path, limit), limit);

    private static FileRead WithMessage(FileRead read, long limit) =>
        read.Failure switch
        {
            ReadFailure.Vanished => read with { Message = "no such file" },
            ReadFailure.NotAFile => read with { Message = "it is a pipe, a socket or a device: name a plain file" },
            ReadFailure.TooLarge => read with { Message = $"it is larger than the {Size(limit)} that are read of such a file" },
            _ => read,
        };

    /// <summary>The same as text; bytes that are not UTF-8 become U+FFFD, and a mark of the byte order is left out.</summary>
    /// <param name="problem">A message that fits behind the file's name; null when it was read.</param>
    public static string? ReadText(string path, out string? problem)
    {
        var read = Read(path);
        problem = read.Message;
        return read.Succeeded ? Encoding.UTF8.GetString(read.Bytes.Span).TrimStart('\uFEFF') : null;
    }

    private static string Size(long bytes) => bytes >= 1 << 20 ? $"{bytes >> 20} MiB" : $"{bytes >> 10} KiB";
}
