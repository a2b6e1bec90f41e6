using System.Text.Json;

namespace Cleat.Running.Kubernetes;

/// <summary>A container of a pod: what its spec asks for, and what its status says.</summary>
internal struct PodContainer
{
    public string Name;
    public string Image;
    public string? ImageId;
    public string? Waiting;
}

/// <summary>
/// One pod, read in one pass over its JSON: a cluster has tens of thousands. The same object is used for one pod after another.
/// </summary>
internal sealed class PodReading
{
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> known = new Dictionary<string, string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    private readonly char[] text = new char[1024];

    public string Namespace { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string Uid { get; private set; } = "";

    public string? Node { get; private set; }

    /// <summary>Its containers have ended, all of them.</summary>
    public bool IsOver { get; private set; }

    public OwnerReference? Owner { get; private set; }

    public List<PodContainer> Containers { get; } = [];

    /// <summary>Reads a pod; the reader stands at its start, and at its end afterwards.</summary>
    public void Read(ref Utf8JsonReader json)
    {
        (Namespace, Name, Uid, Node, IsOver, Owner) = ("", "", "", null, false, null);
        Containers.Clear();
        while (NextKey(ref json))
        {
            if (json.ValueTextEquals("metadata"u8))
            {
                Metadata(ref json);
            }
            else if (json.ValueTextEquals("spec"u8))
            {
                Spec(ref json);
            }
            else if (json.ValueTextEquals("status"u8))
            {
                Status(ref json);
            }
            else
            {
                SkipValue(ref json);
            }
        }
    }

    private void Metadata(ref Utf8JsonReader json)
    {
        json.Read();
        while (NextKey(ref json))
        {
            if (json.ValueTextEquals("name"u8))
            {
                json.Read();
                Name = json.GetString() ?? "";
            }
            else if (json.ValueTextEquals("namespace"u8))
            {
                Namespace = Text(ref json) ?? "";
            }
            else if (json.ValueTextEquals("uid"u8))
            {
                json.Read();
                Uid = json.GetString() ?? "";
            }
            else if (json.ValueTextEquals("ownerReferences"u8))
            {
                Owners(ref json);
            }
            else
            {
                SkipValue(ref json);
            }
        }
    }

    private void Owners(ref Utf8JsonReader json)
    {
        while (NextItem(ref json))
        {
            var (version, kind, name, uid, controls) = ("", "", "", "", false);
            while (NextKey(ref json))
            {
                if (json.ValueTextEquals("apiVersion"u8))
                {
                    version = Text(ref json) ?? "";
                }
                else if (json.ValueTextEquals("kind"u8))
                {
                    kind = Text(ref json) ?? "";
                }
                else if (json.ValueTextEquals("name"u8))
                {
                    name = Text(ref json) ?? "";
                }
                else if (json.ValueTextEquals("uid"u8))
                {
                    uid = Text(ref json) ?? "";
                }
                else if (json.ValueTextEquals("controller"u8))
                {
                    json.Read();
                    controls = json.TokenType == JsonTokenType.True;
                }
                else
                {
                    SkipValue(ref json);
                }
            }

            Owner = controls ? new(version, kind, name, uid) : Owner;
        }
    }

    private void Spec(ref Utf8JsonReader json)
    {
        json.Read();
        while (NextKey(ref json))
        {
            if (json.ValueTextEquals("nodeName"u8))
            {
                Node = Text(ref json);
            }
            else if (json.ValueTextEquals("containers"u8) || json.ValueTextEquals("initContainers"u8) || json.ValueTextEquals("ephemeralContainers"u8))
            {
                Each(ref json, status: false);
            }
            else
            {
                SkipValue(ref json);
            }
        }
    }

    private void Status(ref Utf8JsonReader json)
    {
        json.Read();
        while (NextKey(ref json))
        {
            if (json.ValueTextEquals("phase"u8))
            {
                IsOver = Text(ref json) is "Succeeded" or "Failed";
            }
            else if (json.ValueTextEquals("containerStatuses"u8) || json.ValueTextEquals("initContainerStatuses"u8) || json.ValueTextEquals("ephemeralContainerStatuses"u8))
            {
                Each(ref json, status: true);
            }
            else
            {
                SkipValue(ref json);
            }
        }
    }

    // the API server writes a pod's spec before its status; names are unique among all containers of a pod
    private void Each(ref Utf8JsonReader json, bool status)
    {
        while (NextItem(ref json))
        {
            PodContainer one = default;
            while (NextKey(ref json))
            {
                if (json.ValueTextEquals("name"u8))
                {
                    one.Name = Text(ref json) ?? "";
                }
                else if (json.ValueTextEquals("image"u8))
                {
                    one.Image = Text(ref json) ?? "";
                }
                else if (json.ValueTextEquals("imageID"u8))
                {
                    one.ImageId = Text(ref json);
                }
                else if (status && json.ValueTextEquals("state"u8))
                {
                    one.Waiting = Waiting(ref json);
                }
                else
                {
                    SkipValue(ref json);
                }
            }

            if (!status)
            {
                Containers.Add(one);
            }
            else if (Containers.FindIndex(c => c.Name == one.Name) is var index and >= 0)
            {
                // the status may show another tag than the spec
                Containers[index] = one with { Image = Containers[index].Image };
            }
        }
    }

    private string? Waiting(ref Utf8JsonReader json)
    {
        string? waiting = null;
        json.Read();
        while (NextKey(ref json))
        {
            if (!json.ValueTextEquals("waiting"u8))
            {
                SkipValue(ref json);
                continue;
            }

            json.Read();
            waiting = "it waits";
            while (NextKey(ref json))
            {
                if (json.ValueTextEquals("reason"u8))
                {
                    waiting = Text(ref json) ?? waiting;
                }
                else
                {
                    SkipValue(ref json);
                }
            }
        }

        return waiting;
    }

    // the reader stands at the list's key, or at the end of the item before
    private static bool NextItem(ref Utf8JsonReader json)
    {
        var first = json.TokenType == JsonTokenType.PropertyName;
        json.Read();
        return first ? json.TokenType == JsonTokenType.StartArray && json.Read() && json.TokenType == JsonTokenType.StartObject : json.TokenType == JsonTokenType.StartObject;
    }

    // false at the end of the map, and for what is no map
    private static bool NextKey(ref Utf8JsonReader json) =>
        json.TokenType is not JsonTokenType.Null && json.Read() && json.TokenType == JsonTokenType.PropertyName;

    private static void SkipValue(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }

    // most texts stand in thousands of pods: one string each
    private string? Text(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.String || json.ValueSpan.Length > text.Length)
        {
            return json.TokenType == JsonTokenType.String ? json.GetString() : null;
        }

        var length = json.CopyString(text);
        ReadOnlySpan<char> span = text.AsSpan(0, length);
        if (!known.TryGetValue(span, out var kept))
        {
            kept = span.ToString();
            known.TryAdd(span, kept);
        }

        return kept;
    }
}
