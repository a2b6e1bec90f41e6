namespace Cleat.Admission;

/// <summary>What happens to a request that a policy finds something in.</summary>
public enum PolicyAction
{
    /// <summary>The user is told, and the audit log.</summary>
    Warn,

    /// <summary>The audit log is told.</summary>
    Audit,

    /// <summary>It is refused.</summary>
    Deny,
}

/// <summary>Whose language a policy is written in.</summary>
public enum PolicyForm
{
    /// <summary>ValidatingAdmissionPolicy and its binding (Kubernetes 1.30 and later).</summary>
    Kubernetes,

    /// <summary>Kyverno's ClusterPolicy with the same expressions.</summary>
    Kyverno,

    /// <summary>Gatekeeper's ConstraintTemplate with the same expressions, and its constraint.</summary>
    Gatekeeper,
}

/// <summary>What a policy says.</summary>
public sealed record PolicyOptions
{
    public string Name { get; init; } = "cleat-pinned-images";

    public PolicyForm Form { get; init; } = PolicyForm.Kubernetes;

    public PolicyAction Action { get; init; } = PolicyAction.Warn;

    /// <summary>Plurals of kinds: <c>pods</c>, which take their ephemeral containers with them, <c>deployments</c>, … Where a webhook pins pods, workloads have tags, and a policy over them would refuse every one.</summary>
    public IReadOnlyList<string> Resources { get; init; } = ["pods"];

    public IReadOnlyList<ImageExemption> Exemptions { get; init; } = [];

    /// <summary>Namespaces that are left alone.</summary>
    public IReadOnlyList<string> ExemptNamespaces { get; init; } = ["kube-system", "cleat-system"];

    /// <summary>A namespace with this label, <c>key=value</c>, is left alone; null for none.</summary>
    public string? OptOutLabel { get; init; } = "cleat.dev/policy=ignore";
}
