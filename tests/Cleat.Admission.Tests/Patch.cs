using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cleat.Admission.Tests;

/// <summary>An independent reader of what the webhook answers: RFC 6901 and the <c>replace</c> of RFC 6902, and where pods name images.</summary>
internal static class Patch
{
    /// <summary>The operations of an answer; none when it has no patch.</summary>
    public static JsonArray Of(JsonNode response) => response["patch"] is { } patch ? JsonNode.Parse(Convert.FromBase64String((string)patch!))!.AsArray() : [];

    /// <summary>Applies them; throws for one that does not apply, as an API server answers 500.</summary>
    public static JsonNode Apply(JsonNode document, JsonArray operations)
    {
        foreach (var operation in operations)
        {
            Assert.Equal("replace", (string?)operation!["op"]);
            var steps = ((string)operation["path"]!).Split('/').Skip(1).Select(s => s.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToList();
            var parent = steps.SkipLast(1).Aggregate(document, (node, step) => Child(node, step) ?? throw new InvalidOperationException($"{operation["path"]} is not there"));
            Assert.NotNull(Child(parent, steps[^1]));
            if (parent is JsonArray list)
            {
                list[int.Parse(steps[^1], System.Globalization.CultureInfo.InvariantCulture)] = operation["value"]!.DeepClone();
            }
            else
            {
                parent[steps[^1]] = operation["value"]!.DeepClone();
            }
        }

        return document;
    }

    /// <summary>Every image of a pod, or of the template in an object.</summary>
    public static IEnumerable<string> Images(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(p => p.Key switch
        {
            "containers" or "initContainers" or "ephemeralContainers" => (p.Value as JsonArray ?? []).Select(c => Text((c as JsonObject)?["image"])).OfType<string>(),
            "volumes" => (p.Value as JsonArray ?? []).Select(v => Text(((v as JsonObject)?["image"] as JsonObject)?["reference"])).OfType<string>(),
            "spec" or "template" or "jobTemplate" => Images(p.Value),
            _ => [],
        }),
        _ => [],
    };

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? (string?)node : null;

    private static JsonNode? Child(JsonNode node, string step) => node is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : (node as JsonObject)?[step];
}
