namespace Cleat.Text;

/// <summary>Tells one state of a file from another without its bytes.</summary>
/// <param name="Length">In bytes.</param>
/// <param name="Modified">Nanoseconds since 1970, UTC.</param>
/// <param name="Device">The file system it lies on.</param>
/// <param name="Inode">Its number there; another one means that the file was replaced.</param>
internal readonly record struct FileStamp(long Length, long Modified, ulong Device, ulong Inode);
