using System.Text.Json;
using Cleat.Admission.Pins;
using Cleat.Admission.Reviews;
using Cleat.Admission.SignIn;

namespace Cleat.Admission.Cluster;

/// <summary>What pull secrets hold, by named reads. A secret that is not there is left out, as the kubelet does.</summary>
internal sealed class PullSecrets(ClusterObjects cluster, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    private readonly RecentAnswers<string, IReadOnlyList<StoredEntry>> secrets = new(1000, Kept, clock);
    private readonly RecentAnswers<string, IReadOnlyList<string>> accounts = new(1000, Kept, clock);

    /// <summary>The entries of the named secrets of a namespace, in their order; where none is named, those of its service account.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<IReadOnlyList<StoredEntry>> FindAsync(string space, IReadOnlyList<string> names, string account, CancellationToken cancellation)
    {
        if (names.Count == 0)
        {
            names = await AccountAsync(space, account.Length > 0 ? account : "default", cancellation);
        }

        List<StoredEntry> all = [];
        foreach (var name in names)
        {
            all.AddRange(await SecretAsync(space, name, cancellation));
        }

        return all;
    }

    private async Task<IReadOnlyList<string>> AccountAsync(string space, string account, CancellationToken cancellation)
    {
        if (ClusterObjects.Path("/api/v1", space, "serviceaccounts", account) is not { } path)
        {
            return [];
        }

        return await accounts.GetAsync(path, async () =>
        {
            var (json, answered) = await cluster.GetAsync(path, CancellationToken.None);
            using (json)
            {
                return (json is null ? [] : Json.Names(json.RootElement, "imagePullSecrets"), answered);
            }
        }, cancellation);
    }

    private async Task<IReadOnlyList<StoredEntry>> SecretAsync(string space, string name, CancellationToken cancellation)
    {
        if (ClusterObjects.Path("/api/v1", space, "secrets", name) is not { } path)
        {
            return [];
        }

        return await secrets.GetAsync(path, async () =>
        {
            var (json, answered) = await cluster.GetAsync(path, CancellationToken.None);
            using (json)
            {
                return (json is null ? [] : Entries(json.RootElement, $"pull secret {space}/{name}"), answered);
            }
        }, cancellation);
    }

    private static List<StoredEntry> Entries(JsonElement secret, string from)
    {
        // other types with the same key are ignored, as the kubelet does
        var key = Json.Text(secret, "type") switch
        {
            "kubernetes.io/dockerconfigjson" => ".dockerconfigjson",
            "kubernetes.io/dockercfg" => ".dockercfg",
            _ => null,
        };
        if (key is null || Json.Text(Json.Child(secret, "data") ?? default, key) is not { } base64)
        {
            return [];
        }

        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length)
            ? [.. RegistryCredential.OfDockerConfig(bytes.AsMemory(0, length)).OrderByDescending(e => e.Key, StringComparer.Ordinal).Select(e => new StoredEntry(e.Key, e.Value, from))]
            : [];
    }
}
