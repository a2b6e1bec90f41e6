using System.Text;
using Cleat.Files;

namespace Cleat.Tests.Files;

public sealed class GitIgnoreTests
{
    // each line was put to `git check-ignore` by hand; GitIgnoreAgainstGitTests does so by chance
    [Theory]
    [InlineData("a.yaml", "a.yaml", true)]
    [InlineData("a.yaml", "d/a.yaml", true)]
    [InlineData("a.yaml", "A.yaml", false)]
    [InlineData("/a.yaml", "a.yaml", true)]
    [InlineData("/a.yaml", "d/a.yaml", false)]
    [InlineData("d/a.yaml", "d/a.yaml", true)]
    [InlineData("d/a.yaml", "e/d/a.yaml", false)]
    [InlineData("*.log", "x.log", true)]
    [InlineData("*.log", ".log", true)]
    [InlineData("*.log", "x.logs", false)]
    [InlineData("build/", "build", false)]
    [InlineData("build/", "build/", true)]
    [InlineData("**/build", "a/b/build", true)]
    [InlineData("**/build", "build", true)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("a/**", "a/x/y", true)]
    [InlineData("a/**", "a/", false)]
    [InlineData("a/*", "a/x", true)]
    [InlineData("a/*", "a/x/y", false)]
    [InlineData("a/*/c", "a/b/c", true)]
    [InlineData("a/*/c", "a/b/b/c", false)]
    [InlineData("[ab].yaml", "b.yaml", true)]
    [InlineData("[!ab].yaml", "b.yaml", false)]
    [InlineData("[^ab].yaml", "c.yaml", true)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[]]x", "]x", true)]
    [InlineData("[a-]x", "-x", true)]
    [InlineData("[[:digit:]]x", "7x", true)]
    [InlineData("[[:nonsense:]]x", "7x", false)]
    [InlineData("[ab", "[ab", false)]
    [InlineData("a/[!x]b", "a//b", false)]
    [InlineData("\\#a", "#a", true)]
    [InlineData("#a", "#a", false)]
    [InlineData("\\!a", "!a", true)]
    [InlineData("a ", "a", true)]
    [InlineData("a\\ ", "a ", true)]
    [InlineData("a\\  ", "a ", true)]
    [InlineData("a\t", "a", false)]
    [InlineData("a\r", "a", true)]
    [InlineData("\\*", "*", true)]
    [InlineData("\\*", "a", false)]
    [InlineData("?", "é", false)] // two bytes for git
    [InlineData("??", "é", true)]
    [InlineData("a//", "a/", false)]
    [InlineData("/", "a/", false)]
    [InlineData("\uFEFFa", "a", true)]
    [InlineData("a\n!a", "a", false)]
    [InlineData("!a\na", "a", true)]
    [InlineData("*\n!*/\n!*.yaml", "x.yaml", false)]
    [InlineData("*\n!*/\n!*.yaml", "x.txt", true)]
    public void A_line_ignores_what_git_ignores(string rules, string path, bool ignored)
    {
        var ignore = GitIgnore.Add(null, "/r", Encoding.UTF8.GetBytes(rules));
        var folder = path.EndsWith('/');
        Assert.Equal(ignored, ignore?.Ignores(Encoding.UTF8.GetBytes("/r/" + (folder ? path[..^1] : path)), folder) ?? false);
    }

    [Fact]
    public void The_nearest_file_decides_and_the_outer_ones_hold_where_it_is_silent()
    {
        var outer = GitIgnore.Add(null, "/r", "*.a\n*.b\n"u8);
        var inner = GitIgnore.Add(outer, "/r/d", "!*.a\n"u8)!;
        Assert.False(inner.Ignores("/r/d/x.a"u8, isFolder: false));
        Assert.True(inner.Ignores("/r/d/x.b"u8, isFolder: false));
    }

    [Fact]
    public void Many_stars_do_not_take_exponential_time()
    {
        var rules = string.Concat(Enumerable.Repeat("**/", 1300)) + "x\n" + string.Concat(Enumerable.Repeat("*a", 1000)) + "b\n";
        var ignore = GitIgnore.Add(null, "/r", Encoding.UTF8.GetBytes(rules))!;
        var path = Encoding.UTF8.GetBytes("/r/" + string.Concat(Enumerable.Repeat("aaaaaaaaaaaaaaaaaaaa/", 150)) + new string('a', 250));
        Assert.False(ignore.Ignores(path, isFolder: false));
    }
}
