using Cleat.Files;

namespace Cleat.Tests.Files;

/// <summary>Which files git tracks, against git itself.</summary>
public sealed class GitIndexTests : IDisposable
{
    private readonly TemporaryTree tree = new();

    public void Dispose() => tree.Dispose();

    [Theory]
    [InlineData(2, "sha1")]
    [InlineData(3, "sha1")]
    [InlineData(4, "sha1")]
    [InlineData(2, "sha256")]
    [InlineData(4, "sha256")]
    public void It_names_what_git_names(int version, string hash)
    {
        Git("init", "-q", $"--object-format={hash}");
        Git("config", "index.version", version.ToString(System.Globalization.CultureInfo.InvariantCulture));
        for (var i = 0; i < 40; i++)
        {
            tree.Write($"a/{new string('x', i * 6)}{i}.env", "");
        }

        tree.Write("é/ü.env", "");
        tree.Write("new.env", "");
        tree.Write("none.env", "");
        Git("add", "a", "é");
        if (version == 3)
        {
            // what makes an index of version 3
            Git("add", "-N", "new.env");
        }

        Git("update-index", "--index-version", version.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var names = GitIndex.Read(File.ReadAllBytes(tree.At(".git/index")), _ => true);
        Assert.Equal(Git("ls-files", "-z").Split('\0', StringSplitOptions.RemoveEmptyEntries), names!.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("none.env", names!);
    }

    [Fact]
    public void What_is_elsewhere_or_damaged_is_not_known()
    {
        Git("init", "-q");
        tree.Write("a.env", "");
        Git("add", ".");
        var whole = File.ReadAllBytes(tree.At(".git/index"));
        Assert.NotNull(GitIndex.Read(whole, _ => true));
        Random random = new(7);
        for (var length = 0; length < whole.Length; length++)
        {
            GitIndex.Read(whole.AsSpan(0, length), _ => true);
            var damaged = whole.ToArray();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            GitIndex.Read(damaged, _ => true);
        }

        Assert.Null(GitIndex.Read(whole.AsSpan(0, 70), _ => true));
        Assert.Null(GitIndex.Read("DIRC"u8, _ => true));
        Git("update-index", "--split-index");
        Assert.Null(GitIndex.Read(File.ReadAllBytes(tree.At(".git/index")), _ => true));
    }

    [Fact]
    public void A_worktree_and_a_submodule_have_an_index_of_their_own()
    {
        Git("init", "-q", "main");
        tree.Write("main/a.env", "");
        Git("-C", "main", "add", ".");
        Git("-C", "main", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x");
        Git("-C", "main", "worktree", "add", "-q", "../side");
        tree.Write("side/b.env", "");
        Neighbours files = new(TreeFiles.Of([tree.Root]));
        Assert.False(files.ArePrivate(tree.At("side/a.env")));
        Assert.True(files.ArePrivate(tree.At("side/b.env")));
        Assert.False(files.ArePrivate(tree.At("main/a.env")));
        tree.Write("fake/.git", $"gitdir: {tree.At("elsewhere")}\n");
        tree.Write("fake/a.env", "");
        File.Copy(tree.At("main/.git/index"), Path.Combine(Directory.CreateDirectory(tree.At("elsewhere")).FullName, "index"));
        Assert.True(files.ArePrivate(tree.At("fake/a.env")));
    }

    private string Git(params string[] args) => tree.Run("git", args);
}
