using Cleat.Trees.Paths;
using Cleat.Trees;

namespace Cleat.Running.Kubernetes;

/// <summary>Puts what was listed together: each pod under the owner at the top, each owner proved by its uid.</summary>
internal sealed class Workloads(ClusterState state, ClusterQuestion question)
{
    // a chain of owners has three or four links; a loop of forged ones has no end
    private const int LongestChain = 16;

    public IReadOnlyList<WorkloadUse> Find()
    {
        Dictionary<ClusterObject, List<OwnedPods>> pods = new(ReferenceEqualityComparer.Instance as IEqualityComparer<ClusterObject>);
        foreach (var one in state.Objects.Values.Where(o => o.Uses.Count > 0 && Holder(o) == o))
        {
            pods[one] = [];
        }

        foreach (var owned in state.Pods.SelectMany(p => p.Owned))
        {
            var holder = state.Objects.TryGetValue(owned.Owner.Uid, out var owner) ? Holder(owner) : Claimed(owned);
            if (!pods.TryGetValue(holder, out var list))
            {
                pods[holder] = list = [];
            }

            list.Add(owned);
        }

        return [.. pods.Where(p => question.Selector?.Matches(p.Key.Labels) != false).SelectMany(p => Uses(p.Key, p.Value))];
    }

    /// <summary>The object highest above one that has the containers; where none has any, the highest there is.</summary>
    private ClusterObject Holder(ClusterObject start)
    {
        var (holder, top) = (start, start);
        for (var i = 0; i < LongestChain && top.Owner is { } owner && state.Objects.TryGetValue(owner.Uid, out var above) && above != top; i++)
        {
            top = above;
            holder = top.HasContainers || !holder.HasContainers ? top : holder;
        }

        return holder;
    }

    // an owner that was not seen: where its kind may not be listed it is taken at its word, else it is not there
    private ClusterObject Claimed(OwnedPods owned)
    {
        var unseen = state.Unseen.Contains((owned.Owner.Group, owned.Owner.Kind));
        return new()
        {
            Kind = unseen ? new(owned.Owner.Group, "", owned.Owner.Kind, "", true) : Discovery.Pods,
            Namespace = owned.Namespace,
            Name = unseen ? owned.Owner.Name : owned.FirstPod,
            Uid = owned.Owner.Uid,
            Problems = [unseen
                ? $"its pods name {owned.Owner.Kind} {owned.Owner.Name} as their owner, which could not be looked at"
                : $"it names {owned.Owner.Kind} {owned.Owner.Name} as its owner, which is not there under that uid: it is taken by itself, with the pods like it"],
        };
    }

    private IEnumerable<WorkloadUse> Uses(ClusterObject workload, List<OwnedPods> pods)
    {
        var isStatic = workload is { Kind.Kind: "Pod", Owner.Kind: "Node" };
        var above = isStatic ? null : workload.Owner;
        var deployer = isStatic
            ? new DeployedBy($"the kubelet of node {workload.Owner!.Name}", $"the manifest on node {workload.Owner.Name} (by default below /etc/kubernetes/manifests)")
            : DeployedBy.Of(workload, above);
        IReadOnlyList<string> notes = [.. workload.Problems, .. isStatic ? (string[])[$"a static pod: its manifest lies on node {workload.Owner!.Name}"] : []];
        var seen = pods.SelectMany(p => p.Containers).GroupBy(c => (c.Container, c.Image)).ToDictionary(g => g.Key, g => Seen(g.Key.Image, g.SelectMany(c => c.Seen)));
        HashSet<(string, string)> told = [];
        foreach (var (container, use) in workload.Uses)
        {
            var key = (container ?? "", use.Text);
            told.Add(key);
            yield return new() { Workload = workload, Container = container, Use = use, Seen = seen.GetValueOrDefault(key) ?? [], IsNamed = true, DeployedBy = deployer, Notes = notes };
        }

        foreach (var ((container, image), rows) in seen.Where(s => !told.Contains(s.Key)).OrderBy(s => s.Key.Container, StringComparer.Ordinal).ThenBy(s => s.Key.Image, StringComparer.Ordinal))
        {
            string[] why = workload.Uses.Count == 0 ? [] : workload.Uses.Any(u => u.Container == container)
                ? ["only pods name this, not the workload: they are of an older revision, or were changed on their way in"]
                : ["only pods name this, not the workload: it was added to them (an injected sidecar, or a debug container)"];
            yield return new()
            {
                Workload = workload,
                Container = container,
                Use = RunningUse.Judged(image, "kubernetes", Steps.Of("spec", "containers[]", "image")),
                Seen = rows,
                IsNamed = false,
                DeployedBy = deployer,
                Notes = [.. notes, .. why],
            };
        }
    }

    private List<SeenImage> Seen(string asked, IEnumerable<KeyValuePair<(string? ImageId, string? Waiting, string Node), int>> counts) =>
    [
        .. counts
            .Select(c => (Id: ImageId.Read(c.Key.ImageId, c.Key.Waiting, asked), c.Key.Node, Info: state.Nodes.GetValueOrDefault(c.Key.Node), Count: c.Value))
            .GroupBy(c => (c.Id, c.Info?.Platform, c.Info?.Runtime))
            .Select(g => new SeenImage(g.Key.Id, g.Key.Platform, g.Key.Runtime, g.Sum(c => c.Count), [.. g.Select(c => c.Node).Where(n => n.Length > 0).Distinct().Order(StringComparer.Ordinal)]))
            .OrderByDescending(s => s.Count).ThenBy(s => s.Id.Digest is null).ThenBy(s => s.Id.Digest?.ToString(), StringComparer.Ordinal).ThenBy(s => s.Platform, StringComparer.Ordinal),
    ];
}
