using System.Text.Json;

namespace Cleat.Admission.Reviews;

/// <summary>JSON of which nothing is known: what is not there, or not of the type it should be, is null.</summary>
internal static class Json
{
    public static JsonElement? Child(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var child) && child.ValueKind != JsonValueKind.Null ? child : null;

    public static JsonElement? Child(JsonElement parent, string name, string then) => Child(parent, name) is { } child ? Child(child, then) : null;

    /// <summary>A child that is text; null for one that holds half a surrogate pair, which is none.</summary>
    public static string? Text(JsonElement parent, string name) => Child(parent, name) is { } child ? Text(child) : null;

    public static string? Text(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static bool IsTrue(JsonElement parent, string name) => Child(parent, name) is { ValueKind: JsonValueKind.True };

    /// <summary>The items of a list; none when it is no list.</summary>
    public static JsonElement.ArrayEnumerator Items(JsonElement parent, string name) => Child(parent, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default;

    /// <summary>The names of the objects in a list, each once.</summary>
    public static List<string> Names(JsonElement parent, string list) => [.. Items(parent, list).Select(i => Text(i, "name")).OfType<string>().Where(n => n.Length > 0).Distinct()];

    public static bool TryParse(ReadOnlyMemory<byte> bytes, out JsonDocument json)
    {
        try
        {
            json = JsonDocument.Parse(bytes);
            return true;
        }
        catch (JsonException)
        {
            json = null!;
            return false;
        }
    }
}
