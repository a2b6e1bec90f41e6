using System.Text;
using Cleat.Configuration;
using Cleat.Files;
using Cleat.Formats;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Tests.Configuration;

/// <summary>Which files an exemption is for: exemptions are looked up by folder, and must mean what their globs mean.</summary>
public sealed class ExemptionsTests
{
    private static readonly string[] Globs =
    [
        "*.yaml", "a.yaml", "/a.yaml", "docs", "docs/", "/docs", "docs/**", "docs/a.yaml", "/docs/deep/a.yaml", "docs/*/a.yaml", "docs/de*/a.yaml", "**/deep/a.yaml", "docs/**/a.yaml",
        "docs/deep", "docs/deep/", "d?cs/a.yaml", "do[c]s/a.yaml", "docs//a.yaml", "do\\cs/a.yaml", "other/**", "!docs/a.yaml", "docs/deep/**/*.yaml",
    ];

    private static readonly string[] Files = ["a.yaml", "b.yml", "docs/a.yaml", "docs/deep/a.yaml", "docs/deep/er/a.yaml", "docsy/a.yaml", "deep/a.yaml", "other/docs/a.yaml"];

    [Fact]
    public void A_glob_means_the_same_however_it_is_looked_up()
    {
        var use = ScalarUse.Judged("kubernetes", Steps.Root, "nginx:1", default, new PinSite.Nowhere(""), null);
        Assert.All(Globs, glob =>
        {
            var config = new CleatConfig { Folder = "/w", Exempt = [new(null, glob, null, "r", null, default)] };
            Exemptions exemptions = new(config, new DateOnly(2026, 1, 1));
            Assert.All(Files, path => Assert.Equal(Ignores(glob, "/w/" + path), exemptions.Of("/w/" + path, path)(use, "unpinned-image") is not null));
        });
    }

    [Fact]
    public void Globs_match_some_files_and_others_not() =>
        Assert.Equal((true, false), (Globs.Any(g => Files.Any(p => Ignores(g, "/w/" + p))), Globs.All(g => Files.All(p => Ignores(g, "/w/" + p)))));

    private static bool Ignores(string glob, string path)
    {
        var rules = GitIgnore.From([glob], "/w")!;
        for (var slash = path.IndexOf('/', 3); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (rules.Ignores(Encoding.UTF8.GetBytes(path[..slash]), isFolder: true))
            {
                return true;
            }
        }

        return rules.Ignores(Encoding.UTF8.GetBytes(path), isFolder: false);
    }
}
