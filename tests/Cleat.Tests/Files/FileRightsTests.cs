using System.Buffers.Binary;
using Cleat.Files;
using Microsoft.Win32.SafeHandles;

namespace Cleat.Tests.Files;

/// <summary>Extended attributes and access control lists, which a replaced file keeps.</summary>
public sealed class FileRightsTests : IDisposable
{
    private const string List = "system.posix_acl_access";
    private const string HandedDown = "system.posix_acl_default";

    // acl(5) as the kernel keeps it: version 2; owner rw, user 1234 rw, group r, mask rw, others nothing
    private static readonly byte[] ForOne = Acl((1, 6, uint.MaxValue), (2, 6, 1234), (4, 4, uint.MaxValue), (16, 6, uint.MaxValue), (32, 0, uint.MaxValue));

    private readonly TemporaryTree tree = new();

    public void Dispose() => tree.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_stands_beside_the_bytes_is_kept(bool asReport)
    {
        var file = tree.Write("a", "old");
        Set("a", "user.origin", "here"u8);
        Set("a", List, ForOne);
        Replace(file, asReport);
        Assert.Equal("new", File.ReadAllText(file));
        Assert.Equal("here"u8.ToArray(), Get("a", "user.origin"));
        Assert.Equal(ForOne, Get("a", List));
        Assert.Equal("660", tree.Run("stat", "-c", "%a", "a").Trim());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_list_that_the_folder_hands_down_is_not_taken_on(bool asReport)
    {
        var file = tree.Write("d/a", "old");
        tree.Run("chmod", "644", "d/a");
        Set("d", HandedDown, ForOne);
        Replace(file, asReport);
        Assert.Null(Get("d/a", List));
        Assert.Equal("644", tree.Run("stat", "-c", "%a", "d/a").Trim());
    }

    [Fact]
    public void What_cannot_be_kept_is_said_and_nothing_is_written()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root sees such an attribute, and may set it");
        var file = tree.Write("a", "old");
        tree.Run("chmod", "666", "a");
        Set("a", "trusted.seal", "x"u8);
        Set("a", "security.seal", "x"u8);
        tree.Run("chmod", "777", ".");
        tree.Run("chown", "65534", "a");
        OtherUser.RunUnprivileged(() =>
        {
            var outcome = AtomicFile.Write(file, tree.Root, "new"u8.ToArray(), "old"u8.ToArray());
            Assert.Equal(WriteStatus.Refused, outcome.Status);
            Assert.Contains("its extended attribute security.seal cannot be kept", outcome.Message, StringComparison.Ordinal);
        });
        Assert.Equal("old", File.ReadAllText(file));
        Assert.Single(Directory.GetFileSystemEntries(tree.Root));
    }

    private static void Replace(string file, bool asReport)
    {
        if (asReport)
        {
            OutputFile.Write(file, stream => stream.Write("new"u8));
        }
        else
        {
            Assert.Equal(WriteOutcome.Written, AtomicFile.Write(file, Path.GetDirectoryName(file)!, "new"u8.ToArray(), "old"u8.ToArray()));
        }
    }

    private void Set(string path, string name, ReadOnlySpan<byte> value)
    {
        using SafeFileHandle handle = new(NativeMethods.OpenToRead(tree.At(path)), ownsHandle: true);
        Assert.SkipUnless(NativeMethods.SetAttribute(handle, name, value), $"this file system does not take {name}");
    }

    private byte[]? Get(string path, string name)
    {
        using SafeFileHandle handle = new(NativeMethods.OpenToRead(tree.At(path)), ownsHandle: true);
        return NativeMethods.Attribute((int)handle.DangerousGetHandle(), name);
    }

    private static byte[] Acl(params (ushort Tag, ushort Rights, uint Id)[] entries)
    {
        var list = new byte[4 + (8 * entries.Length)];
        BinaryPrimitives.WriteUInt32LittleEndian(list, 2);
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = list.AsSpan(4 + (8 * i));
            BinaryPrimitives.WriteUInt16LittleEndian(entry, entries[i].Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], entries[i].Rights);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], entries[i].Id);
        }

        return list;
    }
}
