using System.Text.Json;
using System.Text.RegularExpressions;
using Cleat.Formats;
using Cleat.Uses;

namespace Cleat.Cli.Tests;

/// <summary>What the documents say is what the program knows.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Every_rule_stands_in_the_table_with_its_severity() => Assert.Equal(
        Rule.All.Select(r => (r.Name, r.Severity.ToString().ToLowerInvariant())).Order(),
        RuleRow().Matches(Document("rules.md")).Select(m => (m.Groups[1].Value, m.Groups[2].Value)).Order());

    [Fact]
    public async Task The_example_of_a_config_is_one()
    {
        using TemporaryFolder folder = new();
        folder.Put(".cleat.yaml", string.Join('\n', Document("config.md").Split('\n').Where(l => l.StartsWith("    ", StringComparison.Ordinal)).Select(l => l[4..])) + "\n");
        var (code, _, error) = await CommandRun.Of("check", folder.Path);
        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Contains("formats:", folder.Read(".cleat.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_field_of_json_is_described()
    {
        using TemporaryFolder folder = new();
        folder.Put("Dockerfile", "# cleat: ignore\nFROM nginx:1.27\n");
        folder.Put("bad.yaml", "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: \"cut");
        var (_, output, _) = await CommandRun.Of("check", "--format", "json", folder.Path);
        using var json = JsonDocument.Parse(output);
        var described = Word().Matches(Document("json.md")).Select(m => m.Groups[1].Value).ToHashSet();
        Assert.Empty(Names(json.RootElement).Except(described));
    }

    private static IEnumerable<string> Names(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Names(p.Value).Prepend(p.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Names),
        _ => [],
    };

    private static string Document(string name) => File.ReadAllText(Path.Combine(SourceTree.Root, "docs", name));

    [GeneratedRegex(@"^\| `([a-z-]+)` \| (error|warning|note) \|", RegexOptions.Multiline)]
    private static partial Regex RuleRow();

    [GeneratedRegex(@"`(\w+)(?:\[\])?`")]
    private static partial Regex Word();
}
