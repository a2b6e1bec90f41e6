using Cleat.Admission.Pins;
using Cleat.Admission.Reviews;
using Cleat.Admission.SignIn;

namespace Cleat.Admission.Cluster;

/// <summary>What pull secrets hold, by named reads. A secret that is not there is left out, as the kubelet does.</summary>
internal sealed class PullSecrets(ClusterObjects cluster, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    private readonly BoundedMap<string, (IReadOnlyList<StoredEntry> Entries, long At)> secrets = new(1000);
    private readonly BoundedMap<string, (IReadOnlyList<string> Names, long At)> accounts = new(1000);
    private readonly SharedFlights<string, IReadOnlyList<StoredEntry>> secretFlights = new();
    private readonly SharedFlights<string, IReadOnlyList<string>> accountFlights = new();

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

        if (accounts.TryGet(path, out var held) && clock.GetElapsedTime(held.At) < Kept)
        {
            return held.Names;
        }

        return await accountFlights.JoinAsync(path, async () =>
        {
            var (json, _) = await cluster.GetAsync(path, CancellationToken.None);
            using (json)
            {
                IReadOnlyList<string> names = json is null ? [] : Json.Names(json.RootElement, "imagePullSecrets");
                accounts.Set(path, (names, clock.GetTimestamp()));
                return names;
            }
        }, cancellation);
    }

    private async Task<IReadOnlyList<StoredEntry>> SecretAsync(string space, string name, CancellationToken cancellation)
    {
        if (ClusterObjects.Path("/api/v1", space, "secrets", name) is not { } path)
        {
            return [];
        }

        if (secrets.TryGet(path, out var held) && clock.GetElapsedTime(held.At) < Kept)
        {
            return held.Entries;
        }

        return await secretFlights.JoinAsync(path, async () =>
        {
            var entries = await ReadAsync(path, $"pull secret {space}/{name}");
            secrets.Set(path, (entries, clock.GetTimestamp()));
            return entries;
        }, cancellation);
    }

    private async Task<IReadOnlyList<StoredEntry>> ReadAsync(string path, string from)
    {
        var (json, _) = await cluster.GetAsync(path, CancellationToken.None);
        using (json)
        {
            if (json is null)
            {
                return [];
            }

            // other types with the same key are ignored, as the kubelet does
            var key = Json.Text(json.RootElement, "type") switch
            {
                "kubernetes.io/dockerconfigjson" => ".dockerconfigjson",
                "kubernetes.io/dockercfg" => ".dockercfg",
                _ => null,
            };
            if (key is null || Json.Text(Json.Child(json.RootElement, "data") ?? default, key) is not { } base64)
            {
                return [];
            }

            var bytes = new byte[base64.Length];
            return Convert.TryFromBase64String(base64, bytes, out var length)
                ? [.. RegistryCredential.OfDockerConfig(bytes.AsMemory(0, length)).OrderByDescending(e => e.Key, StringComparer.Ordinal).Select(e => new StoredEntry(e.Key, e.Value, from))]
                : [];
        }
    }
}
