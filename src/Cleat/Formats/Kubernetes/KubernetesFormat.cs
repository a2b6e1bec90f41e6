using Cleat.Trees;

namespace Cleat.Formats.Kubernetes;

/// <summary>
/// Kubernetes objects: whatever has <c>apiVersion</c> and <c>kind</c>. A pod spec is found at any depth of any kind, built in or custom,
/// since its lists of containers look the same everywhere (Kubernetes API reference, PodSpec).
/// </summary>
internal static class KubernetesFormat
{
    /// <summary>The places of a pod spec, wherever it stands.</summary>
    public static PathSet PodSpec { get; } = new(
        "**.containers[].image",
        "**.initContainers[].image",
        "**.ephemeralContainers[].image",
        "**.volumes[].image.reference");

    public static Format Format { get; } = new("kubernetes", "Kubernetes manifest", "*.yaml", "*.yml", "*.json")
    {
        Requires = ["apiVersion", "kind"],
        Paths = PodSpec,
    };
}
