using System.Buffers;
using System.Text.Json;

namespace Cleat.Admission.Reviews;

/// <summary>A text to stand in place of another.</summary>
internal readonly record struct Replacement(JsonPointer Pointer, string Value);

/// <summary>What is answered to a review.</summary>
internal sealed class ReviewAnswer
{
    /// <summary>The first reason wins; null for yes.</summary>
    public string? Refusal { get; set; }

    public List<Replacement> Replacements { get; } = [];

    /// <summary>For people: what kubectl shows.</summary>
    public Warnings Warnings { get; } = new();

    /// <summary>For the audit log: which references got which digests; null for none.</summary>
    public string? Pinned { get; set; }

    /// <summary>Writes it as the API server wants it: the same uid, version and kind; patch and patchType both or neither.</summary>
    public void Write(Review review, IBufferWriter<byte> output)
    {
        using Utf8JsonWriter json = new(output);
        json.WriteStartObject();
        json.WriteString("apiVersion"u8, review.ApiVersion);
        json.WriteString("kind"u8, "AdmissionReview"u8);
        json.WriteStartObject("response"u8);
        json.WriteString("uid"u8, review.Uid);
        json.WriteBoolean("allowed"u8, Refusal is null);
        if (Refusal is not null)
        {
            json.WriteStartObject("status"u8);
            json.WriteNumber("code"u8, 403);
            json.WriteString("reason"u8, "Forbidden"u8);
            json.WriteString("message"u8, Refusal);
            json.WriteEndObject();
        }
        else if (Replacements.Count > 0)
        {
            json.WriteString("patchType"u8, "JSONPatch"u8);
            ArrayBufferWriter<byte> patch = new(256 * Replacements.Count);
            WritePatch(patch);
            json.WriteBase64String("patch"u8, patch.WrittenSpan);
        }

        if (Warnings.All.Count > 0)
        {
            json.WriteStartArray("warnings"u8);
            foreach (var warning in Warnings.All)
            {
                json.WriteStringValue(warning);
            }

            json.WriteEndArray();
        }

        if (Pinned is not null)
        {
            json.WriteStartObject("auditAnnotations"u8);
            json.WriteString("pinned"u8, Pinned);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    // RFC 6902
    private void WritePatch(IBufferWriter<byte> output)
    {
        using Utf8JsonWriter json = new(output);
        json.WriteStartArray();
        foreach (var (pointer, value) in Replacements)
        {
            json.WriteStartObject();
            json.WriteString("op"u8, "replace"u8);
            json.WriteString("path"u8, pointer.Text);
            json.WriteString("value"u8, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
