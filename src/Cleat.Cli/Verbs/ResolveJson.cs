using System.Text.Json;
using Cleat.Cli.Reports;
using Cleat.Findings;

namespace Cleat.Cli.Verbs;

/// <summary>What <c>cleat resolve --format json</c> prints: schema 1, fields are added, never changed.</summary>
internal static class ResolveJson
{
    public static void Write(List<ResolvedText> answers, List<JobError> errors, Stream output)
    {
        using (var json = JsonOutput.Writer(output))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", 1);
            json.WriteStartArray("references");
            foreach (var one in answers)
            {
                Reference(json, one.Text, one.Tag!);
                json.Pass();
            }

            json.WriteEndArray();
            json.WriteStartArray("errors");
            foreach (var error in errors)
            {
                json.WriteStartObject();
                json.WriteString("code", error.Code);
                json.Text("message", error.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Reference(Utf8JsonWriter json, string text, ResolvedTag tag)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteString("registry", tag.Reference.Registry);
        json.WriteString("repository", tag.Reference.Repository);
        json.WriteString("tag", tag.Reference.EffectiveTag);
        json.WriteString("platform", tag.Platform);
        json.WriteString("digest", tag.Digest?.ToString());
        json.WriteString("mediaType", tag.MediaType);
        json.WriteBoolean("verified", tag.IsVerified);
        if (tag.Images is { } images)
        {
            json.WriteStartArray("platforms");
            foreach (var image in images)
            {
                json.WriteStartObject();
                json.WriteString("platform", image.Platform);
                json.WriteString("digest", image.Digest.ToString());
                json.WriteString("mediaType", image.MediaType);
                json.WriteNumber("size", image.Size);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
