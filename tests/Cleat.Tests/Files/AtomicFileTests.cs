using Cleat.Files;

namespace Cleat.Tests.Files;

public sealed class AtomicFileTests
{
    [Theory]
    [InlineData("640")]
    [InlineData("755")]
    [InlineData("600")]
    [InlineData("2775")]
    public void Replaces_the_bytes_and_keeps_the_mode(string mode)
    {
        using TemporaryTree tree = new();
        tree.Write("a", "old");
        tree.Run("chmod", mode, "a");
        Write(tree, "a", "new bytes", WriteStatus.Written, "new bytes");
        Assert.Equal(mode, tree.Run("stat", "-c", "%a", "a").Trim());
    }

    [Fact]
    public void Keeps_the_owner()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give a file away");
        using TemporaryTree tree = new();
        tree.Write("a", "old");
        tree.Run("chown", "1234:4321", "a");
        tree.Run("chmod", "4750", "a");
        Write(tree, "a", "new", WriteStatus.Written, "new");
        Assert.Equal("1234:4321 4750", tree.Run("stat", "-c", "%u:%g %a", "a").Trim());
    }

    [Fact]
    public void Refuses_when_the_owner_cannot_be_kept()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give a file away");
        using TemporaryTree tree = new();
        tree.Write("a", "old");
        tree.Run("chown", "1234:4321", "a");
        tree.Run("chmod", "777", "a", ".");
        OtherUser.Run(() => Write(tree, "a", "new", WriteStatus.Refused, "old", "owner"));
    }

    [Fact]
    public void Refuses_a_read_only_file_even_as_root()
    {
        using TemporaryTree tree = new();
        tree.Write("a", "old");
        tree.Run("chmod", "444", "a");
        Write(tree, "a", "new", WriteStatus.Refused, "old", "read-only");
    }

    [Fact]
    public void Says_so_when_the_folder_is_read_only()
    {
        using TemporaryTree tree = new();
        tree.Write("a", "old");
        tree.Run("chmod", "666", "a");
        tree.Run("chmod", "555", ".");
        OtherUser.Run(() => Write(tree, "a", "new", WriteStatus.Failed, "old", "permission denied"));
        tree.Run("chmod", "755", ".");
    }

    [Fact]
    public void Leaves_alone_what_changed_meanwhile()
    {
        using TemporaryTree tree = new();
        tree.Write("a", "other");
        Write(tree, "a", "new", WriteStatus.Changed, "other", "run again");
        tree.Write("a", "ol");
        Write(tree, "a", "new", WriteStatus.Changed, "ol", "run again");
        Assert.Equal(WriteStatus.Changed, AtomicFile.Write(tree.At("gone"), tree.Root, "new"u8.ToArray(), "old"u8.ToArray()).Status);
        Assert.False(File.Exists(tree.At("gone")));
    }

    [Fact]
    public void A_change_made_while_the_new_bytes_are_being_written_is_kept()
    {
        using TemporaryTree tree = new();
        var file = tree.Write("a", "old");
        Thread other = new(() =>
        {
            while (Directory.GetFiles(tree.Root, ".cleat-*").Length == 0)
            {
            }

            File.WriteAllText(file, "own");
        });
        other.Start();
        var outcome = AtomicFile.Write(file, tree.Root, new byte[128 << 20], "old"u8.ToArray());
        other.Join();
        Assert.Equal(WriteStatus.Changed, outcome.Status);
        Assert.Equal("own", File.ReadAllText(file));
        Assert.Single(Directory.GetFileSystemEntries(tree.Root));
    }

    [Fact]
    public void Refuses_to_part_hard_links()
    {
        using TemporaryTree tree = new();
        tree.Write("a", "old");
        tree.Run("mkdir", "elsewhere");
        tree.Run("ln", "a", "elsewhere/b");
        var outcome = AtomicFile.Write(tree.At("a"), tree.Root, "new"u8.ToArray(), "old"u8.ToArray());
        Assert.Equal(WriteStatus.Refused, outcome.Status);
        Assert.Contains("2 hard links", outcome.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(tree.At("elsewhere/b")));
    }

    [Fact]
    public void A_link_stays_a_link_and_its_target_inside_the_tree_is_written()
    {
        using TemporaryTree tree = new();
        tree.Write("d/target", "old");
        tree.Link("a", "d/target");
        Assert.Equal(WriteStatus.Written, AtomicFile.Write(tree.At("a"), tree.Root, "new"u8.ToArray(), "old"u8.ToArray()).Status);
        Assert.Equal("d/target", new FileInfo(tree.At("a")).LinkTarget);
        Assert.Equal("new", File.ReadAllText(tree.At("d/target")));
        Assert.Single(Directory.GetFileSystemEntries(tree.At("d")));
    }

    [Fact]
    public void A_link_out_of_the_tree_is_refused()
    {
        using TemporaryTree tree = new();
        tree.Write("root-beside/target", "old");
        tree.Link("root/a", "../root-beside/target");
        var outcome = AtomicFile.Write(tree.At("root/a"), tree.At("root"), "new"u8.ToArray(), "old"u8.ToArray());
        Assert.Equal(WriteStatus.Refused, outcome.Status);
        Assert.Contains("out of the tree", outcome.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(tree.At("root-beside/target")));
    }

    [Fact]
    public void A_reader_never_sees_anything_but_the_old_or_the_new_bytes()
    {
        using TemporaryTree tree = new();
        var versions = new[] { 'a', 'b' }.Select(c => Enumerable.Repeat((byte)c, 300_000).ToArray()).ToArray();
        var file = tree.At("a");
        File.WriteAllBytes(file, versions[0]);
        using CancellationTokenSource stop = new();
        var torn = 0;
        var reads = 0;
        Thread reader = new(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                var bytes = File.ReadAllBytes(file);
                torn += bytes.Length != 300_000 || bytes.AsSpan().ContainsAnyExcept(bytes[0]) ? 1 : 0;
                reads++;
            }
        });
        reader.Start();
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(WriteOutcome.Written, AtomicFile.Write(file, tree.Root, versions[(i + 1) % 2], versions[i % 2]));
        }

        stop.Cancel();
        reader.Join();
        Assert.Equal(0, torn);
        Assert.True(reads > 0);
    }

    [Fact]
    public void Several_writers_of_the_same_bytes_are_all_done()
    {
        using TemporaryTree tree = new();
        var file = tree.Write("a", "old");
        var fresh = new byte[100_000];
        using Barrier together = new(8);
        var outcomes = Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                Assert.True(NativeMethods.TryStatus(file, follow: false, out var read));
                together.SignalAndWait();
                return AtomicFile.Write(file, tree.Root, fresh, "old"u8.ToArray(), read.Stamp);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        Assert.All(outcomes, outcome => Assert.Equal(WriteOutcome.Written, outcome.Result));
        Assert.Equal(fresh, File.ReadAllBytes(file));
        Assert.Single(Directory.GetFileSystemEntries(tree.Root));
    }

    [Fact]
    public void A_file_that_holds_the_new_bytes_by_now_is_done()
    {
        using TemporaryTree tree = new();
        var file = tree.Write("a", "new");
        Assert.Equal(WriteOutcome.Written, AtomicFile.Write(file, tree.Root, "new"u8.ToArray(), "old"u8.ToArray()));
        Assert.Equal(WriteOutcome.Written, AtomicFile.Create(file, "new"u8.ToArray()));
        Assert.Equal(WriteStatus.Changed, AtomicFile.Create(file, "else"u8.ToArray()).Status);
    }

    [Theory]
    [InlineData("tree/d", "outside")]
    [InlineData("tree", "elsewhere")]
    public void A_link_in_the_place_of_the_folder_that_was_read_leads_nowhere(string folder, string target)
    {
        using TemporaryTree tree = new();
        var file = tree.Write("tree/d/a", "old");
        tree.Write("outside/a", "old");
        tree.Write("elsewhere/d/a", "old");
        Assert.True(NativeMethods.TryStatus(file, follow: false, out var read));
        tree.Run("mv", folder, "moved");
        tree.Link(folder, tree.At(target));
        var outcome = AtomicFile.Write(file, tree.At("tree"), "new"u8.ToArray(), "old"u8.ToArray(), read.Stamp);
        Assert.Equal(WriteStatus.Changed, outcome.Status);
        Assert.Contains("another file is in its place", outcome.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("new", Directory.EnumerateFiles(tree.Root, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
    }

    /// <summary>The same while the folder is exchanged for a link again and again: what lies outside is never written.</summary>
    [Fact]
    public void A_folder_that_is_exchanged_for_a_link_all_the_time_leads_nowhere()
    {
        using TemporaryTree tree = new();
        var file = tree.Write("tree/d/a", "old");
        var outside = tree.Write("outside/a", "old");
        Assert.True(NativeMethods.TryStatus(file, follow: false, out var read));
        tree.Link("tree/link", tree.At("outside"));
        using CancellationTokenSource stop = new();
        using var folder = OpenFolder.Open(tree.At("tree"))!;
        var exchanged = 0;
        Thread exchanger = new(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                exchanged += folder.Rename("d", "x") && folder.Rename("link", "d") && folder.Rename("d", "link") && folder.Rename("x", "d") ? 1 : 0;
            }
        });
        exchanger.Start();
        for (var i = 0; i < 500; i++)
        {
            // once it is written it is another file, and this one is not written again
            _ = AtomicFile.Write(file, tree.At("tree"), "new"u8.ToArray(), "old"u8.ToArray(), read.Stamp);
        }

        stop.Cancel();
        exchanger.Join();
        Assert.True(exchanged > 0);
        Assert.Equal("old", File.ReadAllText(outside));
        Assert.Single(Directory.GetFileSystemEntries(tree.At("outside")));
    }

    /// <summary>Writes over "old" and demands the outcome, the content, and that no temporary file is left.</summary>
    private static void Write(TemporaryTree tree, string path, string text, WriteStatus status, string content, string? message = null)
    {
        var outcome = AtomicFile.Write(tree.At(path), tree.Root, System.Text.Encoding.UTF8.GetBytes(text), "old"u8.ToArray());
        Assert.Equal(status, outcome.Status);
        Assert.Contains(message ?? "", outcome.Message ?? "", StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(tree.At(path)));
        Assert.Single(Directory.GetFileSystemEntries(tree.Root));
    }
}
