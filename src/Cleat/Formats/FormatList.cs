using Cleat.Formats.Compose;
using Cleat.Formats.DockerHub;
using Cleat.Formats.Dockerfile;

namespace Cleat.Formats;

/// <summary>THE list. The first format that claims a document reads it.</summary>
internal static class FormatList
{
    public static Format Dockerfile { get; } = new("dockerfile", "Dockerfile, Containerfile")
    {
        Read = (source, format, sink) => DockerfileFormat.Read(source.Bytes, OffsetMap.Shift(0), format.Name, "", sink),
    };

    public static IReadOnlyList<Format> Trees { get; } =
    [
        new("docker-hub-tag", "Docker Hub tag document", "*.json")
        {
            Requires = ["images", "name"],
            Paths = new("images[]"),
            Take = DockerHubTag.Take,
        },
        new("kubernetes", "Kubernetes manifest", "*.yaml", "*.yml", "*.json")
        {
            Requires = ["apiVersion", "kind"],
            Paths = new(
                "**.containers[].image",
                "**.initContainers[].image",
                "**.ephemeralContainers[].image",
                "**.volumes[].image.reference"),
        },
        new("compose", "Compose file, swarm stack", "compose*.yaml", "compose*.yml", "docker-compose*.yaml", "docker-compose*.yml", "*.stack.yaml", "*.stack.yml")
        {
            Requires = ["services"],
            Paths = ComposeFormat.Paths,
            Take = ComposeFormat.Take,
        },
        new("compose", "Compose file, version 1", "compose*.yaml", "compose*.yml", "docker-compose*.yaml", "docker-compose*.yml")
        {
            Paths = ComposeFormat.Version1Paths,
            Take = ComposeFormat.Take,
        },
    ];
}
