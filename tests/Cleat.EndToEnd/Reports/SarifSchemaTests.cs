using System.Text.Json.Nodes;
using Cleat.Cli.Tests;
using Json.Schema;

namespace Cleat.EndToEnd.Reports;

/// <summary>SARIF reports against the schema of SARIF 2.1.0, as an npm package of Microsoft's carries it.</summary>
public sealed class SarifSchemaTests
{
    private static readonly string Cases = Path.Combine(SourceTree.Root, "tests/Cleat.Cli.Tests/Reports/cases");
    private static readonly string Published = Path.Combine(NodePackages.Folder, "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");

    public static TheoryData<string> Folders() => [.. Directory.EnumerateDirectories(Cases).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Every_report_is_as_the_schema_says(string folder)
    {
        Assert.SkipUnless(File.Exists(Published), "there is no schema of SARIF: run tests/tools/node");
        var (_, report, _) = await InProcess.RunAsync("", "check", "--format", "sarif", Path.Combine(Cases, folder));
        Assert.Empty(Problems(report));
    }

    [Fact]
    public async Task The_schema_sees_what_is_wrong()
    {
        Assert.SkipUnless(File.Exists(Published), "there is no schema of SARIF: run tests/tools/node");
        var (_, report, _) = await InProcess.RunAsync("", "check", "--format", "sarif", Path.Combine(Cases, "several"));
        Assert.NotEmpty(Problems(report.Replace("\"startLine\": 2", "\"startLine\": 0", StringComparison.Ordinal)));
        Assert.NotEmpty(Problems(report.Replace("\"level\": \"error\"", "\"level\": \"fatal\"", StringComparison.Ordinal)));
    }

    private static List<string> Problems(string report)
    {
        var results = Schema.Value.Evaluate(System.Text.Json.JsonDocument.Parse(report).RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid ? [] : [.. (results.Details ?? []).Where(d => d.Errors is not null).Select(d => $"{d.InstanceLocation}: {string.Join("; ", d.Errors!.Values)}")];
    }

    // draft 4 as draft 7: the schema uses nothing that the two read otherwise but "id", which nothing refers to
    private static readonly Lazy<JsonSchema> Schema = new(() =>
    {
        var schema = JsonNode.Parse(File.ReadAllText(Published))!.AsObject();
        schema["$schema"] = "http://json-schema.org/draft-07/schema#";
        schema.Remove("id");
        return JsonSchema.FromText(schema.ToJsonString());
    });
}
