using System.Runtime.InteropServices;
using Cleat.Text;

namespace Cleat.Files;

/// <summary>What a name on disk stands for.</summary>
internal enum FileKind
{
    /// <summary>A FIFO, a socket or a device: never opened.</summary>
    Other,
    File,
    Folder,
    Link,
}

/// <summary>Linux's <c>struct statx</c> (statx(2)); its layout is the same on every architecture.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly struct FileStatus
{
    [FieldOffset(16)]
    public readonly uint Links;

    [FieldOffset(20)]
    public readonly uint User;

    [FieldOffset(24)]
    public readonly uint Group;

    [FieldOffset(28)]
    private readonly ushort mode;

    [FieldOffset(32)]
    private readonly ulong inode;

    [FieldOffset(40)]
    public readonly long Length;

    [FieldOffset(112)]
    private readonly long modifiedSeconds;

    [FieldOffset(120)]
    private readonly uint modifiedNanoseconds;

    [FieldOffset(136)]
    private readonly uint deviceMajor;

    [FieldOffset(140)]
    private readonly uint deviceMinor;

    /// <summary>Permission bits with set-user, set-group and sticky: 07777.</summary>
    public uint Mode => mode & 0xFFFu;

    /// <summary>What the framework tells of a file: no links, no owner, and no number of its own.</summary>
    public FileStatus(FileKind kind, uint mode, long length, DateTime modified) =>
        (Links, this.mode, Length, modifiedSeconds, modifiedNanoseconds) = (1, (ushort)(Bits(kind) | (mode & 0xFFF)), length,
            (modified - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond, (uint)((modified.Ticks % TimeSpan.TicksPerSecond) * TimeSpan.NanosecondsPerTick));

    private static uint Bits(FileKind kind) => kind switch
    {
        FileKind.File => 0x8000,
        FileKind.Folder => 0x4000,
        FileKind.Link => 0xA000,
        _ => 0,
    };

    public FileKind Kind => (mode & 0xF000) switch
    {
        0x8000 => FileKind.File,
        0x4000 => FileKind.Folder,
        0xA000 => FileKind.Link,
        _ => FileKind.Other,
    };

    public FileStamp Stamp => new(Length, (modifiedSeconds * 1_000_000_000) + modifiedNanoseconds, ((ulong)deviceMajor << 32) | deviceMinor, inode);

    /// <summary>True when a later look at the name shows the same file, with neither its bytes nor its rights changed as far as the file system tells.</summary>
    public bool IsStill(FileStatus now) => now.Stamp == Stamp && now.Mode == Mode && now.Links == Links;
}
