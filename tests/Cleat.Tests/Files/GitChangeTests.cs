using Cleat.Files;

namespace Cleat.Tests.Files;

/// <summary>What git says of a working tree, also when the repository's own settings mean harm.</summary>
public sealed class GitChangeTests
{
    private const string Mark = "touch \"$TRAP\"";

    [Fact]
    public void Added_lines_of_tracked_files_and_whole_untracked_ones_are_told()
    {
        using TemporaryTree tree = Repository("r");
        tree.Write("r/a", "one\ntwo\nnew\n");
        tree.Write("r/fresh", "x\n");
        var change = Since(tree, "r");
        Assert.Equal([(3, 3)], change.Lines(tree.At("r/a")));
        Assert.Equal([], change.Lines(tree.At("r/b")));
        Assert.Null(change.Lines(tree.At("r/fresh")));
    }

    [Fact]
    public void A_submodule_is_compared_with_the_commit_that_it_had()
    {
        using TemporaryTree tree = Repository("r");
        using TemporaryTree other = Repository("r");
        Git(tree, "r", "-c", "protocol.file.allow=always", "submodule", "add", "--quiet", other.At("r"), "sub");
        Git(tree, "r", "commit", "--quiet", "-m", "sub");
        tree.Write("r/sub/a", "one\ntwo\nin the submodule\n");
        Git(tree, "r/sub", "commit", "--quiet", "-a", "-m", "moved");
        tree.Write("r/sub/b", "one\ntwo\nnot yet committed\n");
        var change = Since(tree, "r");
        Assert.Equal([(3, 3)], change.Lines(tree.At("r/sub/a")));
        Assert.Equal([(3, 3)], change.Lines(tree.At("r/sub/b")));
        Assert.Null(Since(tree, "r", "HEAD~").Lines(tree.At("r/sub/a")));
    }

    /// <summary>Each of these runs a program of the repository's choosing under a plain <c>git diff</c> or <c>git ls-files</c>.</summary>
    [Theory]
    [InlineData("clean filter", "filter.evil.clean", $"{Mark}; cat", "* filter=evil")]
    [InlineData("required filter", "filter.e.v.il.clean", $"{Mark}; cat", "* filter=e.v.il", "filter.e.v.il.required", "true")]
    [InlineData("long-running filter", "filter.evil.process", Mark, "* filter=evil")]
    [InlineData("text conversion", "diff.evil.textconv", $"{Mark}; cat", "* diff=evil")]
    [InlineData("external diff of a kind", "diff.evil.command", Mark, "* diff=evil")]
    [InlineData("external diff", "diff.external", Mark, "")]
    [InlineData("watcher of the file system", "core.fsmonitor", Mark, "")]
    [InlineData("pager", "core.pager", Mark, "")]
    [InlineData("hook", "", "", "")]
    public void Nothing_that_a_repository_names_is_run(string what, string setting, string value, string attributes, string? more = null, string? moreValue = null)
    {
        using TemporaryTree tree = Repository("r");
        using TemporaryTree other = Repository("r");
        Git(tree, "r", "-c", "protocol.file.allow=always", "submodule", "add", "--quiet", other.At("r"), "sub");
        Git(tree, "r", "commit", "--quiet", "-m", "sub");
        foreach (var (folder, git) in new[] { ("r", "r/.git"), ("r/sub", "r/.git/modules/sub") })
        {
            if (what == "hook")
            {
                tree.Write($"{git}/hooks/post-index-change", $"#!/bin/sh\n{Command(tree)}\n");
                tree.Run("chmod", "755", $"{git}/hooks/post-index-change");
            }
            else
            {
                Git(tree, folder, "config", setting, value.Replace(Mark, Command(tree), StringComparison.Ordinal));
            }

            if (more is not null)
            {
                Git(tree, folder, "config", more, moreValue!);
            }

            tree.Write($"{git}/info/attributes", attributes + "\n");
            tree.Write($"{folder}/a", "one\ntwo\nnew\n");

            // same text, another time: git has to read it again
            tree.Run("touch", "-d", "2001-01-01", $"{folder}/b");
        }

        var change = Since(tree, "r");
        Assert.False(File.Exists(tree.At("trap")), what);
        Assert.Equal([(3, 3)], change.Lines(tree.At("r/a")));
        Assert.Equal([(3, 3)], change.Lines(tree.At("r/sub/a")));
        Assert.Equal([], change.Lines(tree.At("r/b")));
    }

    [Fact]
    public void What_a_partial_clone_lacks_is_not_fetched()
    {
        using TemporaryTree tree = Repository("r");
        tree.Write("evil", $"#!/bin/sh\n{Command(tree)}\n");
        tree.Run("chmod", "755", "evil");
        var blob = Git(tree, "r", "rev-parse", "HEAD:a").Trim();
        File.Delete(tree.At($"r/.git/objects/{blob[..2]}/{blob[2..]}"));
        foreach (var (key, value) in new[] { ("remote.o.url", tree.At("r")), ("remote.o.promisor", "true"), ("remote.o.uploadpack", tree.At("evil")), ("extensions.partialClone", "o"), ("core.repositoryFormatVersion", "1") })
        {
            Git(tree, "r", "config", key, value);
        }

        tree.Write("r/a", "one\ntwo\nnew\n");
        Assert.Null(GitChange.Since("HEAD", [tree.At("r")], out var problem));
        Assert.NotNull(problem);
        Assert.False(File.Exists(tree.At("trap")));
    }

    [Fact]
    public void A_filter_that_cannot_be_turned_off_ends_it()
    {
        using TemporaryTree tree = Repository("r");
        tree.Write("r/.git/config", File.ReadAllText(tree.At("r/.git/config")) + $"[filter \"a=b\"]\n\tclean = {Command(tree)}\n");
        tree.Write("r/.git/info/attributes", "* filter=a=b\n");
        tree.Write("r/a", "one\ntwo\nnew\n");
        Assert.Null(GitChange.Since("HEAD", [tree.At("r")], out var problem));
        Assert.Contains("cannot be turned off", problem, StringComparison.Ordinal);
        Assert.False(File.Exists(tree.At("trap")));
    }

    [Fact]
    public void A_repository_of_another_user_is_asked_only_when_git_is_told_that_it_may()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give a folder away");
        using TemporaryTree tree = Repository("r");
        tree.Run("chown", "-R", "1234", "r");
        Assert.Null(GitChange.Since("HEAD", [tree.At("r")], out var problem));
        Assert.Contains("dubious ownership", problem, StringComparison.Ordinal);
    }

    private static GitChange Since(TemporaryTree tree, string folder, string revision = "HEAD")
    {
        var change = GitChange.Since(revision, [tree.At(folder)], out var problem);
        Assert.Null(problem);
        return Assert.IsType<GitChange>(change);
    }

    private static string Command(TemporaryTree tree) => $"touch {tree.At("trap")}";

    private static TemporaryTree Repository(string folder)
    {
        TemporaryTree tree = new();
        tree.Write($"{folder}/a", "one\ntwo\n");
        tree.Write($"{folder}/b", "one\ntwo\n");
        Git(tree, folder, "init", "--quiet");
        Git(tree, folder, "add", ".");
        Git(tree, folder, "commit", "--quiet", "-m", "first");
        return tree;
    }

    private static string Git(TemporaryTree tree, string folder, params string[] arguments) =>
        tree.Run("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@t.example", .. arguments]);
}
