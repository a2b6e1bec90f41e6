using System.Globalization;
using System.Text.Json;
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

    private readonly RecentAnswers<(string Uid, string Revision), OwnerFacts?> known = new(10_000, Kept, clock);

    /// <returns>What the owner is; null when there is none, it is not the one that the review says, or its kind is not known.</returns>
    public async Task<OwnerFacts?> FindAsync(Submitter from, CancellationToken cancellation)
    {
        if (from.Owner is not { } owner || PathOf(from.Namespace, owner) is not { } path)
        {
            return null;
        }

        // by all that decides: another name or namespace with a known uid is another question
        return await known.GetAsync((owner.Uid, $"{path} {from.Revision?.Hash}"), () => FetchAsync(path, owner, from), cancellation);
    }

    private async Task<(OwnerFacts? Facts, bool Answered)> FetchAsync(string path, OwnerReference owner, Submitter from)
    {
        var (json, answered) = await cluster.GetAsync(path, CancellationToken.None);
        using (json)
        {
            if (json is null || Json.Text(Json.Child(json.RootElement, "metadata") ?? default, "uid") != owner.Uid)
            {
                return (null, answered);
            }

            var template = PodImages.Spec(owner.Kind, json.RootElement) ?? default;
            var created = owner.Kind is "StatefulSet" or "DaemonSet" ? await RevisionTimeAsync(from.Namespace, owner.Kind == "StatefulSet" ? from.Revision?.Hash : $"{owner.Name}-{from.Revision?.Hash}") : Time(json.RootElement);
            return (new(Json.Names(template, "imagePullSecrets"), Json.Text(template, "serviceAccountName") ?? "default", created), answered);
        }
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

    public static DateTimeOffset? Time(JsonElement @object) =>
        DateTimeOffset.TryParse(Json.Text(Json.Child(@object, "metadata") ?? default, "creationTimestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string? PathOf(string space, OwnerReference owner)
    {
        var (group, resource) = (owner.ApiVersion, owner.Kind) switch
        {
            ("apps/v1", "ReplicaSet") => ("/apis/apps/v1", "replicasets"),
            ("apps/v1", "StatefulSet") => ("/apis/apps/v1", "statefulsets"),
            ("apps/v1", "DaemonSet") => ("/apis/apps/v1", "daemonsets"),
            ("batch/v1", "Job") => ("/apis/batch/v1", "jobs"),
            ("v1", "ReplicationController") => ("/api/v1", "replicationcontrollers"),
            _ => ("", ""),
        };
        return resource.Length > 0 ? ClusterObjects.Path(group, space, resource, owner.Name) : null;
    }
}
