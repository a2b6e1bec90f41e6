using System.Globalization;
using System.Text.Json;
using Cleat.Admission.Ledgers;
using Cleat.Admission.Pins;
using Cleat.Admission.Reviews;

namespace Cleat.Admission.Cluster;

/// <summary>What the cluster itself says of an owner that a review names.</summary>
/// <param name="PullSecrets">Of its template.</param>
/// <param name="ServiceAccount">Of its template.</param>
/// <param name="Created">When the revision came to be; null when that is not known.</param>
internal sealed record OwnerFacts(IReadOnlyList<string> PullSecrets, string ServiceAccount, DateTimeOffset? Created);

/// <summary>
/// Fetches the owners that reviews name and compares their uid. A uid cannot be guessed: who knows one reads the namespace's objects already, or is the API server. So a
/// review whose owner is found by name with the uid that it says is vouched for; an owner reference alone says nothing.
/// </summary>
internal sealed class Owners(ClusterObjects cluster, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    private readonly BoundedMap<(string Uid, string Revision), (OwnerFacts? Facts, long At)> known = new(10_000);
    private readonly SharedFlights<(string Uid, string Revision), OwnerFacts?> flights = new();

    /// <returns>What the owner is; null when there is none, it is not the one that the review says, or its kind is not known.</returns>
    public async Task<OwnerFacts?> FindAsync(Review review, CancellationToken cancellation)
    {
        if (review.Controller is not { } owner || Json.Text(owner, "uid") is not { Length: > 0 } uid || PathOf(review.Namespace, owner) is not { } path)
        {
            return null;
        }

        // by all that decides: another name or namespace with a known uid is another question
        var revision = $"{path} {LedgerKey.Revision(review)?.Hash}";
        if (known.TryGet((uid, revision), out var held) && clock.GetElapsedTime(held.At) < Kept)
        {
            return held.Facts;
        }

        var hash = LedgerKey.Revision(review)?.Hash;
        var kind = Json.Text(owner, "kind")!;
        var name = Json.Text(owner, "name")!;
        var space = review.Namespace;
        return await flights.JoinAsync((uid, revision), () => FetchAsync(path, uid, kind, name, space, hash, revision), cancellation);
    }

    private async Task<OwnerFacts?> FetchAsync(string path, string uid, string kind, string name, string space, string? hash, string revision)
    {
        var (json, answered) = await cluster.GetAsync(path, CancellationToken.None);
        OwnerFacts? facts = null;
        if (json is not null)
        {
            using (json)
            {
                if (Json.Text(Json.Child(json.RootElement, "metadata") ?? default, "uid") == uid)
                {
                    var template = PodImages.Spec(kind, json.RootElement) ?? default;
                    var created = kind is "StatefulSet" or "DaemonSet" ? await RevisionTimeAsync(space, kind == "StatefulSet" ? hash : $"{name}-{hash}") : Time(json.RootElement);
                    facts = new(Names(template), Json.Text(template, "serviceAccountName") ?? "default", created);
                }
            }
        }

        // an API server that does not answer proves nothing, now
        if (answered)
        {
            known.Set((uid, revision), (facts, clock.GetTimestamp()));
        }

        return facts;
    }

    private async Task<DateTimeOffset?> RevisionTimeAsync(string space, string? name)
    {
        if (name is null || ClusterObjects.Path("/apis/apps/v1", space, "controllerrevisions", name) is not { } path)
        {
            return null;
        }

        var (json, _) = await cluster.GetAsync(path, CancellationToken.None);
        using (json)
        {
            return json is null ? null : Time(json.RootElement);
        }
    }

    /// <summary>The names in a pod spec's <c>imagePullSecrets</c>, or a service account's.</summary>
    public static List<string> Names(JsonElement parent) =>
        [.. Json.Items(parent, "imagePullSecrets").Select(s => Json.Text(s, "name")).OfType<string>().Where(n => n.Length > 0).Distinct()];

    public static DateTimeOffset? Time(JsonElement @object) =>
        DateTimeOffset.TryParse(Json.Text(Json.Child(@object, "metadata") ?? default, "creationTimestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string? PathOf(string space, JsonElement owner)
    {
        var (group, resource) = (Json.Text(owner, "apiVersion"), Json.Text(owner, "kind")) switch
        {
            ("apps/v1", "ReplicaSet") => ("/apis/apps/v1", "replicasets"),
            ("apps/v1", "StatefulSet") => ("/apis/apps/v1", "statefulsets"),
            ("apps/v1", "DaemonSet") => ("/apis/apps/v1", "daemonsets"),
            ("batch/v1", "Job") => ("/apis/batch/v1", "jobs"),
            ("v1", "ReplicationController") => ("/api/v1", "replicationcontrollers"),
            _ => ("", ""),
        };
        return resource.Length > 0 && Json.Text(owner, "name") is { } name ? ClusterObjects.Path(group, space, resource, name) : null;
    }
}
