using Cleat.Uses;

namespace Cleat.Running.Kubernetes;

/// <summary>An image that pods run, on nodes that are alike.</summary>
/// <param name="Id">What the pods' status says.</param>
/// <param name="Platform">Of the nodes; null when it is not known.</param>
/// <param name="Runtime">The container runtime of the nodes; null when it is not known.</param>
/// <param name="Count">How many containers run it.</param>
/// <param name="Nodes">Each named once, in order.</param>
internal sealed record PodImage(ImageId Id, string? Platform, string? Runtime, int Count, IReadOnlyList<string> Nodes);

/// <summary>A reference of a workload, and what its pods run for it.</summary>
internal sealed record WorkloadUse
{
    /// <summary>The object at the top that has the containers: the Deployment, not its ReplicaSet.</summary>
    public required ClusterObject Workload { get; init; }

    public required string? Container { get; init; }

    public required ImageUse Use { get; init; }

    /// <summary>What its pods run, most first; empty when none does.</summary>
    public required IReadOnlyList<PodImage> Images { get; init; }

    /// <summary>True when the workload itself names it; false when only some of its pods do.</summary>
    public required bool IsOfWorkload { get; init; }

    /// <summary>What makes the workload and would take a change back, or null.</summary>
    public Deployer? Deployer { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    public RunningObject Object(string context) => new(Workload.Kind.Kind, Workload.Namespace, Workload.Name, Container, context);
}
