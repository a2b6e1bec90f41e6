using Cleat.Files;

namespace Cleat.Tests.Files;

public sealed class FileWalkerLinksTests
{
    private static readonly WalkOptions Yaml = new() { WantsPath = path => path.EndsWith(".yaml", StringComparison.Ordinal) };

    [Fact]
    public void No_link_leads_out_of_the_tree()
    {
        using TemporaryTree tree = new();
        tree.Write("out/secret.yaml");
        tree.Write("in/a.yaml");
        tree.Link("in/file.yaml", "../out/secret.yaml");
        tree.Link("in/folder", "../out");
        tree.Link("in/folder.yaml", tree.At("out"));
        tree.Link("in/roundabout.yaml", "folder/secret.yaml");
        tree.Write("in-beside/b.yaml");
        tree.Link("in/beside.yaml", "../in-beside/b.yaml");
        var walked = Walked.Of(Yaml, tree.At("in"));
        Assert.Equal("in/a.yaml", walked.Below(tree));
        Assert.Empty(walked.Errors);
    }

    [Fact]
    public void A_file_comes_once_under_its_own_name_or_else_by_the_first_link()
    {
        using TemporaryTree tree = new();
        tree.Write("base.yaml");
        tree.Write("stack.txt");
        tree.Write(".git/hidden.yaml");
        tree.Link("again.yaml", "base.yaml");
        tree.Link("b.yaml", "stack.txt");
        tree.Link("d/a.yaml", "../stack.txt");
        tree.Link("git.yaml", ".git/hidden.yaml");
        Assert.Equal("b.yaml base.yaml", Walked.Of(Yaml, tree.Root).Below(tree));
    }

    [Fact]
    public void Dangling_links_and_circles_are_errors_where_they_would_have_been_read()
    {
        using TemporaryTree tree = new();
        tree.Link("gone.yaml", "nowhere");
        tree.Link("gone.txt", "nowhere");
        tree.Link("one.yaml", "two.yaml");
        tree.Link("two.yaml", "one.yaml");
        tree.Link("d/up", "..");
        tree.Link("d/self", "../d");
        tree.Write("d/a.yaml");
        var walked = Walked.Of(Yaml, tree.Root);
        Assert.Equal("d/a.yaml", walked.Below(tree));
        Assert.Equal(
            [
                (tree.At("gone.yaml"), "the link leads nowhere"),
                (tree.At("one.yaml"), "the links lead in a circle"),
                (tree.At("two.yaml"), "the links lead in a circle"),
            ],
            walked.Errors);
    }

    [Fact]
    public void Arguments_that_are_links_are_followed()
    {
        using TemporaryTree tree = new();
        tree.Write("real/a.yaml");
        tree.Link("folder", "real");
        tree.Link("file", "real/a.yaml");
        tree.Link("gone", "nowhere");
        Assert.Equal([tree.At("folder/a.yaml")], Walked.Of(Yaml, tree.At("folder")).Paths);
        Assert.Equal([tree.At("file")], Walked.Of(Yaml, tree.At("file"), tree.At("real")).Paths);
        Assert.Equal([(tree.At("gone"), "the link leads nowhere")], Walked.Of(Yaml, tree.At("gone")).Errors);
    }
}
