using System.Text.Json;
using Cleat.References;

namespace Cleat.Registries;

/// <summary>Reads manifests and indexes (OCI image-spec, manifest.md and image-index.md; Docker manifest v2, schema 2).</summary>
internal static class Manifests
{
    /// <summary>The largest manifest that is read: registries must take 4 MiB (distribution-spec, "Pushing Manifests").</summary>
    public const int LargestBody = 4 << 20;

    public const string Index = "application/vnd.oci.image.index.v1+json";
    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string Schema1 = "application/vnd.docker.distribution.manifest.v1+json";
    public const string SignedSchema1 = "application/vnd.docker.distribution.manifest.v1+prettyjws";

    /// <summary>One header, comma-joined, no q values: some registries read no other form. Schema 1 is named only to be told apart.</summary>
    public const string Accept = Index + "," + DockerList + "," + Manifest + "," + DockerManifest + "," + SignedSchema1 + "," + Schema1;

    /// <summary>Why a manifest must not be pinned, or null.</summary>
    public static string? Refusal(ReadOnlyMemory<byte> body, string? mediaType)
    {
        if (mediaType is Schema1 or SignedSchema1)
        {
            return "it is a manifest of schema 1, whose digest is not stable; push the image again with a current tool";
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return "the manifest is no JSON object";
            }

            if (root.TryGetProperty("schemaVersion", out var version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var v) && v == 1)
            {
                return Refusal(body, Schema1);
            }

            var isIndex = root.TryGetProperty("manifests", out _);
            return isIndex && (root.TryGetProperty("layers", out _) || root.TryGetProperty("config", out _))
                ? "it claims to be an index and a manifest at once: what runs would depend on who reads it"
                : isIndex || root.TryGetProperty("config", out _) ? null : "it is neither an index nor an image manifest";
        }
        catch (JsonException)
        {
            return "the manifest is no well-formed JSON";
        }
    }

    /// <summary>The entries of an index that are for a platform; null when the document is no index.</summary>
    public static List<(Digest Digest, string MediaType)>? ForPlatform(ReadOnlyMemory<byte> body, string platform, out string offered)
    {
        using var json = JsonDocument.Parse(body);
        offered = "";
        if (!json.RootElement.TryGetProperty("manifests", out var manifests) || manifests.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        List<(Digest, string)> found = [];
        List<string> all = [];
        foreach (var entry in manifests.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("platform", out var p))
            {
                continue;
            }

            var text = Platform(p);
            all.Add(text);
            if (Fits(platform, text) && Digest.TryParse(Text(entry, "digest"), out var digest, out _))
            {
                found.Add((digest, Text(entry, "mediaType")));
            }
        }

        offered = string.Join(", ", all.Where(a => !a.StartsWith("unknown/", StringComparison.Ordinal)));
        return found;
    }

    /// <summary>The digest of a manifest's image configuration.</summary>
    public static Digest? Config(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("config", out var config) && Digest.TryParse(Text(config, "digest"), out var digest, out _) ? digest : null;
    }

    /// <summary><c>os/arch[/variant]</c> of an image configuration or of an index entry's platform.</summary>
    public static string Platform(JsonElement element)
    {
        var variant = Text(element, "variant");
        return $"{Text(element, "os")}/{Text(element, "architecture")}{(variant.Length == 0 ? "" : "/" + variant)}";
    }

    /// <summary>True when what is offered is what was asked for. arm64 and arm64/v8 are the same; no variant asked takes any.</summary>
    public static bool Fits(string asked, string offered)
    {
        static string Plain(string p) => p.EndsWith("/arm64/v8", StringComparison.Ordinal) ? p[..^3] : p;
        var (a, o) = (Plain(asked), Plain(offered));
        return a == o || (a.Count(c => c == '/') == 1 && o.StartsWith(a + "/", StringComparison.Ordinal));
    }

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
