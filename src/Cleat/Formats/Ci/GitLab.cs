using Cleat.Formats.Dockerfile;
using Cleat.Formats.Variables;
using Cleat.Trees.Paths;
using Cleat.Trees;

namespace Cleat.Formats.Ci;

/// <summary>
/// GitLab CI/CD (docs.gitlab.com, "CI/CD YAML syntax reference": image, services, default, variables, extends, include:local). A variable of the job,
/// of a job that it extends or that extends it, or of a file of the pipeline is judged where its literal stands; what the project or the runner sets is not known.
/// </summary>
internal static class GitLab
{
    private const string Global = "variables";

    private static readonly PathSet Images = new(
        "image", "image.name", "services[]", "services[].name",
        "*.image", "*.image.name", "*.services[]", "*.services[].name");

    private static readonly PathSet Paths = new([.. Images.Paths, "variables.*", "variables.*.value"]);

    // keys at the root that are no jobs (GitLab: "Global keywords")
    private static readonly string[] NoJobs = [Global, "include", "stages", "workflow", "spec", "cache"];

    public static IReadOnlyList<Format> All { get; } =
    [
        new("gitlab-ci", "GitLab CI/CD pipeline", ".gitlab-ci.yml", ".gitlab-ci.yaml", "*.gitlab-ci.yml", "*.gitlab-ci.yaml", ".gitlab/ci/**/*.yml", ".gitlab/ci/**/*.yaml") { Paths = Paths, Take = Take, Where = Where },
        new("gitlab-ci", "GitLab CI/CD pipeline, included by local path", "*.yml", "*.yaml")
        {
            NeverKubernetes = true,
            Claims = GitLabPipeline.Includes,
            Recognises = tree => tree.Child(0, "apiVersion") < 0 && (tree.Count == 0 || tree[0].Kind == NodeKind.Map),
            Paths = Paths,
            Take = Take,
            Where = Where,
        },
    ];

    private static string Where => string.Join(", ", Images.Paths) + "; variables that give one";

    /// <summary>The node of a variable that a map with <c>variables</c> sets; -1 when it does not.</summary>
    public static int Value(Tree tree, int holder, string name)
    {
        var value = tree.Child(tree.Child(holder, Global), name);
        return value >= 0 && tree[value].Kind == NodeKind.Map ? tree.Child(value, "value") : value;
    }

    /// <summary>A variable that a map with <c>variables</c> sets.</summary>
    public static KnownValue? Variable(Tree tree, int holder, Steps path, string name) =>
        Value(tree, holder, name) is var value and >= 0
            ? Leaf.Of(tree, value, path.Add(Steps.Of(tree[tree.Child(tree.Child(holder, Global), name)].Kind == NodeKind.Map ? [Global, name, "value"] : [Global, name])), "$" + name, "${" + name)
            : null;

    private static void Take(Place place)
    {
        var (tree, match, _, sink, beside) = place;
        if (match.Steps is { Count: > 1 } && match.Steps.StartsWith(Global))
        {
            // an image in another file of the pipeline may be this variable's
            if (place.Node.Kind == NodeKind.Scalar && match.Pattern != "*.image" && GitLabPipeline.Of(tree, beside) is { Files.Count: > 1 } all)
            {
                TakeVariable(place, match.Steps[1].Key!, all);
            }

            return;
        }

        var job = Job(match);
        if (NoJobs.Contains(job))
        {
            return;
        }

        if (place.Node.Kind != NodeKind.Scalar || tree.IsNull(match.Node) || !place.Node.Value.Contains('$', StringComparison.Ordinal))
        {
            place.Judge();
            return;
        }

        Lazy<GitLabPipeline?> pipeline = new(() => GitLabPipeline.Of(tree, beside));
        foreach (var running in Running(tree, job, What(match)))
        {
            VariableScalar.Add(place, 0, start => new Interpolation(start, name => OfJob(tree, running, name) ?? (pipeline.Value is { } known ? known.Variable(name, tree) : Variable(tree, 0, Steps.Root, name)), name => Why(name, pipeline.Value)).Read);
        }
    }

    private static void TakeVariable(Place place, string name, GitLabPipeline pipeline)
    {
        foreach (var (path, other) in pipeline.Files)
        {
            if (other == place.Tree || other.Source.Span.IndexOf(System.Text.Encoding.UTF8.GetBytes(name)) < 0)
            {
                continue;
            }

            foreach (var match in TreeWalk.Find(other, Images, out _))
            {
                ref readonly var node = ref other[match.Node];
                if (node.Kind != NodeKind.Scalar || !node.Value.Contains('$', StringComparison.Ordinal) || Job(match) is var job && NoJobs.Contains(job))
                {
                    continue;
                }

                foreach (var running in Running(other, job, What(match)))
                {
                    var pieces = new Interpolation(0, n => OfJob(other, running, n) is { } own ? own with { Span = null, OtherFile = path } : pipeline.Variable(n, other)).Read(node.Value);
                    if (pieces.EndsInValue && pieces.Use(place.Format.Name, match.Steps, node.Value, default, null) is var use && use.Span == place.Node.Span)
                    {
                        place.Sink.AddOnce(use);
                    }
                }
            }
        }
    }

    private static string Why(string name, GitLabPipeline? pipeline) => name.StartsWith("CI_", StringComparison.Ordinal) ? $"GitLab sets {name} when the pipeline runs"
        : pipeline?.IncludesMore == true ? $"{name} is set by the project, its group, a trigger, or what the pipeline includes from elsewhere: pin its value there, or give it a value in this file"
        : $"{name} is set by the project, its group or a trigger: pin its value there, or give it a value in this file";

    // the key of the job; its name may have dots
    private static string Job(Match match) => match.Pattern[0] != '*' ? ""
        : match.Steps[0].Key!;

    private static string What(Match match) => match.Pattern.Contains("services", StringComparison.Ordinal) ? "services" : "image";

    // the jobs that an image or a service of a job is for: itself, and when it only is there to be extended those that do and name no other
    private static List<string> Running(Tree tree, string job, string what)
    {
        if (!job.StartsWith('.'))
        {
            return [job];
        }

        List<string> heirs = [job];
        for (var i = 0; i < heirs.Count; i++)
        {
            for (var key = tree[0].First; key >= 0; key = tree[tree[key].Next].Next)
            {
                var heir = tree.Target(tree[key].Next);
                if (tree.Child(heir, what) < 0 && !heirs.Contains(tree[key].Value) && Extended(tree, heir).Contains(heirs[i]))
                {
                    heirs.Add(tree[key].Value);
                }
            }
        }

        return heirs.FindAll(h => !h.StartsWith('.')) is { Count: > 0 } jobs ? jobs : [job];
    }

    private static IEnumerable<string> Extended(Tree tree, int job)
    {
        var extends = tree.Child(job, "extends");
        for (var item = extends < 0 ? -1 : tree[extends].Kind == NodeKind.Sequence ? tree[extends].First : extends; item >= 0; item = item == extends ? -1 : tree[item].Next)
        {
            if (tree[item].Kind == NodeKind.Scalar)
            {
                yield return tree[item].Value;
            }
        }
    }

    // the job's own variables, then those of what it extends, the last first
    private static KnownValue? OfJob(Tree tree, string job, string name)
    {
        List<string> jobs = job.Length == 0 ? [] : [job];
        for (var i = 0; i < jobs.Count; i++)
        {
            if (tree.Child(0, jobs[i]) is var holder and >= 0)
            {
                if (Variable(tree, holder, Steps.Of(jobs[i]), name) is { } value)
                {
                    return value;
                }

                jobs.InsertRange(i + 1, Extended(tree, holder).Reverse().Where(e => !jobs.Contains(e)));
            }
        }

        return null;
    }
}
