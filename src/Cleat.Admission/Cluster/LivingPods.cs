using System.Text.Json;
using Cleat.Admission.Ledgers;
using Cleat.Admission.Pins;
using Cleat.Admission.Reviews;
using Cleat.References;

namespace Cleat.Admission.Cluster;

/// <summary>The ledger that every cluster has already: the pods of a revision that were admitted before.</summary>
internal sealed class LivingPods(ClusterObjects cluster, Askers askers) : ILivingPods
{
    private const int PageSize = 100;

    /// <inheritdoc/>
    public async Task<string?> FindAsync(PinQuestion question)
    {
        var from = question.From;
        if (from.Selector is not { } selector || from.Owner is not { } owner || ClusterObjects.Path("/api/v1", from.Namespace, "pods", null) is not { } path)
        {
            return null;
        }

        // a forged review makes the API server list nothing
        if (!(await askers.OfAsync(from, CancellationToken.None)).IsVouchedFor)
        {
            return null;
        }

        var list = $"{path}?limit={PageSize}&labelSelector={Uri.EscapeDataString($"{selector.Label}={selector.Value}")}";
        for (string? next = list; next is not null;)
        {
            var (json, _) = await cluster.GetAsync(next, CancellationToken.None);
            if (json is null)
            {
                return null;
            }

            using (json)
            {
                if (Oldest(json.RootElement, owner.Uid, question) is { } digest)
                {
                    return digest;
                }

                next = Json.Text(Json.Child(json.RootElement, "metadata") ?? default, "continue") is { Length: > 0 } rest ? $"{list}&continue={Uri.EscapeDataString(rest)}" : null;
            }
        }

        return null;
    }

    private static string? Oldest(JsonElement list, string uid, PinQuestion question)
    {
        (DateTimeOffset Created, string Digest)? oldest = null;
        foreach (var pod in Json.Items(list, "items"))
        {
            if (Json.Items(Json.Child(pod, "metadata") ?? default, "ownerReferences").Any(o => Json.IsTrue(o, "controller") && Json.Text(o, "uid") == uid)
                && Digest(pod, question) is { } digest && Owners.Time(pod) is { } created && (oldest is null || created < oldest.Value.Created))
            {
                oldest = (created, digest);
            }
        }

        return oldest?.Digest;
    }

    // the same container, and what it was submitted as: name and tag
    private static string? Digest(JsonElement pod, PinQuestion question)
    {
        foreach (var place in PodImages.Of("Pod", pod))
        {
            if (place.List == question.Place.List && place.Name == question.Place.Name && ImageReference.TryParse(place.Text, out var has, out _) && has.Digest is { } digest
                && has.Registry == question.Reference.Registry && has.Repository == question.Reference.Repository && has.Tag == question.Reference.EffectiveTag)
            {
                return digest.ToString();
            }
        }

        return null;
    }
}
