using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Cleat.Admission.Cluster;

/// <summary>
/// A Lease (coordination.k8s.io/v1): one replica holds it at a time. Clocks of machines differ, so that a foreign one is stale when it was seen unchanged here for as long as it says
/// it holds, whoever left it behind.
/// </summary>
internal sealed class Lease(ClusterObjects cluster, string name, string holder, TimeProvider clock)
{
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    private string seen = "";
    private long seenAt;

    /// <summary>Takes it, or renews it. Called every few seconds.</summary>
    /// <returns>True while it is held here.</returns>
    public async Task<bool> HoldAsync(CancellationToken cancellation)
    {
        var list = ClusterObjects.Path("/apis/coordination.k8s.io/v1", cluster.Namespace, "leases", null)!;
        var answer = await cluster.SendAsync(HttpMethod.Get, $"{list}/{name}", null, cancellation);
        if (answer.Status == 404)
        {
            JsonObject made = new()
            {
                ["apiVersion"] = "coordination.k8s.io/v1", ["kind"] = "Lease", ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = cluster.Namespace }, ["spec"] = Spec(0),
            };
            return (await SendAsync(HttpMethod.Post, list, made, cancellation)).IsOk;
        }

        if (!answer.IsOk || JsonNode.Parse(answer.Body.Span) is not JsonObject lease)
        {
            return false;
        }

        var spec = lease["spec"] as JsonObject ?? [];
        var current = (string?)spec["holderIdentity"] ?? "";
        var text = $"{current} {spec["renewTime"]} {spec["leaseTransitions"]}";
        if (text != seen)
        {
            (seen, seenAt) = (text, clock.GetTimestamp());
        }

        if (current.Length > 0 && current != holder && clock.GetElapsedTime(seenAt) < Duration)
        {
            return false;
        }

        var transitions = (spec["leaseTransitions"] is JsonValue value && value.TryGetValue<int>(out var count) ? count : 0) + (current == holder ? 0 : 1);
        lease["spec"] = Spec(transitions);

        // its resourceVersion is in it: of two who take it at once one is told 409
        return (await SendAsync(HttpMethod.Put, $"{list}/{name}", lease, cancellation)).IsOk;
    }

    private JsonObject Spec(int transitions)
    {
        var now = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        return new() { ["holderIdentity"] = holder, ["leaseDurationSeconds"] = (int)Duration.TotalSeconds, ["acquireTime"] = now, ["renewTime"] = now, ["leaseTransitions"] = transitions };
    }

    private Task<KubernetesAnswer> SendAsync(HttpMethod method, string path, JsonObject body, CancellationToken cancellation) =>
        cluster.SendAsync(method, path, ("application/json", Encoding.UTF8.GetBytes(body.ToJsonString())), cancellation);
}
