using Cleat.Files;

namespace Cleat.Tests.Files;

public sealed class FileWalkerTests
{
    private static readonly WalkOptions Yaml = new() { WantsPath = path => path.EndsWith(".yaml", StringComparison.Ordinal) };

    [Fact]
    public void Hidden_names_are_walked_and_git_folders_never()
    {
        using TemporaryTree tree = new();
        tree.Write(".github/workflows/ci.yaml");
        tree.Write(".hidden.yaml");
        tree.Write(".git/HEAD");
        tree.Write(".git/x.yaml");
        tree.Write("sub/.git/x.yaml");
        Assert.Equal(".github/workflows/ci.yaml .hidden.yaml", Walked.Of(Yaml, tree.Root).Below(tree));
    }

    [Fact]
    public void Ignore_files_hold_outside_of_a_repository_and_can_be_switched_off()
    {
        using TemporaryTree tree = new();
        tree.Write(".gitignore", "out/\n");
        tree.Write("out/a.yaml");
        tree.Write("b.yaml");
        Assert.Equal("b.yaml", Walked.Of(Yaml, tree.Root).Below(tree));
        Assert.Equal("b.yaml out/a.yaml", Walked.Of(Yaml with { UseIgnoreFiles = false }, tree.Root).Below(tree));
    }

    [Fact]
    public void A_file_named_on_the_command_line_is_always_read()
    {
        using TemporaryTree tree = new();
        tree.Write(".gitignore", "*\n");
        var odd = tree.Write("odd.txt");
        var walked = Walked.Of(Yaml with { Exclude = ["*"] }, odd, tree.Root);
        Assert.Equal([new WalkedFile(odd, odd, Named: true)], walked.Files);
    }

    [Fact]
    public void A_repository_inside_has_its_own_rules_only()
    {
        using TemporaryTree tree = new();
        tree.Write(".gitignore", "*.yaml\n");
        tree.Write("module/.git/HEAD");
        tree.Write("module/.git/info/exclude", "b.yaml\n");
        tree.Write("module/a.yaml");
        tree.Write("module/b.yaml");
        Assert.Equal("module/a.yaml", Walked.Of(Yaml, tree.Root).Below(tree));
    }

    [Fact]
    public void Overlapping_arguments_give_each_file_once_in_any_order()
    {
        using TemporaryTree tree = new();
        tree.Write(".gitignore", "k8s/\n");
        tree.Write("k8s/in/a.yaml");
        tree.Write("b.yaml");
        foreach (var paths in new[] { new[] { ".", "./k8s", "k8s/in/../in/a.yaml" }, ["k8s/", "k8s/in/a.yaml", ".", "."] })
        {
            var walked = Walked.Of(Yaml, [.. paths.Select(tree.At)]);
            Assert.Empty(walked.Errors);
            Assert.Equal("b.yaml k8s/in/a.yaml", walked.Below(tree));
        }
    }

    [Fact]
    public void Paths_are_reported_as_they_were_given()
    {
        using TemporaryTree tree = new();
        tree.Write("k8s/a.yaml");
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, tree.Root);
        Assert.Equal([relative + "/k8s/a.yaml"], Walked.Of(Yaml, "./" + relative + "//k8s/.").Paths);
        Assert.Equal([relative + "/k8s/a.yaml"], Walked.Of(Yaml, "./" + relative + "/k8s/a.yaml").Paths);
        Assert.Equal([tree.At("k8s/a.yaml")], Walked.Of(Yaml, tree.Root + "/").Paths);
        Assert.Contains("Cleat.Tests.dll", Walked.Of(new(), Path.GetRelativePath(Environment.CurrentDirectory, AppContext.BaseDirectory)).Paths.Select(Path.GetFileName));
    }

    [Fact]
    public void What_does_not_exist_is_an_error()
    {
        using TemporaryTree tree = new();
        var walked = Walked.Of(Yaml, tree.At("gone"), "", tree.Write("file") + "/x");
        Assert.Equal([("", "no such file or folder"), (tree.At("file/x"), "no such file or folder"), (tree.At("gone"), "no such file or folder")], walked.Errors);
    }

    [Fact]
    public void A_folder_named_like_a_file_is_a_folder()
    {
        using TemporaryTree tree = new();
        tree.Write("x.yaml/a.yaml");
        Assert.Equal("x.yaml/a.yaml", Walked.Of(Yaml, tree.Root).Below(tree));
    }

    [Fact]
    public void Pipes_and_sockets_are_never_opened()
    {
        using TemporaryTree tree = new();
        tree.Run("mkfifo", "pipe.yaml", ".gitignore");
        tree.Write("a.yaml");
        Assert.Equal("a.yaml", Walked.Of(Yaml, tree.Root).Below(tree));
    }

    [Fact]
    public void A_name_that_is_not_utf8_is_an_error_where_it_would_have_been_read()
    {
        using TemporaryTree tree = new();
        tree.Write("a.yaml");
        tree.Run("bash", "-c", "touch $'b\\xff.yaml' $'b\\xff.txt'; mkdir $'d\\xff'; touch $'d\\xff/c.yaml'");
        var walked = Walked.Of(Yaml, tree.Root);
        Assert.Equal("a.yaml", walked.Below(tree));
        Assert.Equal(2, walked.Errors.Count);
        Assert.All(walked.Errors, error => Assert.Contains("not UTF-8", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void An_unreadable_folder_is_named()
    {
        using TemporaryTree tree = new();
        tree.Write("shut/a.yaml");
        tree.Write("open/b.yaml");
        tree.Run("chmod", "000", "shut");
        tree.Run("chmod", "755", ".", "open");
        OtherUser.Run(() =>
        {
            var walked = Walked.Of(Yaml with { Jobs = 1 }, tree.Root);
            Assert.Equal("open/b.yaml", walked.Below(tree));
            Assert.Equal([(tree.At("shut"), "permission denied: the folder cannot be read")], walked.Errors);
        });
        tree.Run("chmod", "755", "shut");
    }

    [Fact]
    public void Include_and_exclude_are_globs_of_the_gitignore_kind()
    {
        using TemporaryTree tree = new();
        tree.Write("k8s/a.yaml");
        tree.Write("k8s/vendor/b.yaml");
        tree.Write("c.yaml");
        var options = Yaml with { GlobRoot = tree.Root };
        Assert.Equal("c.yaml k8s/a.yaml", Walked.Of(options with { Exclude = ["vendor/"] }, tree.Root).Below(tree));
        Assert.Equal("k8s/a.yaml k8s/vendor/b.yaml", Walked.Of(options with { Include = ["k8s/"] }, tree.Root).Below(tree));
        Assert.Equal("k8s/a.yaml k8s/vendor/b.yaml", Walked.Of(options with { Include = ["/k8s"] }, tree.At("k8s")).Below(tree));
        Assert.Equal("k8s/a.yaml", Walked.Of(options with { Include = ["k8s/**"], Exclude = ["k8s/vendor/**"] }, tree.Root).Below(tree));
        Assert.Equal("c.yaml", Walked.Of(options with { Include = ["/*.yaml"] }, tree.Root).Below(tree));
    }

    [Fact]
    public void A_crowded_folder_is_visited_whole_whatever_the_number_of_threads()
    {
        using TemporaryTree tree = new();
        for (var i = 0; i < 500; i++)
        {
            tree.Write($"d{i % 3}/{i}.yaml");
        }

        foreach (var jobs in new[] { 1, 2, 7 })
        {
            Assert.Equal(500, Walked.Of(Yaml with { Jobs = jobs }, tree.Root).Paths.Distinct().Count());
        }
    }

    [Fact]
    public void What_a_visit_throws_comes_out_and_cancelling_stops()
    {
        using TemporaryTree tree = new();
        for (var i = 0; i < 100; i++)
        {
            tree.Write($"{i}/a.yaml");
        }

        Assert.Throws<InvalidTimeZoneException>(() => FileWalker.Walk(
            [tree.Root], Yaml, _ => throw new InvalidTimeZoneException(), (_, _) => { }, TestContext.Current.CancellationToken));
        using CancellationTokenSource source = new();
        var visits = 0;
        Assert.Throws<OperationCanceledException>(() => FileWalker.Walk(
            [tree.Root],
            Yaml with { Jobs = 1 },
            _ =>
            {
                visits++;
                source.Cancel();
            },
            (_, _) => { },
            source.Token));
        Assert.Equal(1, visits);
    }
}
