using System.Collections.Frozen;
using System.Text.Json;
using System.Text;
using Cleat.Formats.Kubernetes;
using Cleat.Formats;
using Cleat.Text;
using Cleat.Trees.Json;
using Cleat.Trees.Paths;
using Cleat.Trees;

namespace Cleat.Running.Kubernetes;

/// <summary>Reads an object as the API server sends it. Images are found by the very rows that find them in files.</summary>
internal static class ObjectReading
{
    /// <summary>Reads an object.</summary>
    /// <param name="links">Only the links of an owned object matter: its owner says what it runs.</param>
    public static ClusterObject Read(ApiKind kind, ReadOnlyMemory<byte> json, bool links)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 512 });
        var metadata = JsonText.Child(document.RootElement, "metadata", JsonValueKind.Object) ?? default;
        var owner = Owner(metadata);
        ClusterObject read = new()
        {
            Kind = kind,
            Namespace = JsonText.String(metadata, "namespace"),
            Name = JsonText.String(metadata, "name") ?? "",
            Uid = JsonText.String(metadata, "uid") ?? "",
            Owner = owner,
        };
        if (links && owner is not null)
        {
            return read;
        }

        var (uses, problems) = Uses(kind, json.Span);
        return read with { Labels = Texts(metadata, "labels"), Annotations = Texts(metadata, "annotations"), Uses = uses, Problems = problems };
    }

    /// <summary>The names of the containers and image volumes of a document, by the offset of their images.</summary>
    public static Dictionary<int, (int Map, string Name)> Names(Tree tree)
    {
        Dictionary<int, (int, string)> names = [];
        for (var map = 0; map < tree.Count; map++)
        {
            if (tree[map].Kind == NodeKind.Map && tree.Child(map, "image") is var image and >= 0 && tree.Text(map, "name") is { } name)
            {
                var reference = tree.Child(image, "reference");
                names[tree[reference < 0 ? image : reference].Span.Start] = (map, reference < 0 ? name : $"volume {name}");
            }
        }

        return names;
    }

    private static (IReadOnlyList<ContainerUse> Uses, IReadOnlyList<string> Problems) Uses(ApiKind kind, ReadOnlySpan<byte> json)
    {
        // the items of a list of a built-in kind do not say their kind
        var head = Encoding.UTF8.GetBytes($"{{\"apiVersion\":\"{kind.ApiVersion}\",\"kind\":\"{kind.Kind}\",");
        byte[] whole = [.. head, .. json[(json.IndexOf((byte)'{') + 1)..]];
        UseSink sink = new();
        List<ContainerUse> uses = [];
        foreach (var tree in JsonTrees.Read(new SourceText("object.json", whole), out var problem))
        {
            if (problem is not null)
            {
                sink.Problem(problem.Offset, problem.Message);
            }

            FileReading.ReadTree(tree, KubernetesFormat.Format, sink, Surroundings.None);
            var names = Names(tree);
            uses.AddRange(sink.Uses.Where(u => !u.Steps.StartsWith("status")).Select(u => new ContainerUse(IsOfPod(u.Steps) && names.TryGetValue(u.Span.Start, out var found) ? found.Name : null, u)));
        }

        return (uses, [.. sink.Problems.Select(p => p.Message)]);
    }

    // an item's image, or an image volume's
    private static bool IsOfPod(Steps image) => (image.Key == "reference" ? image.Parent : image) is { Key: "image", Count: > 1 } field && field[field.Count - 2].IsItem;

    private static OwnerReference? Owner(JsonElement metadata)
    {
        foreach (var one in JsonText.Child(metadata, "ownerReferences", JsonValueKind.Array)?.EnumerateArray() ?? default)
        {
            if (one.ValueKind == JsonValueKind.Object && one.TryGetProperty("controller", out var controls) && controls.ValueKind == JsonValueKind.True)
            {
                return new(JsonText.String(one, "apiVersion") ?? "", JsonText.String(one, "kind") ?? "", JsonText.String(one, "name") ?? "", JsonText.String(one, "uid") ?? "");
            }
        }

        return null;
    }

    private static FrozenDictionary<string, string> Texts(JsonElement metadata, string key) =>
        JsonText.Child(metadata, key, JsonValueKind.Object) is { } map
            ? map.EnumerateObject().Where(p => p.Name != "kubectl.kubernetes.io/last-applied-configuration").ToFrozenDictionary(p => p.Name, p => JsonText.String(p.Value) ?? "", StringComparer.Ordinal)
            : FrozenDictionary<string, string>.Empty;
}
