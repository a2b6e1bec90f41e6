using Cleat.References;
using Cleat.Uses;

namespace Cleat.Running.Kubernetes;

/// <summary>An image that pods run, on nodes that are alike.</summary>
internal sealed record SeenImage(ImageId Id, string? Platform, string? Runtime, int Count, IReadOnlyList<string> Nodes);

/// <summary>A reference of a workload, and what its pods run for it.</summary>
internal sealed record WorkloadUse
{
    /// <summary>The object at the top that has the containers: the Deployment, not its ReplicaSet.</summary>
    public required ClusterObject Workload { get; init; }

    public required string? Container { get; init; }

    public required ImageUse Use { get; init; }

    public required IReadOnlyList<SeenImage> Seen { get; init; }

    /// <summary>The workload names it; else only some of its pods do.</summary>
    public required bool IsNamed { get; init; }

    /// <summary>What makes the workload and would take a change back, or null.</summary>
    public DeployedBy? DeployedBy { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    public RunningObject Object(string context) => new(Workload.Kind.Kind, Workload.Namespace, Workload.Name, Container, context);
}

/// <summary>What a tag means at its registry now.</summary>
/// <param name="Now">The digest of the index, or of the only manifest.</param>
/// <param name="Platforms">The digests of the platforms that the workload runs on.</param>
internal sealed record TagMeaning(Digest Now, IReadOnlyDictionary<string, Digest> Platforms)
{
    public bool Has(Digest digest) => digest == Now || Platforms.Values.Contains(digest);
}
