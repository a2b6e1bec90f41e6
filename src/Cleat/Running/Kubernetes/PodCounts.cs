using System.Runtime.InteropServices;
using System.Text.Json;

namespace Cleat.Running.Kubernetes;

/// <summary>What the containers of one owner's pods run: for each container, reference and image how often on which node.</summary>
internal sealed class OwnedPods(OwnerReference owner, string space, string firstPod)
{
    private readonly Dictionary<(string Container, string Image), Dictionary<(string? ImageId, string? Waiting, string Node), int>> containers = [];

    public OwnerReference Owner => owner;

    public string Namespace => space;

    public string FirstPod => firstPod;

    public IEnumerable<(string Container, string Image, IReadOnlyDictionary<(string? ImageId, string? Waiting, string Node), int> Counts)> Containers =>
        containers.Select(c => (c.Key.Container, c.Key.Image, (IReadOnlyDictionary<(string?, string?, string), int>)c.Value));

    public void Add(PodContainer container, string? node)
    {
        ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(containers, (container.Name, container.Image), out _);
        seen ??= [];
        CollectionsMarshal.GetValueRefOrAddDefault(seen, (container.ImageId, container.Waiting, node ?? ""), out _)++;
    }
}

/// <summary>The pods of one list, counted as they come; only those that stand by themselves are kept.</summary>
internal sealed class PodCounts
{
    private readonly Dictionary<string, OwnedPods> owned = new(StringComparer.Ordinal);
    private readonly List<ClusterObject> bare = [];

    public IReadOnlyCollection<OwnedPods> Owned => owned.Values;

    /// <summary>Pods without an owner, and static pods, whose owner is their node.</summary>
    public IReadOnlyList<ClusterObject> Bare => bare;

    /// <summary>Forgets everything: the list begins anew.</summary>
    public void Clear()
    {
        owned.Clear();
        bare.Clear();
    }

    public void Add(PodReading pod, ref Utf8JsonReader item, ReadOnlyMemory<byte> page)
    {
        var start = (int)item.TokenStartIndex;
        pod.Read(ref item);
        var alone = pod.Owner is null or { Kind: "Node", ApiVersion: "v1" };
        if (alone)
        {
            bare.Add(ObjectReading.Read(Discovery.Pods, page[start..(int)item.BytesConsumed], links: false));
        }

        // what has ended runs nothing now
        if (pod.IsOver)
        {
            return;
        }

        var owner = alone ? new OwnerReference("v1", "Pod", pod.Name, pod.Uid) : pod.Owner!;
        ref var pods = ref CollectionsMarshal.GetValueRefOrAddDefault(owned, owner.Uid, out _);
        pods ??= new(owner, pod.Namespace, pod.Name);
        foreach (var container in CollectionsMarshal.AsSpan(pod.Containers))
        {
            pods.Add(container, pod.Node);
        }
    }
}
