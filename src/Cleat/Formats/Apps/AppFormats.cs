using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Apps;

/// <summary>Descriptions of applications and of what installs them: rows, where the paths say all.</summary>
internal static class AppFormats
{
    private static readonly string[] Container = ["docker_container", "community.docker.docker_container", "community.general.docker_container", "docker_swarm_service", "community.docker.docker_swarm_service", "podman_container", "containers.podman.podman_container"];

    private static readonly string[] Image = ["docker_image", "community.docker.docker_image", "community.docker.docker_image_pull", "podman_image", "containers.podman.podman_image"];

    public static IReadOnlyList<Format> All { get; } =
    [
        new("ansible", "Ansible tasks and playbooks", "tasks/**/*.yml", "tasks/**/*.yaml", "handlers/**/*.yml", "handlers/**/*.yaml", "playbooks/**/*.yml", "playbooks/**/*.yaml", "playbook*.yml", "playbook*.yaml", "site.yml", "site.yaml")
        {
            Recognises = tree => tree[0].Kind == NodeKind.Sequence,
            Paths = new([.. Container.Select(m => $"**.'{m}'.image"), .. Image.Select(m => $"**.'{m}'{{source!=build}}.name"), "**.containers[].image", "**.initContainers[].image"]),
            Take = Ansible,
        },
        new("score", "Score workload", "score.yaml", "score.yml", "*.score.yaml", "*.score.yml")
        {
            Paths = new("containers.*.image"),
            Take = Score,
        },
        new("fly", "Fly.io application", "fly.toml", "fly.*.toml") { Paths = new("build.image", "build.builder") },
        new("devfile", "Devfile", "devfile.yaml", "devfile.yml", ".devfile.yaml", ".devfile.yml") { Requires = ["schemaVersion"], Paths = new("components[].container.image") },
        new("pulumi", "Pulumi YAML program", "Pulumi.yaml", "Pulumi.yml")
        {
            Requires = ["resources"],
            Paths = new(
                "resources.*.properties.**.containers[].image", "resources.*.properties.**.initContainers[].image",
                "resources.*{type=docker:Container|docker:index/container:Container|docker:index:Container}.properties.image",
                "resources.*{type=docker:RemoteImage|docker:index/remoteImage:RemoteImage|docker:index:RemoteImage}.properties.name",
                "resources.*{type=docker:Service|docker:index/service:Service|docker:index:Service}.properties.taskSpec.containerSpec.image"),
        },
    ];

    // docker_image: name and tag may stand apart (docs.ansible.com, community.docker.docker_image)
    private static void Ansible(Place place)
    {
        if (place.Match.Steps.Key == "name" && place.Node.Kind == NodeKind.Scalar && place.Tree.Text(place.Match.Holder, "tag") is { } tag && place.Node.Value.Length > 0)
        {
            var text = place.Node.Value.Contains('@', StringComparison.Ordinal) ? place.Node.Value : $"{place.Node.Value}:{tag}";
            PinSite site = new PinSite.Nowhere("name and tag stand apart: write them as one in 'name', then pin");
            place.Sink.Add(ScalarUse.Judged(place.Format.Name, place.Match.Steps, text, place.Node.Span, site, null));
        }
        else
        {
            place.Judge();
        }
    }

    private static void Score(Place place)
    {
        if (place.Node is { Kind: NodeKind.Scalar, Value: "." })
        {
            // docs.score.dev, "Score specification": the image that is built for the workload
            place.Sink.Add(ScalarUse.Local(place.Format.Name, place.Match.Steps, ".", place.Node.Span, "the image is built for the workload"));
        }
        else
        {
            place.Judge();
        }
    }
}
