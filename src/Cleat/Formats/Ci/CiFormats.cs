using Cleat.Formats.Variables;
using Cleat.Trees.Paths;
using Cleat.Trees;

namespace Cleat.Formats.Ci;

/// <summary>Continuous integration: rows where the paths say all, and what has code of its own.</summary>
internal static class CiFormats
{
    public static IReadOnlyList<Format> All { get; } =
    [
        .. GitHub.All,
        GitLab.All[0],
        Circle.Format,
        new("bitbucket", "Bitbucket Pipelines", "bitbucket-pipelines.yml", "bitbucket-pipelines.yaml")
        {
            Paths = new("image", "image.name", "**.step.image", "**.step.image.name", "definitions.services.*.image", "definitions.services.*.image.name", "**.pipe = docker://"),
        },
        Azure.Format,
        new("drone", "Drone pipeline", ".drone.yml", ".drone.yaml", ".drone/*.yml", ".drone/*.yaml")
        {
            Paths = new("steps[].image", "services[].image", "pipeline.*.image", "services.*.image", "clone.image", "clone.*.image"),
        },
        new("woodpecker", "Woodpecker, Crow pipeline", ".woodpecker.yml", ".woodpecker.yaml", ".woodpecker/**/*.yml", ".woodpecker/**/*.yaml", ".crow.yml", ".crow.yaml", ".crow/**/*.yml", ".crow/**/*.yaml")
        {
            Paths = new("steps[].image", "steps.*.image", "services[].image", "services.*.image", "clone[].image", "clone.*.image", "pipeline.*.image"),
            Take = Woodpecker,
        },
        new("vela", "Vela pipeline", ".vela.yml", ".vela.yaml")
        {
            Paths = new("steps[].image", "stages.*.steps[].image", "services[].image", "secrets[].origin.image"),
        },
        new("cloud-build", "Google Cloud Build", "cloudbuild*.yaml", "cloudbuild*.yml", "cloudbuild*.json")
        {
            Requires = ["steps"],
            Paths = new("steps[].name"),
            Take = place => Substituted(place, "substitutions"),
        },
        Buildkite.Format,
        new("semaphore", "Semaphore pipeline", ".semaphore/**/*.yml", ".semaphore/**/*.yaml") { Paths = new("**.agent.containers[].image") },
        new("codefresh", "Codefresh pipeline", "codefresh.yml", "codefresh.yaml", ".codefresh/*.yml", ".codefresh/*.yaml")
        {
            Paths = new("**.steps.*{type!=build}.image", "**.steps.*.services.composition.*.image"),
        },
        new("screwdriver", "Screwdriver pipeline", "screwdriver.yaml", "screwdriver.yml") { Paths = new("shared.image", "jobs.*.image") },
    ];

    // docs.prow.k8s.io, "ProwJobs": pods, and the images that decorate them
    private static readonly PathSet ProwPaths = new("**.containers[].image", "**.initContainers[].image", "**.utility_images.*");

    /// <summary>Formats that are known by what stands in them, not by their name.</summary>
    public static IReadOnlyList<Format> ByContent { get; } = [.. Concourse.All, GitLab.All[1], Azure.ByContent, Azure.Template, .. ((string[])["presubmits", "postsubmits", "periodics", "plank"]).Select(Prow)];

    private static Format Prow(string root) => new("prow", $"Prow jobs, {root}", "*.yaml", "*.yml")
    {
        Requires = [root],
        Signs = new() { NeverKubernetes = true },
        Recognises = static tree => tree.Child(0, "apiVersion") < 0,
        Paths = ProwPaths,
    };

    // variables in the shell's manner that a map at the root sets
    private static void Substituted(Place place, string root)
    {
        var tree = place.Tree;
        if (place.Node.Kind != NodeKind.Scalar || tree.IsNull(place.Match.Node))
        {
            place.Judge();
            return;
        }

        VariableScalar.Add(place, 0, start => new Interpolation(
            start,
            name => KnownValue.At(tree, tree.Child(tree.Child(0, root), name), Steps.Of(root, name), "$" + name, "${" + name)).Read);
    }

    // woodpecker-ci.org/docs, "Matrix workflows": ${X} is a value of the matrix
    private static void Woodpecker(Place place)
    {
        var tree = place.Tree;
        if (place.Node.Kind != NodeKind.Scalar || !place.Node.Value.Contains("${", StringComparison.Ordinal) || tree.Child(0, "matrix") < 0)
        {
            place.Judge();
            return;
        }

        CiMatrix matrix = new(tree, Steps.Of("matrix"), Steps.Of("matrix", "include"));
        VariableScalar.Add(place, 0, (text, start, choices) => new Interpolation(start, name => matrix.Value(name, choices, "$" + name, "${" + name)).Read(text));
    }
}
