using Cleat.Trees;

namespace Cleat.Formats.Apps;

/// <summary>Descriptions of applications and of what installs them: rows, where the paths say all.</summary>
internal static class AppFormats
{
    public static IReadOnlyList<Format> All { get; } =
    [
        new("score", "Score workload", "score.yaml", "score.yml", "*.score.yaml", "*.score.yml")
        {
            Paths = new("containers.*.image"),
            Take = Score,
        },
        new("home-assistant", "Home Assistant add-on build", "build.yaml", "build.yml", "build.json") { Requires = ["build_from"], Paths = new("build_from.*") },
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

    /// <summary>Score workloads in files of any name.</summary>
    public static Format ScoreByContent { get; } = new("score", "Score workload, by its content", "*.yaml", "*.yml")
    {
        Requires = ["containers"],
        Recognises = tree => tree.Text(0, "apiVersion")?.StartsWith("score.dev/", StringComparison.Ordinal) == true,
        Paths = new("containers.*.image"),
        Take = Score,
    };

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
