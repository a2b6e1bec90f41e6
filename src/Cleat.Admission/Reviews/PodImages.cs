using System.Text.Json;

namespace Cleat.Admission.Reviews;

/// <summary>One place of an object that names an image.</summary>
/// <param name="List">The list it stands in: <c>containers</c>, <c>initContainers</c>, <c>ephemeralContainers</c>, <c>volumes</c>.</param>
/// <param name="Name">The container's or volume's name; a list's names differ.</param>
/// <param name="Pointer">Where the text stands.</param>
internal readonly record struct ImagePlace(string List, string Name, string Text, JsonPointer Pointer)
{
    /// <summary>In words.</summary>
    public override string ToString() => $"{(List == PodImages.Volumes ? "volume" : "container")} {Name}";
}

/// <summary>Where the objects of Kubernetes name the images of pods. Reads the raw JSON and trusts nothing in it to have the type it should.</summary>
internal static class PodImages
{
    public const string Volumes = "volumes";
    public const string Ephemeral = "ephemeralContainers";

    private static readonly string[] ContainerLists = ["initContainers", "containers", Ephemeral];

    /// <summary>Where the pod's spec stands in an object of this kind; null for a kind without one.</summary>
    public static string[]? SpecPath(string kind) => kind switch
    {
        "Pod" => ["spec"],
        "Deployment" or "ReplicaSet" or "ReplicationController" or "StatefulSet" or "DaemonSet" or "Job" => ["spec", "template", "spec"],
        "CronJob" => ["spec", "jobTemplate", "spec", "template", "spec"],
        "PodTemplate" => ["template", "spec"],
        // what pods/ephemeralcontainers took before Kubernetes 1.22: the list stands at the root
        "EphemeralContainers" => [],
        _ => null,
    };

    /// <summary>The pod's spec in an object; null when there is none.</summary>
    public static JsonElement? Spec(string kind, JsonElement @object) => SpecPath(kind) is { } path ? Down(@object, path) : null;

    /// <summary>Every image that an object names, in its order. What is empty or no text names none.</summary>
    public static List<ImagePlace> Of(string kind, JsonElement @object)
    {
        List<ImagePlace> places = [];
        if (SpecPath(kind) is not { } path || Down(@object, path) is not { } spec)
        {
            return places;
        }

        var at = JsonPointer.Root;
        foreach (var step in path)
        {
            at = at.Down(step);
        }

        foreach (var list in ContainerLists)
        {
            Each(spec, list, (item, name, i) => Add(places, item, "image", list, name, () => at.Down(list).Down(i).Down("image")));
        }

        Each(spec, Volumes, (item, name, i) =>
        {
            if (Json.Child(item, "image") is { ValueKind: JsonValueKind.Object } image)
            {
                Add(places, image, "reference", Volumes, name, () => at.Down(Volumes).Down(i).Down("image").Down("reference"));
            }
        });
        return places;
    }

    private static void Each(JsonElement spec, string list, Action<JsonElement, string, int> see)
    {
        if (Json.Child(spec, list) is not { ValueKind: JsonValueKind.Array } items)
        {
            return;
        }

        var i = 0;
        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                see(item, Json.Text(item, "name") ?? "", i);
            }

            i++;
        }
    }

    private static void Add(List<ImagePlace> places, JsonElement item, string key, string list, string name, Func<JsonPointer> pointer)
    {
        if (Json.Text(item, key) is { Length: > 0 } text)
        {
            places.Add(new(list, name, text, pointer()));
        }
    }

    private static JsonElement? Down(JsonElement from, string[] path)
    {
        foreach (var step in path)
        {
            if (Json.Child(from, step) is not { ValueKind: JsonValueKind.Object } next)
            {
                return null;
            }

            from = next;
        }

        return from.ValueKind == JsonValueKind.Object ? from : null;
    }
}
