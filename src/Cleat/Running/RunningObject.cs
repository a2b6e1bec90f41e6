namespace Cleat.Running;

/// <summary>What runs an image, as its owner knows it: a workload of a cluster, a service of a swarm, a container.</summary>
/// <param name="Kind">As its own program spells it: <c>Deployment</c>, <c>SwarmService</c>, <c>ServiceBuild</c>, <c>Container</c>.</param>
/// <param name="Namespace">Of the cluster; of Docker the stack or the compose project; null where there is none.</param>
/// <param name="Container">Which container of it; null where the object is one.</param>
/// <param name="Context">Which cluster or engine: the name of its context, or its address.</param>
public sealed record RunningObject(string Kind, string? Namespace, string Name, string? Container, string? Context)
{
    /// <summary>In one line without the context: <c>Deployment shop/web, container app</c>.</summary>
    public override string ToString() => $"{Kind} {(Namespace is null ? "" : Namespace + "/")}{Name}{(Container is null ? "" : $", container {Container}")}";

    /// <summary>In one word that is the same in every run, with the context.</summary>
    public string FullName => string.Join('/', new[] { Context, Namespace, Kind, Name, Container }.OfType<string>());
}
