using System.Collections.Frozen;
using Cleat.Uses;

namespace Cleat.Running.Kubernetes;

/// <summary>The owner that an object names as its controller. It is a claim: only the owner's own uid proves it.</summary>
internal sealed record OwnerReference(string ApiVersion, string Kind, string Name, string Uid)
{
    public string Group => ApiVersion.LastIndexOf('/') is var slash and >= 0 ? ApiVersion[..slash] : "";
}

/// <summary>A place of an object that names an image.</summary>
/// <param name="Container">The container's name; <c>volume NAME</c> for an image volume; null for a custom resource's own field.</param>
internal sealed record ContainerUse(string? Container, ImageUse Use);

/// <summary>An object of the cluster, as far as it matters here.</summary>
internal sealed record ClusterObject
{
    public required ApiKind Kind { get; init; }

    public required string? Namespace { get; init; }

    public required string Name { get; init; }

    public required string Uid { get; init; }

    public OwnerReference? Owner { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = FrozenDictionary<string, string>.Empty;

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = FrozenDictionary<string, string>.Empty;

    public IReadOnlyList<ContainerUse> Uses { get; init; } = [];

    /// <summary>What could not be read of it.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>True when pods are made from it: it has containers.</summary>
    public bool HasContainers => Uses.Any(u => u.Container is not null);

    /// <summary>For people: <c>Deployment shop/web</c>.</summary>
    public override string ToString() => $"{Kind.Kind} {(Namespace is null ? "" : Namespace + "/")}{Name}";
}
