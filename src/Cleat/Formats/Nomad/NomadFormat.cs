using Cleat.Formats.Hcl;
using Cleat.Formats.Terraform;
using Cleat.Trees.Comments;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Nomad;

/// <summary>Nomad job specifications (developer.hashicorp.com/nomad/docs/job-specification): tasks of the drivers docker and podman.</summary>
internal static class NomadFormat
{
    private static readonly PathSet Paths = new(
        "job.*.group.*.task.*{driver=docker|podman}.config.image",
        "job.*.task.*{driver=docker|podman}.config.image",
        "job.*.group.*.**.sidecar_task{driver!=exec|raw_exec|java|qemu}.config.image");

    public static IReadOnlyList<Format> All { get; } =
    [
        new("nomad", "Nomad job", "*.nomad", "*.hcl")
        {
            Comments = CommentSyntax.Hcl,
            Read = Read,
            Signs = new() { Words = ["image"] },
            Where = string.Join(", ", Paths.Paths) + "; variables and locals that give one",
        },
        new("nomad", "Nomad job as JSON", "*.nomad.json")
        {
            Paths = new("Job.TaskGroups[].Tasks[]{Driver=docker|podman}.Config.image", "TaskGroups[].Tasks[]{Driver=docker|podman}.Config.image"),
        },
    ];

    /// <summary>Jobs as the API takes them, whatever their file is called.</summary>
    public static IReadOnlyList<Format> ByContent { get; } =
    [
        new("nomad", "Nomad job as JSON, by its content", "*.json")
        {
            Requires = ["Job"],
            Paths = new("Job.TaskGroups[].Tasks[]{Driver=docker|podman}.Config.image"),
        },
        new("nomad", "Nomad job as JSON, by its content", "*.json")
        {
            Requires = ["TaskGroups"],
            Paths = new("TaskGroups[].Tasks[]{Driver=docker|podman}.Config.image"),
        },
        new("nomad", "Nomad job in the JSON syntax of HCL, by its content", "*.json")
        {
            Requires = ["job"],
            Paths = new([.. ((string[])["job.*", "job[].*", "job.*[]"]).SelectMany(job => ((string[])["group.*", "group[].*", "group.*[]"]).SelectMany(group =>
                ((string[])["task.*", "task[].*", "task.*[]"]).SelectMany(task => ((string[])["config", "config[]"]).Select(config => $"{job}.{group}.{task}{{driver=docker|podman}}.{config}.image"))))]),
        },
    ];

    private static void Read(Reading reading)
    {
        var file = ModuleFile.Read(reading.Source);
        var tree = file.Tree;
        if (tree.Child(0, "job") < 0)
        {
            // HCL of another program
            return;
        }

        if (file.Problem is { } problem)
        {
            reading.Sink.Problem(problem.Offset, problem.Message);
        }

        HclUses uses = new(reading, tree, new LiteralFinder(new Module("", file, Surroundings.None).Name), _ => null);
        foreach (var written in TreeWalk.Find(tree, Paths, out _).SelectMany(m => Values.Texts(tree, m.Node, m.Steps)))
        {
            uses.Take(written.Behind("docker://") ?? written);
        }
    }
}
