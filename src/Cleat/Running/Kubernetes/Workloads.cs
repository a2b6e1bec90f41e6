using Cleat.Trees.Paths;

namespace Cleat.Running.Kubernetes;

/// <summary>Puts what was listed together: each pod under the owner at the top, each owner proved by its uid.</summary>
internal sealed class Workloads(ClusterState state, ClusterScope scope)
{
    // a chain of owners has three or four links; a loop of forged ones has no end
    private const int LongestChain = 16;

    public IReadOnlyList<WorkloadUse> Find()
    {
        Dictionary<ClusterObject, List<OwnedPods>> pods = new(ReferenceEqualityComparer.Instance as IEqualityComparer<ClusterObject>);
        foreach (var one in state.Objects.Values.Where(o => o.Uses.Count > 0 && TopWithContainers(o) == o))
        {
            pods[one] = [];
        }

        foreach (var owned in state.Pods.SelectMany(p => p.Owned))
        {
            var workload = state.Objects.TryGetValue(owned.Owner.Uid, out var owner) ? TopWithContainers(owner) : OfMissingOwner(owned);
            if (!pods.TryGetValue(workload, out var list))
            {
                pods[workload] = list = [];
            }

            list.Add(owned);
        }

        return [.. pods.Where(p => scope.Selector?.Matches(p.Key.Labels) != false).SelectMany(p => Uses(p.Key, p.Value))];
    }

    /// <summary>The highest owner that has containers; where none has any, the highest there is.</summary>
    private ClusterObject TopWithContainers(ClusterObject start)
    {
        var (found, top) = (start, start);
        for (var i = 0; i < LongestChain && top.Owner is { } owner && state.Objects.TryGetValue(owner.Uid, out var above) && above != top; i++)
        {
            top = above;
            found = top.HasContainers || !found.HasContainers ? top : found;
        }

        return found;
    }

    // where the owner's kind could not be listed the pods' word is taken; else it is not there
    private ClusterObject OfMissingOwner(OwnedPods owned)
    {
        var notListed = state.NotListed.Contains((owned.Owner.Group, owned.Owner.Kind));
        return new()
        {
            Kind = notListed ? new(owned.Owner.Group, "", owned.Owner.Kind, "", true) : Discovery.Pods,
            Namespace = owned.Namespace,
            Name = notListed ? owned.Owner.Name : owned.FirstPod,
            Uid = owned.Owner.Uid,
            Problems = [notListed
                ? $"its pods name {owned.Owner.Kind} {owned.Owner.Name} as their owner, which could not be looked at"
                : $"it names {owned.Owner.Kind} {owned.Owner.Name} as its owner, which is not there under that uid: it is taken by itself, with the pods like it"],
        };
    }

    private IEnumerable<WorkloadUse> Uses(ClusterObject workload, List<OwnedPods> pods)
    {
        var isStatic = workload is { Kind.Kind: "Pod", Owner.Kind: "Node" };
        var above = isStatic ? null : workload.Owner;
        var deployer = isStatic
            ? new Deployer($"the kubelet of node {workload.Owner!.Name}", $"the manifest on node {workload.Owner.Name} (by default below /etc/kubernetes/manifests)")
            : Deployer.Of(workload, above);
        IReadOnlyList<string> notes = [.. workload.Problems, .. isStatic ? (string[])[$"a static pod: its manifest lies on node {workload.Owner!.Name}"] : []];
        var running = pods.SelectMany(p => p.Containers).GroupBy(c => (c.Container, c.Image)).ToDictionary(g => g.Key, g => Images(g.Key.Image, g.SelectMany(c => c.Counts)));
        HashSet<(string, string)> named = [];
        foreach (var (container, use) in workload.Uses)
        {
            var key = (container ?? "", use.Text);
            named.Add(key);
            yield return new() { Workload = workload, Container = container, Use = use, Images = running.GetValueOrDefault(key) ?? [], IsOfWorkload = true, Deployer = deployer, Notes = notes };
        }

        foreach (var ((container, image), images) in running.Where(s => !named.Contains(s.Key)).OrderBy(s => s.Key.Container, StringComparer.Ordinal).ThenBy(s => s.Key.Image, StringComparer.Ordinal))
        {
            string[] why = workload.Uses.Count == 0 ? [] : workload.Uses.Any(u => u.Container == container)
                ? ["only pods name this, not the workload: they are of an older revision, or were changed on their way in"]
                : ["only pods name this, not the workload: it was added to them (an injected sidecar, or a debug container)"];
            yield return new()
            {
                Workload = workload,
                Container = container,
                Use = RunningUse.Judged(image, "kubernetes", Steps.Of("spec", "containers[]", "image")),
                Images = images,
                IsOfWorkload = false,
                Deployer = deployer,
                Notes = [.. notes, .. why],
            };
        }
    }

    private List<PodImage> Images(string asked, IEnumerable<KeyValuePair<(string? ImageId, string? Waiting, string Node), int>> counts) =>
    [
        .. counts
            .Select(c => (Id: ImageId.Read(c.Key.ImageId, c.Key.Waiting, asked), c.Key.Node, Info: state.Nodes.GetValueOrDefault(c.Key.Node), Count: c.Value))
            .GroupBy(c => (c.Id, c.Info?.Platform, c.Info?.Runtime))
            .Select(g => new PodImage(g.Key.Id, g.Key.Platform, g.Key.Runtime, g.Sum(c => c.Count), [.. g.Select(c => c.Node).Where(n => n.Length > 0).Distinct().Order(StringComparer.Ordinal)]))
            .OrderByDescending(s => s.Count).ThenBy(s => s.Id.Digest is null).ThenBy(s => s.Id.Digest?.ToString(), StringComparer.Ordinal).ThenBy(s => s.Platform, StringComparer.Ordinal),
    ];
}
