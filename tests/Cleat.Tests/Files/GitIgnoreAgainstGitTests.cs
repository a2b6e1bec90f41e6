using System.Text;
using Cleat.Files;
using Cleat.Uses;

namespace Cleat.Tests.Files;

/// <summary>Random trees and rules: the walk must give exactly what <c>git ls-files --others --exclude-standard</c> gives.</summary>
public sealed class GitIgnoreAgainstGitTests
{
    private static readonly string[] Names =
        ["a", "b", "ab", "abc", "A", "a.b", "b.yaml", "c.yaml", ".github", "#a", "!a", "a b", "a ", "[a]", "a*", "é", "x-y", "\\a"];

    private static readonly string[] Pieces =
    [
        "a", "b", "ab", "abc", "c", ".", "yaml", "*", "*", "**", "?", "/", "/", "/", "**/", "/**", "/**/", "[ab]", "[!a]", "[^b]", "[a-c]",
        "[]]", "[]-a]", "[[:alpha:]]", "[[:punct:]]", "[[:x:]]", "[a", "[!/]", "\\", "\\a", "\\*", "\\ ", " ", "!", "#", "-", "é", "\t", "***", "[a-",
        "[\\]]", "[a\\-c]", "\\/",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Walks_what_git_lists(int seed)
    {
        Random random = new(seed);
        for (var round = 0; round < 30; round++)
        {
            using TemporaryTree tree = new();
            tree.Run("git", "init", "-q", "--template=");
            var folders = Grow(tree, random);
            var rules = string.Join("\n--\n", Rule(tree, folders, random));

            var expected = Listed(tree.Run("git", "ls-files", "--others", "--exclude-standard", "-z"), "");
            var actual = Walked.Of(new WalkOptions(), tree.Root).Paths.Select(path => Path.GetRelativePath(tree.Root, path));
            Assert.True(expected.SetEquals(actual), $"seed {seed}, round {round}: {Difference(expected, actual)}\n{rules}");

            // and from a folder inside, with the rules of the folders above
            var inside = folders[random.Next(folders.Count)];
            var below = expected.Where(path => path.StartsWith(inside + "/", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
            if (below.Count > 0)
            {
                actual = Walked.Of(new WalkOptions(), tree.At(inside)).Paths.Select(path => Path.GetRelativePath(tree.Root, path));
                Assert.True(below.SetEquals(actual), $"seed {seed}, round {round}, in {inside}: {Difference(below, actual)}\n{rules}");
            }
        }
    }

    [Fact]
    public void The_rules_of_a_worktree_are_those_of_its_repository()
    {
        using TemporaryTree tree = new();
        tree.Run("git", "init", "-q", "main");
        tree.Run("git", "-C", "main", "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "--allow-empty", "-m", "first");
        tree.Run("git", "-C", "main", "worktree", "add", "-q", "../other");
        tree.Write("main/.git/info/exclude", "secret.yaml\n");
        tree.Write("other/secret.yaml");
        tree.Write("other/d/secret.yaml");
        tree.Write("other/d/k.yaml");
        Assert.Equal("other/d/k.yaml", Walked.Of(new WalkOptions(), tree.At("other")).Below(tree));
        Assert.Equal("other/d/k.yaml", Walked.Of(new WalkOptions(), tree.At("other/d")).Below(tree));
    }

    private static List<string> Grow(TemporaryTree tree, Random random)
    {
        List<string> folders = [];
        for (var i = 0; i < 12; i++)
        {
            var parent = folders.Count > 0 && random.Next(3) > 0 ? folders[random.Next(folders.Count)] + "/" : "";
            var folder = parent + Names[random.Next(Names.Length)];
            Directory.CreateDirectory(tree.At(folder));
            folders.Add(folder);
        }

        for (var i = 0; i < 60; i++)
        {
            var file = folders[random.Next(folders.Count)] + "/" + Names[random.Next(Names.Length)];
            if (!Directory.Exists(tree.At(file)))
            {
                tree.Write(file);
            }
        }

        return [.. folders.Distinct()];
    }

    private static List<string> Rule(TemporaryTree tree, List<string> folders, Random random)
    {
        List<string> written = [];
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var path = i == 1 ? ".gitignore" : i == 4 ? ".git/info/exclude" : folders[random.Next(folders.Count)] + "/.gitignore";
            StringBuilder text = new();
            for (var line = random.Next(1, 5); line > 0; line--)
            {
                text.Append(random.Next(4) == 0 ? "!" : "");
                var from = random.Next(3) == 0 ? folders[random.Next(folders.Count)] : "";
                text.Append(from).Append(from.Length > 0 && random.Next(2) == 0 ? "/" : "");
                for (var piece = random.Next(from.Length > 0 ? 0 : 1, 5); piece > 0; piece--)
                {
                    text.Append(Pieces[random.Next(Pieces.Length)]);
                }

                text.Append(random.Next(8) == 0 ? "/" : "").Append(random.Next(10) == 0 ? "\r\n" : "\n");
            }

            tree.Write(path, text.ToString());
            written.Add($"{path}:\n{text}");
        }

        return written;
    }

    private static HashSet<string> Listed(string output, string prefix) =>
        output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(path => prefix + path).ToHashSet(StringComparer.Ordinal);

    private static string Difference(HashSet<string> expected, IEnumerable<string> actual)
    {
        var ours = actual.ToHashSet(StringComparer.Ordinal);
        return $"git alone [{string.Join(", ", expected.Except(ours))}], we alone [{string.Join(", ", ours.Except(expected))}]";
    }
}
