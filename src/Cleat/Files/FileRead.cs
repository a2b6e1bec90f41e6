using Cleat.Text;

namespace Cleat.Files;

/// <summary>Why a file could not be read.</summary>
internal enum ReadFailure
{
    None,
    Vanished,
    Denied,
    Folder,

    /// <summary>A FIFO, a socket or a device.</summary>
    NotAFile,
    TooLarge,
    Changed,

    /// <summary>It does not lie in the tree, or is a link that leads out of it.</summary>
    Outside,

    /// <summary>Anything else: an I/O error, a circle of links.</summary>
    Failed,
}

/// <summary>The bytes of a file, or why there are none.</summary>
/// <param name="Bytes">Exactly the content; empty on failure and when it was not wanted.</param>
/// <param name="Stamp">The state the bytes are of; default on failure.</param>
/// <param name="Message">What happened and what to do next, to stand behind the file's name; null when it was read.</param>
internal sealed record FileRead(ReadOnlyMemory<byte> Bytes, FileStamp Stamp, ReadFailure Failure = ReadFailure.None, string? Message = null)
{
    /// <summary>False when the file was read, but what was to look at its bytes did not want them.</summary>
    public bool Wanted { get; init; } = true;

    public bool Succeeded => Failure == ReadFailure.None;
}
