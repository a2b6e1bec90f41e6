using System.Text.Json.Serialization;
using System.Text.Json;

namespace Cleat.Running.Docker;

// The parts of the engine API (docs.docker.com/reference/api/engine) that are read. An engine may leave out any of them.

internal sealed record EngineInfo(string? Name, string? OSType, string? Architecture, SwarmInfo? Swarm);

internal sealed record SwarmInfo(string? NodeID, string? LocalNodeState, bool? ControlAvailable);

internal sealed record ListedContainer(string? Id);

/// <param name="Image">The id of the image it was made from.</param>
internal sealed record InspectedContainer(string? Id, string? Name, string? Image, ContainerState? State, ContainerConfig? Config);

internal sealed record ContainerState(string? Status);

/// <param name="Image">What was asked for.</param>
internal sealed record ContainerConfig(string? Image, Dictionary<string, string>? Labels);

internal sealed record ListedImage(string? Id, List<string>? RepoTags, List<string>? RepoDigests);

/// <param name="Spec">As the engine sent it: an update hands back all of it.</param>
internal sealed record ServiceEntry(string? ID, ObjectVersion? Version, JsonElement Spec);

internal sealed record ObjectVersion(ulong? Index);

internal sealed record ListedTask(string? ServiceID, string? NodeID, string? DesiredState, TaskStatus? Status, TaskSpec? Spec);

internal sealed record TaskStatus(string? State, TaskContainer? ContainerStatus);

internal sealed record TaskContainer(string? ContainerID);

internal sealed record TaskSpec(TaskContainerSpec? ContainerSpec);

internal sealed record TaskContainerSpec(string? Image);

internal sealed record ListedNode(string? ID, NodeDescription? Description);

internal sealed record NodeDescription(string? Hostname, NodePlatform? Platform);

internal sealed record NodePlatform(string? Architecture, string? OS);

internal sealed record UpdateAnswer(List<string>? Warnings);

internal sealed record ErrorAnswer([property: JsonPropertyName("message")] string? Message);

[JsonSerializable(typeof(EngineInfo))]
[JsonSerializable(typeof(List<ListedContainer>))]
[JsonSerializable(typeof(InspectedContainer))]
[JsonSerializable(typeof(List<ListedImage>))]
[JsonSerializable(typeof(ListedImage))]
[JsonSerializable(typeof(List<ServiceEntry>))]
[JsonSerializable(typeof(ServiceEntry))]
[JsonSerializable(typeof(List<ListedTask>))]
[JsonSerializable(typeof(List<ListedNode>))]
[JsonSerializable(typeof(UpdateAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class EngineJson : JsonSerializerContext;
