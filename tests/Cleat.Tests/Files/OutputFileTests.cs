using System.Diagnostics;
using Cleat.Files;

namespace Cleat.Tests.Files;

public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryTree tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void A_new_one_is_as_any_program_would_make_it()
    {
        Put("new");
        tree.Write("any");
        Assert.Equal("report", File.ReadAllText(tree.At("new")));
        Assert.Equal(tree.Run("stat", "-c", "%a %u:%g", "any"), tree.Run("stat", "-c", "%a %u:%g", "new"));
        Assert.Equal(2, Directory.GetFileSystemEntries(tree.Root).Length);
    }

    [Fact]
    public void An_old_one_is_replaced_and_keeps_its_mode_and_owner()
    {
        tree.Write("old", new('x', 10_000));
        tree.Run("chmod", "640", "old");
        if (Environment.IsPrivilegedProcess)
        {
            tree.Run("chown", "1234:4321", "old");
        }

        var before = tree.Run("stat", "-c", "%a %u:%g", "old");
        var inode = tree.Run("stat", "-c", "%i", "old");
        Put("old");
        Assert.Equal("report", File.ReadAllText(tree.At("old")));
        Assert.Equal(before, tree.Run("stat", "-c", "%a %u:%g", "old"));
        Assert.NotEqual(inode, tree.Run("stat", "-c", "%i", "old"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void When_the_report_breaks_off_the_old_one_is_whole_and_no_new_one_is_there(bool isThere)
    {
        if (isThere)
        {
            tree.Write("file", "old");
        }

        Assert.Throws<InvalidOperationException>(() => OutputFile.Write(tree.At("file"), stream =>
        {
            stream.Write(new byte[100_000]);
            stream.Flush();
            throw new InvalidOperationException();
        }));
        Assert.Equal(isThere ? [tree.At("file")] : [], Directory.GetFileSystemEntries(tree.Root));
        Assert.True(!isThere || File.ReadAllText(tree.At("file")) == "old");
    }

    [Fact]
    public void A_link_is_followed_wherever_it_leads()
    {
        tree.Write("d/target", "old");
        tree.Link("link", "d/target");
        tree.Link("dangling", "d/none");
        Put("link");
        Put("dangling");
        Assert.Equal(("d/target", "report"), (new FileInfo(tree.At("link")).LinkTarget, File.ReadAllText(tree.At("d/target"))));
        Assert.Equal(("d/none", "report"), (new FileInfo(tree.At("dangling")).LinkTarget, File.ReadAllText(tree.At("d/none"))));
        Assert.Equal(2, Directory.GetFileSystemEntries(tree.At("d")).Length);
    }

    [Fact]
    public void Hard_links_are_not_parted()
    {
        tree.Write("a", "old and longer");
        tree.Run("ln", "a", "b");
        Put("a");
        Assert.Equal("report", File.ReadAllText(tree.At("b")));
    }

    [Fact]
    public void A_file_in_a_folder_that_takes_no_new_one_is_written_all_the_same()
    {
        tree.Write("d/file", "old and longer");
        tree.Run("chmod", "666", "d/file");
        tree.Run("chmod", "555", "d", ".");
        OtherUser.Run(() => Put("d/file"));
        Assert.Equal("report", File.ReadAllText(tree.At("d/file")));
        tree.Run("chmod", "755", "d", ".");
    }

    [Fact]
    public void What_may_not_be_written_is_not()
    {
        tree.Write("file", "old");
        tree.Run("chmod", "444", "file");
        tree.Run("chmod", "777", ".");
        OtherUser.Run(() => Assert.Throws<UnauthorizedAccessException>(() => Put("file")));
        Assert.Equal("old", File.ReadAllText(tree.At("file")));
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => Put(".")).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<IOException>(() => Put("nowhere/file"));
    }

    [Fact]
    public async Task Pipes_and_devices_stay_what_they_are()
    {
        tree.Run("mkfifo", "pipe");
        using var reader = Process.Start(new ProcessStartInfo("cat", [tree.At("pipe")]) { RedirectStandardOutput = true })!;
        Put("pipe");
        Assert.Equal("report", await reader.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        OutputFile.Write("/dev/null", stream => stream.Write("report"u8));
        Assert.True(NativeMethods.TryStatus("/dev/null", follow: false, out var status) && status.Kind == FileKind.Other);
    }

    [Fact]
    public void A_mount_point_is_written_in_place()
    {
        var file = tree.Write("file", "old and longer");
        tree.Write("below", "old and longer");
        using var mount = Process.Start(new ProcessStartInfo("mount", ["--bind", tree.At("below"), file]) { RedirectStandardError = true })!;
        mount.WaitForExit();
        Assert.SkipUnless(mount.ExitCode == 0, "this process may not mount");
        try
        {
            Put("file");
            Assert.Equal("report", File.ReadAllText(tree.At("below")));
            Assert.Equal(2, Directory.GetFileSystemEntries(tree.Root).Length);
        }
        finally
        {
            tree.Run("umount", file);
        }
    }

    private void Put(string name) => OutputFile.Write(tree.At(name), stream => stream.Write("report"u8));
}
