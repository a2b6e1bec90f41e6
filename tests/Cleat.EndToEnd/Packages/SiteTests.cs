using System.Text.RegularExpressions;
using Cleat.Tests;

namespace Cleat.EndToEnd.Packages;

/// <summary>The site that is made of the documents: every page is there, asks for nothing from elsewhere, and its links lead to pages and headings.</summary>
public sealed partial class SiteTests
{
    [Fact]
    public async Task Every_link_of_every_page_leads_somewhere()
    {
        var site = Directory.CreateTempSubdirectory("cleat-site-").FullName;
        await Release.RunAsync(SourceTree.Root, "bash", "docs/site/build", site);
        var pages = Directory.EnumerateFiles(site, "*.html", SearchOption.AllDirectories).ToDictionary(p => p, File.ReadAllText);
        Assert.True(pages.Count > 40, $"{pages.Count} pages");
        List<string> broken = [];
        foreach (var (page, text) in pages)
        {
            Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
            foreach (Match link in Link().Matches(text))
            {
                var (isPart, target) = (link.Groups[1].Value == "src", link.Groups[2].Value);
                var isElsewhere = target.Contains(':', StringComparison.Ordinal);
                Assert.False(isPart && isElsewhere, $"{page} asks for {target}");
                if (!isElsewhere && !Leads(page, target, pages))
                {
                    broken.Add($"{page}: {target}");
                }
            }
        }

        Directory.Delete(site, recursive: true);
        Assert.Empty(broken);
    }

    private static bool Leads(string page, string target, Dictionary<string, string> pages)
    {
        var parts = target.Split('#');
        var full = parts[0].Length == 0 ? page : Path.GetFullPath(parts[0], Path.GetDirectoryName(page)!);
        return File.Exists(full) && (parts.Length == 1 || pages[full].Contains($"id=\"{parts[1]}\"", StringComparison.Ordinal));
    }

    [GeneratedRegex("(href|src)=\"([^\"]+)\"")]
    private static partial Regex Link();
}
