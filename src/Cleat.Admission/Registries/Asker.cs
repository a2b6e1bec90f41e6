using Cleat.Admission.SignIn;

namespace Cleat.Admission.Registries;

/// <summary>For whom a registry is asked.</summary>
/// <param name="IsVouchedFor">False for a review that anybody may have written: registries are then asked as nobody, within a budget.</param>
/// <param name="PullSecrets">What the pod's pull secrets hold.</param>
/// <param name="RevisionCreated">When what asks came to be: an older answer is not good enough. Null when any recent answer is.</param>
/// <param name="IsNewRevision">True when it is not known when it came to be, but it may be new: the registry is asked now.</param>
internal sealed record Asker(bool IsVouchedFor, IReadOnlyList<StoredEntry> PullSecrets, DateTimeOffset? RevisionCreated, bool IsNewRevision)
{
    public static Asker Nobody { get; } = new(false, [], null, false);
}
