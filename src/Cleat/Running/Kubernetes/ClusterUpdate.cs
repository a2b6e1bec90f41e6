using System.Text.Json;
using Cleat.Text;

namespace Cleat.Running.Kubernetes;

/// <summary>Pins a workload in the cluster: tried first by the server without effect, made only while its images are what was seen, and seen through until its controller has it.</summary>
internal sealed class ClusterUpdate(KubeApi api)
{
    private const string Patch = "application/json-patch+json";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly PageBuffer buffer = new();

    /// <summary>Asks the server to do it without effect: its checks and its admission say what they would.</summary>
    /// <returns>Why it would not be done, in words that fit behind the workload's name; or null.</returns>
    public async Task<string?> TryAsync(IReadOnlyList<ImageChange> changes, CancellationToken cancellation) =>
        Refusal(changes[0].Use.Workload, await SendAsync(changes, "?dryRun=All&fieldManager=cleat", cancellation));

    /// <summary>Does it, and waits until the controller has taken it up.</summary>
    /// <returns>What went wrong, in words that fit behind the workload's name; or null.</returns>
    public async Task<string?> ApplyAsync(IReadOnlyList<ImageChange> changes, CancellationToken cancellation)
    {
        var workload = changes[0].Use.Workload;
        var answer = await SendAsync(changes, "?fieldManager=cleat", cancellation);
        if (Refusal(workload, answer) is { } refusal)
        {
            return refusal;
        }

        var (generation, observed) = Generations(answer);
        using var limit = new CancellationTokenSource(Longest);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            // kinds that do not tell which generation they have seen are done with the patch
            while (observed is { } seen && seen < generation)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), both.Token);
                answer = await api.GetAsync(workload.Kind.Path(workload.Namespace, workload.Name), buffer, both.Token);
                if (!answer.IsOk)
                {
                    return $"was changed, but then: {answer.Message("get it")}";
                }

                (_, observed) = Generations(answer);
            }

            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"was changed, but its controller has not taken that up within {Duration.Words(Longest)}: kubectl describe it, and look at kube-controller-manager";
        }
    }

    private Task<ApiAnswer> SendAsync(IReadOnlyList<ImageChange> changes, string query, CancellationToken cancellation) =>
        api.PatchAsync(changes[0].Use.Workload.Kind.Path(changes[0].Use.Workload.Namespace, changes[0].Use.Workload.Name) + query, Patch, ImageChange.JsonPatch(changes), buffer, cancellation);

    // a test of RFC 6902 that fails answers 422
    private static string? Refusal(ClusterObject workload, ApiAnswer answer) => answer.IsOk ? null : "was not changed: " + (
        answer.Status == 422 && StatusMessage.Of(answer.Body) is null or "the server rejected our request due to an error in our request" ? "its images are not what they were when they were looked at: run this again"
        : answer.Message($"patch {workload.Kind.Name}{(workload.Namespace is null ? "" : $" in namespace {workload.Namespace}")}"));

    private static (long Generation, long? Observed) Generations(ApiAnswer answer)
    {
        if (!JsonText.TryObject(answer.Body, out var json))
        {
            return (0, null);
        }

        using (json)
        {
            var metadata = JsonText.Child(json.RootElement, "metadata", JsonValueKind.Object) ?? default;
            var status = JsonText.Child(json.RootElement, "status", JsonValueKind.Object) ?? default;
            return (Number(metadata, "generation") ?? 0, Number(status, "observedGeneration"));
        }
    }

    private static long? Number(JsonElement element, string key) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;
}
