using System.Text.Json;
using Cleat.Formats.Kubernetes;
using Cleat.Text;

namespace Cleat.Running.Kubernetes;

/// <summary>Which kinds that may name images a cluster has, each in the first version that serves it.</summary>
internal sealed class Discovery(KubeApi api, Action<string> problem)
{
    private static readonly Dictionary<string, string[]> BuiltIn = new(StringComparer.Ordinal)
    {
        ["apps"] = ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"],
        ["batch"] = ["CronJob", "Job"],
    };

    private readonly PageBuffer buffer = new();
    private readonly Dictionary<string, List<ApiKind>> served = new(StringComparer.Ordinal);
    private readonly List<(string Group, string Version)> versions = [];

    public static ApiKind Pods { get; } = new("", "v1", "Pod", "pods", true);

    public static ApiKind Nodes { get; } = new("", "v1", "Node", "nodes", false);

    public static ApiKind Namespaces { get; } = new("", "v1", "Namespace", "namespaces", false);

    private static readonly ApiKind Controllers = new("", "v1", "ReplicationController", "replicationcontrollers", true);

    /// <summary>The kinds that run pods or that the formats know, owners of pods first; null when the API server gives no answer at all.</summary>
    public async Task<IReadOnlyList<ApiKind>?> KindsAsync(CancellationToken cancellation)
    {
        var answer = await api.GetAsync("/apis", buffer, cancellation);
        if (answer.EndsScan || !Groups(answer))
        {
            problem(answer.IsOk ? $"{api.Access.Server} does not answer as a Kubernetes API server does: check the server in the kubeconfig" : answer.Message("ask which kinds there are"));
            return null;
        }

        List<ApiKind> kinds = [Controllers];
        foreach (var (group, wanted) in BuiltIn)
        {
            foreach (var kind in wanted)
            {
                if (await FindAsync(group, kind, cancellation) is { } found)
                {
                    kinds.Add(found);
                }
            }
        }

        foreach (var group in versions.Select(v => v.Group).Distinct().Where(g => !BuiltIn.ContainsKey(g) && CustomResources.Groups.Contains(g)).ToList())
        {
            foreach (var (_, version) in versions.Where(v => v.Group == group))
            {
                kinds.AddRange((await ServedAsync(group, version, cancellation)).Where(k => CustomResources.Paths(k.ApiVersion, k.Kind) is not null && !kinds.Exists(o => o.Group == group && o.Kind == k.Kind)));
            }
        }

        return kinds;
    }

    /// <summary>A kind by its group and name, in any version.</summary>
    public async Task<ApiKind?> FindAsync(string group, string kind, CancellationToken cancellation)
    {
        foreach (var (_, version) in versions.Where(v => v.Group == group).ToList())
        {
            if ((await ServedAsync(group, version, cancellation)).Find(k => k.Kind == kind) is { } found)
            {
                return found;
            }
        }

        return group.Length == 0 && kind == Controllers.Kind ? Controllers : null;
    }

    // the preferred version first
    private bool Groups(ApiAnswer answer)
    {
        if (!answer.IsOk || !JsonText.TryObject(answer.Body, out var json))
        {
            return false;
        }

        using (json)
        {
            foreach (var group in (JsonText.Child(json.RootElement, "groups", JsonValueKind.Array) ?? default) is { ValueKind: JsonValueKind.Array } groups ? groups.EnumerateArray() : default)
            {
                var name = JsonText.String(group, "name") ?? "";
                var all = (JsonText.Child(group, "versions", JsonValueKind.Array)?.EnumerateArray().Select(v => JsonText.String(v, "version")) ?? []).OfType<string>();
                var first = JsonText.Child(group, "preferredVersion", JsonValueKind.Object) is { } preferred ? JsonText.String(preferred, "version") : null;
                versions.AddRange(all.OrderBy(v => v != first).Select(v => (name, v)));
            }
        }

        return versions.Count > 0;
    }

    private async Task<List<ApiKind>> ServedAsync(string group, string version, CancellationToken cancellation)
    {
        var key = $"{group}/{version}";
        if (served.TryGetValue(key, out var known))
        {
            return known;
        }

        List<ApiKind> kinds = served[key] = [];
        var answer = await api.GetAsync($"/apis/{key}", buffer, cancellation);
        if (!answer.IsOk || !JsonText.TryObject(answer.Body, out var json))
        {
            problem(answer.Message($"ask which kinds {key} has"));
            return kinds;
        }

        using (json)
        {
            foreach (var resource in JsonText.Child(json.RootElement, "resources", JsonValueKind.Array)?.EnumerateArray() ?? default)
            {
                var name = JsonText.String(resource, "name") ?? "";
                var listed = JsonText.Child(resource, "verbs", JsonValueKind.Array)?.EnumerateArray().Any(v => JsonText.String(v) == "list") == true;
                if (listed && !name.Contains('/', StringComparison.Ordinal) && JsonText.String(resource, "kind") is { } kind)
                {
                    kinds.Add(new(group, version, kind, name, resource.TryGetProperty("namespaced", out var namespaced) && namespaced.ValueKind == JsonValueKind.True));
                }
            }
        }

        return kinds;
    }
}
