using Cleat.Files;

namespace Cleat;

/// <summary>Which Docker engine, or Podman, is looked at. Every default is visible here.</summary>
public sealed record DockerSettings
{
    /// <summary>Its address, <c>unix:///path</c> or <c>tcp://host:port</c>; null to find it as docker does.</summary>
    public string? Host { get; init; }

    /// <summary>The docker context that names it; null for the current one. Not together with <see cref="Host"/>.</summary>
    public string? Context { get; init; }

    /// <summary>For one answer of the engine, its body included.</summary>
    public TimeSpan RequestTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Environment variables by name: <c>DOCKER_HOST</c>, <c>DOCKER_CONTEXT</c>, <c>DOCKER_CONFIG</c>, …</summary>
    public Func<string, string?> Environment { get; init; } = UserEnvironment.Variable;
}
