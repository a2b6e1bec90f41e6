using System.Text.Json;
using System.Text;
using Cleat.Tests.Formats;
using CsCheck;

namespace Cleat.Tests.Trees;

/// <summary>Random JSON does no harm, and what <see cref="JsonDocument"/> accepts too holds the same images for both.</summary>
public sealed class JsonFuzzTests
{
    private const string Head = "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"spec\": {\"containers\": [";

    private static readonly string[] Items =
    [
        "{\"image\": \"nginx:1.27\"},", "{\"image\":\"a/b:1\",\"name\":\"é\"},", "{\"image\":\"a\\/b:2\"},", "{\"im\\u0061ge\":\"c:1\"},", "{\"image\":\"\\u006e:1\"},", "{\"image\":\"\\ud83d\\ude00\"},", "{\"image\":\"é:1\"},",
        "{\"image\":null},", "{\"image\":1},", "{\"image\":[\"no:1\"]},", "{\"image\":\"\"},", "{\"image\":\"d:1\",\"image\":\"d:2\"},", "{\"x\":{\"containers\":[{\"image\":\"e:1\"}]}},", "[{\"image\":\"no:2\"}],", "{\"containers\":{\"image\":\"no:3\"}},",
        "\n", "\t", "// c\n", "/* \"image\" */", "true,", "\"image\",", "{ \"image\" : \"f:1\" , },\n",
    ];

    private static readonly string[] Fragments = [.. Items, "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\"image\":", "\"x:1\"", "\0", "\uFEFF", "/", "/*", "-", "1e", "nul", "\r\n", "]}}", "]}} {\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"containers\":["];

    [Fact]
    public void Well_formed_values_mean_the_same_to_another_parser() =>
        Images.Mixture(Items, 8, Head).Select(b => (byte[])[.. b, .. "]}}\n"u8]).Try(Compare, iter: 1500, print: Encoding.UTF8.GetString);

    [Fact]
    public void Any_mixture_of_fragments_is_read_without_harm() => Images.Mixture(Fragments, 14, Head).Try(Compare, iter: 2000, print: Encoding.UTF8.GetString);

    [Fact]
    public void Damaged_cases_are_read_without_harm() =>
        Images.Damaged(".json").Try(f => PinProperties.Check(f.Name, f.Bytes), iter: 500, print: f => f.Name + "\n" + Encoding.UTF8.GetString(f.Bytes));

    private static void Compare(byte[] bytes)
    {
        PinProperties.Check("pod.json", bytes);
        if (Images.Find("pod.json", bytes) is { } found && Oracle(bytes) is { } expected)
        {
            Assert.Equal(expected, found);
        }
    }

    private static SortedSet<string>? Oracle(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0), new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            SortedSet<string> found = new(StringComparer.Ordinal);
            Visit(document.RootElement, found);
            return found;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Visit(JsonElement element, SortedSet<string> found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            element.EnumerateArray().ToList().ForEach(e => Visit(e, found));
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var entry in element.EnumerateObject())
            {
                if (entry.Name == "containers" && entry.Value.ValueKind == JsonValueKind.Array)
                {
                    found.UnionWith(entry.Value.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object).SelectMany(i => i.EnumerateObject())
                        .Where(p => p.Name == "image" && p.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
                        .Select(p => p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString()! : p.Value.GetRawText()));
                }

                Visit(entry.Value, found);
            }
        }
    }
}
