using System.Text;
using Cleat.Files;

namespace Cleat.Tests.Files;

/// <summary>The one door: what lies in a tree is read, links are followed in it, and nothing leads out.</summary>
public sealed class TreeFilesTests : IDisposable
{
    private readonly TemporaryTree tree = new();

    public TreeFilesTests()
    {
        tree.Write("in/a/x", "x");
        tree.Write("in/b/y", "y");
        tree.Write("inside/z", "z");
        tree.Write("out/secret", "secret");
        Link("in/up", "../out/secret");
        Link("in/a/far", "../../out/secret");
        Link("in/whole", tree.At("out/secret"));
        Link("in/folder", "../out");
        Link("in/root", "/");
        Link("in/near", "a/x");
        Link("in/a/over", "../b/y");
        Link("in/home", tree.At("in/b/y"));
        Link("in/inner", "b");
        Link("in/round", "round");
        Link("in/lost", "nowhere");
        Link("in/lost-out", "../nowhere");
    }

    public void Dispose() => tree.Dispose();

    [Theory]
    [InlineData("in/a/x", "x")]
    [InlineData("in/near", "x")]
    [InlineData("in/a/over", "y")]
    [InlineData("in/home", "y")]
    [InlineData("in/inner/y", "y")]
    public void What_lies_in_the_tree_is_read(string path, string text)
    {
        var files = TreeFiles.Of([tree.At("in")]);
        Assert.Equal(text, Encoding.UTF8.GetString(files.Read(tree.At(path)).Bytes.Span));
        Assert.Equal(FileKind.File, files.Kind(tree.At(path)));
        Assert.Empty(files.RefusedLinks);
    }

    [Theory]
    [InlineData("in/up")]
    [InlineData("in/a/far")]
    [InlineData("in/whole")]
    [InlineData("in/folder/secret")]
    [InlineData("in/root/etc/passwd")]
    public void What_leads_out_is_not_opened_and_is_told(string path)
    {
        var files = TreeFiles.Of([tree.At("in")]);
        Assert.Equal(ReadFailure.Outside, files.Read(tree.At(path)).Failure);
        Assert.Null(files.Kind(tree.At(path)));
        Assert.Equal(tree.At("in"), files.RefusedLinks[tree.At(path)]);
    }

    [Theory]
    [InlineData("out/secret")]
    [InlineData("inside/z")]
    [InlineData("")]
    public void A_path_beside_the_tree_is_none_of_it(string path)
    {
        var files = TreeFiles.Of([tree.At("in")]);
        Assert.False(files.Holds(tree.At(path)));
        Assert.Equal(ReadFailure.Outside, files.Read(tree.At(path)).Failure);
        Assert.Throws<IOException>(() => files.List(tree.At(path)));
        Assert.Empty(files.RefusedLinks);
    }

    [Theory]
    [InlineData("in/round", ReadFailure.Failed)]
    [InlineData("in/lost", ReadFailure.Vanished)]
    [InlineData("in/lost-out", ReadFailure.Outside)]
    [InlineData("in/none", ReadFailure.Vanished)]
    [InlineData("in/a", ReadFailure.Folder)]
    public void What_cannot_be_read_says_why(string path, object failure) => Assert.Equal(failure, TreeFiles.Of([tree.At("in")]).Read(tree.At(path)).Failure);

    [Fact]
    public void A_folder_that_leads_out_has_no_names()
    {
        var files = TreeFiles.Of([tree.At("in")]);
        Assert.Equal(["y"], files.List(tree.At("in/inner")).Select(e => e.Name));
        Assert.Throws<IOException>(() => files.List(tree.At("in/folder")));
    }

    [Fact]
    public void A_kernel_without_the_call_gives_the_same()
    {
        TreeRoot root = new(tree.At("in"));
        foreach (var name in (string[])["near", "a/over", "home", "inner/y", "a/x"])
        {
            var file = root.OpenByLevels(tree.At("in/" + name), NativeMethods.ToRead);
            Assert.True(file >= 0, name);
            NativeMethods.Close(file);
        }

        foreach (var name in (string[])["up", "a/far", "whole", "folder/secret", "folder"])
        {
            Assert.Equal((-1, NativeMethods.OtherTree), (root.OpenByLevels(tree.At("in/" + name), NativeMethods.ToRead), NativeMethods.Error));
        }
    }

    [Fact]
    public void A_folder_that_becomes_a_link_while_it_is_read_leads_nowhere()
    {
        var files = TreeFiles.Of([tree.At("in")]);
        Assert.True(files.Read(tree.At("in/a/x")).Succeeded);
        tree.Write("out/x", "secret");
        Directory.Delete(tree.At("in/a"), recursive: true);
        Link("in/a", "../out");
        Assert.Equal(ReadFailure.Outside, files.Read(tree.At("in/a/x")).Failure);

        // the tree's own folder is the one that was opened
        Directory.Move(tree.At("in"), tree.At("moved"));
        Link("in", "out");
        Assert.Equal(ReadFailure.Vanished, files.Read(tree.At("in/secret")).Failure);
    }

    [Fact]
    public void The_repository_is_the_tree_of_what_lies_in_it()
    {
        tree.Write("in/.git/HEAD", "ref: refs/heads/main\n");
        Assert.True(TreeFiles.Around([tree.At("in/a")]).Holds(tree.At("in/b/y")));
        Assert.False(TreeFiles.Around([tree.At("in/a")]).Holds(tree.At("inside/z")));
        Assert.True(TreeFiles.Around([tree.At("in/a"), tree.At("inside")]).Holds(tree.At("inside/z")));
    }

    private void Link(string name, string target) => tree.Link(name, target);
}
