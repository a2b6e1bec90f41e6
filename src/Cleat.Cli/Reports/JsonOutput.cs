using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cleat.Cli.Reports;

/// <summary>A writer of JSON for files and pipes, and what both JSON formats write the same way.</summary>
internal static class JsonOutput
{
    private const int FlushAt = 64 * 1024;

    /// <summary>
    /// Readable rather than safe inside HTML: this is never part of a page. Control characters are escaped all the same.
    /// </summary>
    public static Utf8JsonWriter Writer(Stream output) =>
        new(new PrintableJson(output), new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>A string that may come out of a file: half a surrogate pair, which JSON cannot carry, is U+FFFD.</summary>
    public static void Text(this Utf8JsonWriter json, string name, string? text)
    {
        if (text is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, WellFormed(text));
        }
    }

    /// <summary>An object with a text in it, as SARIF has its messages and snippets.</summary>
    public static void Message(this Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.Text("text", text);
        json.WriteEndObject();
    }

    /// <summary>Hands on what is written once there is enough of it, so that a large report is never in memory as a whole.</summary>
    public static void Pass(this Utf8JsonWriter json)
    {
        if (json.BytesPending > FlushAt)
        {
            json.Flush();
        }
    }

    /// <summary>The text with U+FFFD in place of half a surrogate pair.</summary>
    public static string WellFormed(string text)
    {
        foreach (var c in text)
        {
            if (char.IsSurrogate(c))
            {
                return string.Concat(text.EnumerateRunes());
            }
        }

        return text;
    }
}
