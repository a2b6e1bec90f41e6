using Cleat.Admission.Registries;
using Cleat.Admission.Reviews;

namespace Cleat.Admission.Cluster;

/// <summary>
/// As whom registries are asked for a review. Anybody who reaches the port may post one (KEP-6060), so a review counts for nothing by itself: it is vouched for by the caller's
/// certificate, by a network that lets nobody else in, or by its owner, found in the cluster with the uid it says. Pull secrets are then those of the owner's own template.
/// </summary>
/// <param name="trustsCallers">True when nobody but the API server can call, or has shown a certificate.</param>
internal sealed class Askers(Owners? owners, PullSecrets? secrets, bool trustsCallers)
{
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<Asker> OfAsync(Submitter from, CancellationToken cancellation)
    {
        var owner = owners is not null && from.IsNewPod ? await owners.FindAsync(from, cancellation) : null;
        if (owner is null && !trustsCallers)
        {
            return Asker.Nobody;
        }

        var (names, account) = owner is not null ? (owner.PullSecrets, owner.ServiceAccount) : (from.PullSecrets, from.ServiceAccount);
        var entries = secrets is null ? [] : await secrets.FindAsync(from.Namespace, names, account, cancellation);

        // the API server's clock knows seconds only: an answer of the same second may be older
        var created = owner?.Created?.AddSeconds(1);
        return new(true, entries, created, created is null && from is { IsNewPod: true, Owner: not null, Revision: not null });
    }
}
