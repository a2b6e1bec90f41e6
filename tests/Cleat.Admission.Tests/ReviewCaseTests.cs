using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cleat.Cli.Tests;

namespace Cleat.Admission.Tests;

/// <summary>Every row of what the webhook does with a request: a case is a folder with a review and what is answered to it.</summary>
public sealed class ReviewCaseTests
{
    private static readonly string Folder = Path.Combine(SourceTree.Root, "tests", "Cleat.Admission.Tests", "cases");
    private static readonly JsonSerializerOptions Lines = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Names => [.. Directory.EnumerateDirectories(Folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Is_answered_as_expected(string name)
    {
        await using TagRegistry registry = new();
        var (digest, _) = registry.Add("2026", "linux/amd64");
        registry.Tag("app:1", digest);
        registry.Tag("app:latest", digest);
        registry.Tag("tool:2", registry.Add("2027", "linux/amd64").Digest);
        var review = (await File.ReadAllTextAsync(Path.Combine(Folder, name, "review.json"), TestContext.Current.CancellationToken)).Replace("REGISTRY", registry.Host, StringComparison.Ordinal);

        StringBuilder said = new();
        foreach (var enforces in (bool[])[false, true])
        {
            await using var webhook = await RunningWebhook.StartAsync(o => o with { Enforces = enforces, Exemptions = [new(null, $"{registry.Host}/base/")] });
            foreach (var path in enforces ? (string[])["/validate"] : ["/mutate", "/validate"])
            {
                var response = await webhook.PostAsync(path, review);
                said.Append(path[1..]).Append(enforces ? " (enforce): " : ": ").Append((bool)response["allowed"]! ? "allowed" : $"refused: {response["status"]!["message"]}").Append('\n');
                foreach (var operation in Patch.Of(response))
                {
                    said.Append("  ").Append(operation!.ToJsonString(Lines)).Append('\n');
                }

                foreach (var warning in (response["warnings"] as JsonArray) ?? [])
                {
                    said.Append("  warning: ").Append((string?)warning).Append('\n');
                }
            }
        }

        said.Append(registry.Asked.Count == 0 ? "no registry is asked\n" : string.Concat(registry.Asked.Select(a => a.Split('/')[^3..] is var end ? $"asked: {string.Join('/', end)}\n" : "").Distinct().Order(StringComparer.Ordinal)));
        var text = said.ToString().Replace(registry.Host, "REGISTRY", StringComparison.Ordinal);
        var expected = Path.Combine(Folder, name, "expected.txt");
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            await File.WriteAllTextAsync(expected, text, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(expected, TestContext.Current.CancellationToken), text);
    }
}
