using System.Diagnostics;
using System.Runtime.InteropServices;
using Cleat.Files;

namespace Cleat.Tests.Files;

/// <summary>Disks that are full or read-only, real ones: a small tmpfs where this process may mount, else a limit on the size of files.</summary>
public sealed class AtomicFileDiskTests
{
    private const int FileSizeExceeded = 25; // SIGXFSZ

    [Fact]
    public void A_full_disk_leaves_the_old_file_whole_and_nothing_beside_it()
    {
        using TemporaryTree tree = new();
        var mounted = Mount(tree, "size=64k");
        using var signal = mounted ? null : PosixSignalRegistration.Create((PosixSignal)FileSizeExceeded, context => context.Cancel = true);
        try
        {
            var file = tree.Write("disk/a", "old");
            var large = new byte[mounted ? 200_000 : 32 << 20];
            if (!mounted)
            {
                Limit(tree, (16 << 20) + ":");
            }

            var outcome = AtomicFile.Write(file, tree.Root, large, "old"u8.ToArray());
            Assert.Equal(WriteStatus.Failed, outcome.Status);
            Assert.Contains("the old file is whole", outcome.Message, StringComparison.Ordinal);
            Assert.True(!mounted || outcome.Message!.Contains("No space left", StringComparison.Ordinal), outcome.Message);
            Assert.Equal("old", File.ReadAllText(file));
            Assert.Equal([file], Directory.GetFileSystemEntries(tree.At("disk")));
        }
        finally
        {
            if (mounted)
            {
                tree.Run("umount", "disk");
            }
            else
            {
                Limit(tree, "unlimited:");
            }
        }
    }

    [Fact]
    public void A_read_only_disk_is_refused()
    {
        using TemporaryTree tree = new();
        Assert.SkipUnless(Mount(tree, "size=64k"), "this process may not mount");
        try
        {
            var file = tree.Write("disk/a", "old");
            tree.Run("mount", "-o", "remount,ro", "disk");
            var outcome = AtomicFile.Write(file, tree.Root, "new"u8.ToArray(), "old"u8.ToArray());
            Assert.Equal(WriteStatus.Refused, outcome.Status);
            Assert.Contains("read-only file system", outcome.Message, StringComparison.Ordinal);
        }
        finally
        {
            tree.Run("umount", "disk");
        }
    }

    private static void Limit(TemporaryTree tree, string size) =>
        tree.Run("prlimit", "--pid", Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), "--fsize=" + size);

    private static bool Mount(TemporaryTree tree, string options)
    {
        Directory.CreateDirectory(tree.At("disk"));
        using var mount = Process.Start(new ProcessStartInfo("mount", ["-t", "tmpfs", "-o", options, "none", tree.At("disk")]) { RedirectStandardError = true })!;
        mount.WaitForExit();
        return mount.ExitCode == 0;
    }
}
