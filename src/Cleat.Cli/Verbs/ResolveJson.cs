using System.Text.Json;
using Cleat.Cli.Reports;
using Cleat.Findings;
using Cleat.Registries;

namespace Cleat.Cli.Verbs;

/// <summary>What <c>cleat resolve --format json</c> prints: schema 1, fields are added, never changed.</summary>
internal static class ResolveJson
{
    public static void Write(List<Asked> asked, IReadOnlyDictionary<ResolutionKey, Resolution> resolved, List<JobError> errors, Stream output)
    {
        using (var json = JsonOutput.Writer(output))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", 1);
            json.WriteStartArray("references");
            foreach (var one in asked)
            {
                Reference(json, one, resolved[one.Key] as Resolution.Resolved);
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

    private static void Reference(Utf8JsonWriter json, Asked asked, Resolution.Resolved? found)
    {
        json.WriteStartObject();
        json.WriteString("text", asked.Text);
        json.WriteString("registry", asked.Reference.Registry);
        json.WriteString("repository", asked.Reference.Repository);
        json.WriteString("tag", asked.Reference.EffectiveTag);
        json.WriteString("platform", asked.Platform);
        json.WriteString("digest", found?.Digest.ToString());
        json.WriteString("mediaType", found?.MediaType);
        json.WriteBoolean("verified", found?.Verified ?? false);
        if (found?.Manifest is { } manifest)
        {
            json.WriteStartArray("platforms");
            foreach (var child in manifest.Children ?? [])
            {
                json.WriteStartObject();
                json.WriteString("platform", child.Platform);
                json.WriteString("digest", child.Digest.ToString());
                json.WriteString("mediaType", child.MediaType);
                json.WriteNumber("size", child.Size);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
