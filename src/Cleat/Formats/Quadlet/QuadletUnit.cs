using System.Text;
using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Formats.Quadlet;

/// <summary>
/// Finds the images of a Quadlet unit (podman-systemd.unit(5)). Of a key that is said twice the last one counts; a name that
/// ends in <c>.image</c> or <c>.build</c> is another unit; systemd puts its specifiers (<c>%i</c>) in when the unit starts.
/// </summary>
internal static class QuadletUnit
{
    public static void Read(Reading reading)
    {
        var source = reading.Source;
        Dictionary<string, UnitEntry> images = [];
        UnitLines lines = new(source.Span, source.BomLength);
        while (lines.Next(out var entry))
        {
            if (entry is { Key: "Image", Section: "Container" or "Image" or "Volume" })
            {
                // an empty value takes the earlier ones back, as any later value does
                images[entry.Section] = entry;
            }
            else if (entry is { Key: "Mount", Section: "Container" })
            {
                Mount(reading, entry);
            }
        }

        foreach (var entry in images.Values)
        {
            Use(reading, entry, "Image", 0, entry.Value.Length);
        }

        if (lines.Stray >= 0)
        {
            reading.Sink.Problem(lines.Stray, "not well-formed unit: a line is [Section], Key=Value, or a comment");
        }
    }

    // Mount=type=image,source=ref,destination=/x: a line of CSV
    private static void Mount(Reading reading, UnitEntry entry)
    {
        var value = entry.Value.AsSpan();
        var (isImage, start, end) = (false, 0, 0);
        for (var at = 0; at < value.Length;)
        {
            var comma = value[at..].IndexOf((byte)',') is var c && c < 0 ? value.Length : at + c;
            var field = value[at..comma];
            isImage |= field.SequenceEqual("type=image"u8);
            if (field.StartsWith("source="u8) || field.StartsWith("src="u8))
            {
                (start, end) = (at + field.IndexOf((byte)'=') + 1, comma);
            }

            at = comma + 1;
        }

        if (isImage)
        {
            Use(reading, entry, "Mount", start, end);
        }
    }

    private static void Use(Reading reading, UnitEntry entry, string key, int start, int end)
    {
        // Quadlet takes double quotes off the value
        var value = entry.Value.AsSpan();
        while (start < end && value[start] == '"')
        {
            start++;
        }

        while (end > start && value[end - 1] == '"')
        {
            end--;
        }

        start += value[start..end].StartsWith("docker://"u8) ? "docker://".Length : 0;
        if (start == end)
        {
            return;
        }

        var text = Encoding.UTF8.GetString(value[start..end]);
        var span = TextSpan.FromBounds(entry.At[start], entry.At[end - 1] + 1);
        var path = Steps.Of(entry.Section, key);
        if (Local(text) is { } local)
        {
            reading.Sink.Add(ScalarUse.Local(reading.Format.Name, path, text, span, local));
            return;
        }

        var readable = Specifiers(text, out var first);
        var use = ScalarUse.Judged(reading.Format.Name, path, readable, span, new PinSite.Text(span), null) with { Text = text };
        if (use.Verdict == Verdict.Dynamic && first is not null)
        {
            var why = $"systemd puts {first} in when the unit starts";
            use = use with { Problem = why, Site = new PinSite.Nowhere(why + ": name the image here, or in a drop-in") };
        }

        reading.Sink.Add(span.Length == end - start ? use : use with { Site = new PinSite.Nowhere("the name is written over several lines: write it on one") });
    }

    private static string? Local(string text)
    {
        if (text.EndsWith(".image", StringComparison.Ordinal) || text.EndsWith(".build", StringComparison.Ordinal))
        {
            return $"another unit: {text}";
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var isLocal = colon > 0 && text[..colon] is "docker-archive" or "oci-archive" or "containers-storage" or "docker-daemon" or "dir";
        return isLocal ? $"an image that is on this machine already ({text[..colon]})" : null;
    }

    /// <summary>The text with systemd's specifiers as expressions that the policy knows; <c>%%</c> is a percent sign.</summary>
    private static string Specifiers(string text, out string? first)
    {
        first = null;
        StringBuilder readable = new();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 1 < text.Length && char.IsAsciiLetter(text[i + 1]))
            {
                first ??= text[i..(i + 2)];
                readable.Append("${").Append(text[++i]).Append('}');
            }
            else
            {
                readable.Append(text[i]);
            }
        }

        return readable.ToString();
    }
}
