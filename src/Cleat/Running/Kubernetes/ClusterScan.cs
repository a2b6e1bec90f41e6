using System.Text.Json;
using Cleat.Text;

namespace Cleat.Running.Kubernetes;

/// <summary>Lists what a cluster runs. What may not be listed is named, and the rest goes on.</summary>
internal sealed class ClusterScan(KubeApi api, ClusterScope scope)
{
    private readonly ClusterState state = new();
    private readonly ObjectPages pages = new(api);
    private readonly PodReading pod = new();
    private IReadOnlyList<string>? namespaces;
    private bool ended;

    public async Task<ClusterState> RunAsync(CancellationToken cancellation)
    {
        Discovery discovery = new(api, Problem);
        if (await discovery.KindsAsync(cancellation) is not { } kinds)
        {
            return state;
        }

        await NodesAsync(cancellation);

        // pods last: an owner that is made meanwhile is rather seen without pods than pods without their owner
        foreach (var kind in kinds)
        {
            await ObjectsAsync(kind, cancellation);
        }

        await EachScopeAsync(Discovery.Pods, space => PodsAsync(space, cancellation), cancellation);
        await OwnersAsync(discovery, kinds, cancellation);
        return state;
    }

    private void Problem(string message)
    {
        if (!state.Problems.Contains(message))
        {
            state.Problems.Add(message);
        }
    }

    private Task ObjectsAsync(ApiKind kind, CancellationToken cancellation)
    {
        // the pods of a ReplicaSet or Job are of its owner: hundreds of old ones are not read whole
        var links = kind.Kind is "ReplicaSet" or "Job" or "ReplicationController" && kind.Group is "" or "apps" or "batch";
        return EachScopeAsync(kind, async space =>
        {
            List<ClusterObject> read = [];
            var answer = await pages.ReadAsync(
                kind.Path(space),
                read.Clear,
                (ref Utf8JsonReader item, ReadOnlyMemory<byte> page) =>
                {
                    var start = (int)item.TokenStartIndex;
                    item.Skip();
                    read.Add(ObjectReading.Read(kind, page[start..(int)item.BytesConsumed], links));
                },
                cancellation);
            foreach (var one in answer.IsOk ? read : [])
            {
                state.Objects[one.Uid] = one;
            }

            return answer;
        }, cancellation);
    }

    private async Task<ApiAnswer> PodsAsync(string? space, CancellationToken cancellation)
    {
        PodCounts counts = new();
        var answer = await pages.ReadAsync(
            Discovery.Pods.Path(space),
            counts.Clear,
            (ref Utf8JsonReader item, ReadOnlyMemory<byte> page) => counts.Add(pod, ref item, page),
            cancellation);
        if (answer.IsOk)
        {
            state.Pods.Add(counts);
            foreach (var alone in counts.Bare)
            {
                state.Objects[alone.Uid] = alone;
            }
        }

        return answer;
    }

    private async Task EachScopeAsync(ApiKind kind, Func<string?, Task<ApiAnswer>> list, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!kind.IsNamespaced || scope.Namespaces.Count == 0)
        {
            var answer = ended ? default : await list(null);
            if (ended || answer.Status != 403 || !kind.IsNamespaced)
            {
                Record(kind, null, answer);
                return;
            }

            // not in all namespaces at once: perhaps in some of them
            if (await NamespacesAsync(cancellation) is not { } all)
            {
                Record(kind, null, answer);
                return;
            }

            namespaces = all;
        }

        foreach (var space in scope.Namespaces.Count > 0 ? scope.Namespaces : namespaces!)
        {
            if (!ended)
            {
                Record(kind, space, await list(space));
            }
        }
    }

    // what could not be listed
    private void Record(ApiKind kind, string? space, ApiAnswer answer)
    {
        if (ended || answer.IsOk)
        {
            return;
        }

        ended = answer.EndsScan;
        state.NotListed.Add((kind.Group, kind.Kind));
        Problem(answer.Message($"list {kind.Name} in {(space is null ? "all namespaces" : $"namespace {space}")}") + (ended ? "; nothing further was asked" : ""));
    }

    private async Task<IReadOnlyList<string>?> NamespacesAsync(CancellationToken cancellation)
    {
        if (namespaces is not null)
        {
            return namespaces;
        }

        List<string> names = [];
        var answer = await pages.ReadAsync(Discovery.Namespaces.Path(null), names.Clear, (ref Utf8JsonReader item, ReadOnlyMemory<byte> page) => names.Add(One(ref item, page).Name), cancellation);
        if (!answer.IsOk)
        {
            Problem(answer.Message("list namespaces") + ": name those you may read with -n");
            return null;
        }

        return names;
    }

    private async Task NodesAsync(CancellationToken cancellation)
    {
        var answer = await pages.ReadAsync(
            Discovery.Nodes.Path(null),
            state.Nodes.Clear,
            (ref Utf8JsonReader item, ReadOnlyMemory<byte> page) =>
            {
                var (name, info) = One(ref item, page);
                state.Nodes[name] = new(name, info.Platform, info.Runtime);
            },
            cancellation);
        ended = answer.EndsScan;
        state.NodesProblem = answer.IsOk ? null : answer.Message("list nodes");
        if (ended)
        {
            Problem(state.NodesProblem!);
        }
    }

    private static (string Name, (string? Platform, string? Runtime) Info) One(ref Utf8JsonReader item, ReadOnlyMemory<byte> page)
    {
        var start = (int)item.TokenStartIndex;
        item.Skip();
        using var json = JsonDocument.Parse(page[start..(int)item.BytesConsumed]);
        var metadata = JsonText.Child(json.RootElement, "metadata", JsonValueKind.Object) ?? default;
        var status = JsonText.Child(json.RootElement, "status", JsonValueKind.Object) ?? default;
        var info = JsonText.Child(status, "nodeInfo", JsonValueKind.Object) ?? default;
        var (os, architecture) = (JsonText.String(info, "operatingSystem"), JsonText.String(info, "architecture"));
        return (JsonText.String(metadata, "name") ?? "",
            (string.IsNullOrEmpty(os) || string.IsNullOrEmpty(architecture) ? null : $"{os}/{architecture}", JsonText.String(info, "containerRuntimeVersion")?.Split(':')[0] is { Length: > 0 } runtime ? runtime : null));
    }

    // owners of kinds that nothing here knows of, such as Argo's Rollout: each kind is listed once
    private async Task OwnersAsync(Discovery discovery, IReadOnlyList<ApiKind> listed, CancellationToken cancellation)
    {
        HashSet<(string, string)> asked = [.. listed.Select(k => (k.Group, k.Kind))];
        for (var found = true; found && !ended;)
        {
            found = false;
            var wanted = state.Objects.Values.Select(o => o.Owner).Concat(state.Pods.SelectMany(p => p.Owned).Select(p => p.Owner)).OfType<OwnerReference>()
                .Where(o => o.Kind is not ("Node" or "Pod") && !state.Objects.ContainsKey(o.Uid)).Select(o => (o.Group, o.Kind)).Distinct().Where(asked.Add).ToList();
            foreach (var (group, kind) in wanted)
            {
                if (await discovery.FindAsync(group, kind, cancellation) is { } known)
                {
                    await ObjectsAsync(known, cancellation);
                    found = true;
                }
            }
        }
    }
}
