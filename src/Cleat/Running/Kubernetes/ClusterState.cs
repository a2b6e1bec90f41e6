namespace Cleat.Running.Kubernetes;

/// <summary>Which part of a cluster is looked at.</summary>
/// <param name="Namespaces">Empty for all.</param>
/// <param name="Selector">Which objects, by their labels; null for all.</param>
internal sealed record ClusterScope(IReadOnlyList<string> Namespaces, LabelSelector? Selector);

/// <summary>A node: where pods run.</summary>
/// <param name="Platform"><c>os/arch</c>; null when it does not say.</param>
/// <param name="Runtime">The container runtime's name without its version: <c>containerd</c>.</param>
internal sealed record ClusterNode(string Name, string? Platform, string? Runtime);

/// <summary>What a scan found.</summary>
internal sealed record ClusterState
{
    /// <summary>By their uid.</summary>
    public Dictionary<string, ClusterObject> Objects { get; } = new(StringComparer.Ordinal);

    public List<PodCounts> Pods { get; } = [];

    /// <summary>By their name.</summary>
    public Dictionary<string, ClusterNode> Nodes { get; } = new(StringComparer.Ordinal);

    /// <summary>Why the nodes could not be listed; null when they could.</summary>
    public string? NodesProblem { get; set; }

    /// <summary>Kinds, by group and name, that could not be listed everywhere.</summary>
    public HashSet<(string Group, string Kind)> NotListed { get; } = [];

    /// <summary>What could not be listed, and why.</summary>
    public List<string> Problems { get; } = [];
}
