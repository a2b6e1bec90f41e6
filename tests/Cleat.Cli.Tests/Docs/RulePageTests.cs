using Cleat.Uses;

namespace Cleat.Cli.Tests.Docs;

/// <summary>The page of each rule: what it calls bad is found, what it calls good is not.</summary>
public sealed class RulePageTests
{
    private static readonly string[] Sections = ["Why", "Bad", "Good", "Fix", "Silence"];

    public static TheoryData<string> Names => [.. Rule.All.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_says_why_bad_good_fix_and_silence(string rule)
    {
        var text = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "rules", rule + ".md"));
        Assert.StartsWith($"# {rule}\n\nSeverity: {Rule.All.First(r => r.Name == rule).Severity.ToString().ToLowerInvariant()}.", text, StringComparison.Ordinal);
        Assert.Equal(Sections, text.Split('\n').Where(l => l.StartsWith("## ", StringComparison.Ordinal)).Select(l => l[3..]));
    }

    [Fact]
    public void No_page_is_of_a_rule_that_is_none() => Assert.Empty(
        Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "docs", "rules")).Select(Path.GetFileNameWithoutExtension).Except(Rule.All.Select(r => r.Name)));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Bad_is_found_and_good_is_not(string rule)
    {
        var bad = await Found(rule, "Bad");
        var good = await Found(rule, "Good");
        Assert.DoesNotContain(rule, good);
        if (!Rule.All.First(r => r.Name == rule).IsOnline)
        {
            Assert.Contains(rule, bad);
        }
    }

    // the rules that fire on a section's files
    private static async Task<HashSet<string>> Found(string rule, string section)
    {
        using TemporaryFolder folder = new();
        var blocks = DocumentBlock.All.Where(b => b.Document == $"docs/rules/{rule}.md" && b.Section == section).ToList();
        Assert.NotEmpty(blocks);
        foreach (var block in blocks)
        {
            folder.Put(block.File.Length > 0 ? block.File : "notes.txt", block.Text);
        }

        var (_, output, _) = await CommandRun.Of("check", "--format", "json", folder.Path);
        using var json = System.Text.Json.JsonDocument.Parse(output);
        return [.. json.RootElement.GetProperty("references").EnumerateArray().Concat(json.RootElement.GetProperty("notices").EnumerateArray()).Select(f => f.GetProperty("rule").GetString() ?? "")];
    }
}
