using Cleat.Files;

namespace Cleat.Tests.Files;

public sealed class NewFileTests
{
    [Fact]
    public void What_a_killed_run_left_is_swept_away_and_nothing_else()
    {
        using TemporaryTree tree = new();
        tree.Write(".cleat-new-Ab12cD");
        List<string> kept = [tree.Write(".cleat-new-Ab12c"), tree.Write(".cleat-new-Ab12cDe"), tree.Write(".cleat-new-a.yaml"), tree.Write(".cleat-new-"), tree.Write("x.cleat-new-Ab12cD"), tree.Write(".cleat.yaml")];
        Directory.CreateDirectory(tree.At(".cleat-new-folder"));
        tree.Link(".cleat-new-linked", "target");
        kept.Add(tree.Write("target"));
        kept.Add(tree.Write("hard"));
        tree.Run("ln", "hard", ".cleat-new-hardAB");
        kept.AddRange([tree.At(".cleat-new-folder"), tree.At(".cleat-new-linked"), tree.At(".cleat-new-hardAB")]);
        if (Environment.IsPrivilegedProcess)
        {
            kept.Add(tree.Write(".cleat-new-others"));
            tree.Run("chown", "1234", ".cleat-new-others");
        }

        NewFile.Sweep(tree.Root);
        Assert.Equal(kept.Order(StringComparer.Ordinal), Directory.GetFileSystemEntries(tree.Root).Order(StringComparer.Ordinal));
        NewFile.Sweep(tree.At("nowhere"));
    }

    [Fact]
    public void What_is_being_written_is_not_swept_away()
    {
        using TemporaryTree tree = new();
        using (var fresh = NewFile.Beside(tree.At("a")))
        {
            Assert.NotNull(fresh);
            var path = Assert.Single(Directory.GetFiles(tree.Root));
            Assert.Equal("600", tree.Run("stat", "-c", "%a", path).Trim());
            NewFile.Sweep(tree.Root);
            Assert.True(File.Exists(path));
            Assert.True(fresh.TakeName("a"));
        }

        Assert.Equal([tree.At("a")], Directory.GetFileSystemEntries(tree.Root));
    }

    [Fact]
    public void What_becomes_nothing_is_gone()
    {
        using TemporaryTree tree = new();
        NewFile.Beside(tree.At("a"))!.Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(tree.Root));
        Assert.Null(NewFile.Beside(tree.At("nowhere/a")));
    }

    [Fact]
    public void The_usual_mode_is_that_of_any_new_file()
    {
        using TemporaryTree tree = new();
        Assert.Equal(WriteStatus.Written, AtomicFile.Create(tree.At("ours"), "x"u8.ToArray()).Status);
        tree.Write("any");
        Assert.Equal(tree.Run("stat", "-c", "%a", "any"), tree.Run("stat", "-c", "%a", "ours"));
    }
}
