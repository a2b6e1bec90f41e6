using System.Text;
using System.Text.Json;

namespace Cleat.Cli.Tests.Docs;

/// <summary>The table of keys in docs/config.md is the schema's. <c>UPDATE=1</c> writes it anew.</summary>
public sealed class ConfigDocumentTests
{
    private const string Open = "<!-- keys -->\n";
    private const string Close = "<!-- /keys -->";

    [Fact]
    public void The_table_is_the_schema()
    {
        var path = Path.Combine(SourceTree.Root, "docs", "config.md");
        var text = File.ReadAllText(path);
        var start = text.IndexOf(Open, StringComparison.Ordinal) + Open.Length;
        var whole = text[..start] + Table() + text[text.IndexOf(Close, StringComparison.Ordinal)..];
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            File.WriteAllText(path, whole);
            text = whole;
        }

        Assert.Equal(whole, text);
    }

    private static string Table()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "schema", "cleat.schema.json")));
        StringBuilder table = new("| Key | Values | Meaning |\n|---|---|---|\n");
        Rows(table, schema.RootElement, "");
        return table.ToString();
    }

    // a property, then what is in it
    private static void Rows(StringBuilder table, JsonElement holder, string path)
    {
        if (holder.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject())
            {
                var name = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
                var isList = property.Value.TryGetProperty("items", out var items);
                name += isList ? "[]" : "";
                var meaning = property.Value.TryGetProperty("description", out var description) ? description.GetString()! : "";
                table.Append("| `").Append(name).Append("` | ").Append(Values(property.Value)).Append(" | ").Append(meaning.Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
                Rows(table, isList ? items : property.Value, name);
            }
        }

        if (holder.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object)
        {
            Rows(table, others, path + ".*");
        }
    }

    private static string Values(JsonElement value) =>
        value.TryGetProperty("enum", out var words) ? string.Join(", ", words.EnumerateArray().Where(w => w.ValueKind == JsonValueKind.String).Select(w => $"`{w.GetString()}`"))
        : value.TryGetProperty("type", out var type) ? string.Join(", ", (type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!]).Where(t => t != "null"))
        : "";
}
