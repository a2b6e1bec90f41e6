using System.Text.RegularExpressions;

namespace Cleat.Cli.Tests.Docs;

/// <summary>Links between the documents lead to files and headings that are there.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Every_link_leads_somewhere()
    {
        List<string> broken = [];
        var links = 0;
        foreach (var document in DocumentBlock.Documents)
        {
            var text = Code().Replace(File.ReadAllText(Path.Combine(SourceTree.Root, document)), "");
            foreach (Match link in Link().Matches(text))
            {
                links++;
                if (!Leads(document, link.Groups[1].Value))
                {
                    broken.Add($"{document}: {link.Value}");
                }
            }
        }

        Assert.True(links > 100, $"{links} links were found");
        Assert.Empty(broken);
    }

    [Fact]
    public void Every_page_can_be_reached_from_the_first()
    {
        HashSet<string> seen = ["README.md"];
        Queue<string> left = new(seen);
        while (left.TryDequeue(out var document))
        {
            foreach (Match link in Link().Matches(Code().Replace(File.ReadAllText(Path.Combine(SourceTree.Root, document)), "")))
            {
                var target = Target(document, link.Groups[1].Value);
                if (target is not null && target.EndsWith(".md", StringComparison.Ordinal) && File.Exists(Path.Combine(SourceTree.Root, target)) && seen.Add(target))
                {
                    left.Enqueue(target);
                }
            }
        }

        Assert.Empty(DocumentBlock.Documents.Where(d => d.StartsWith("docs/", StringComparison.Ordinal)).Except(seen));
    }

    private static bool Leads(string document, string link)
    {
        if (link.Contains("://", StringComparison.Ordinal))
        {
            return Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps;
        }

        var target = Target(document, link)!;
        var full = Path.Combine(SourceTree.Root, target);
        var anchor = link.IndexOf('#', StringComparison.Ordinal) is var at and >= 0 ? link[(at + 1)..] : null;
        return (File.Exists(full) || Directory.Exists(full)) && (anchor is null || Anchors(full).Contains(anchor));
    }

    // from the project's root; null for an address
    private static string? Target(string document, string link)
    {
        var path = link.Split('#')[0];
        return link.Contains("://", StringComparison.Ordinal) ? null
            : path.Length == 0 ? document
            : Path.GetRelativePath(SourceTree.Root, Path.GetFullPath(path, Path.Combine(SourceTree.Root, Path.GetDirectoryName(document)!)));
    }

    // as GitHub makes them of headings
    private static IEnumerable<string> Anchors(string file) => File.ReadLines(file).Where(l => l.StartsWith('#'))
        .Select(l => NoWord().Replace(l.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^(```+).*?^\1|`[^`\n]*`|^    .*?$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoWord();
}
