using Cleat.Text;
using Cleat.Trees;

namespace Cleat.Formats.Ci;

/// <summary>
/// GitLab CI/CD (docs.gitlab.com, "CI/CD YAML syntax reference": image, services, default, variables, include:local). A variable of the job
/// or of the file is judged where its literal stands; what the project or the runner sets is not known.
/// </summary>
internal static class GitLab
{
    private static readonly PathSet Paths = new(
        "image", "image.name", "services[]", "services[].name",
        "*.image", "*.image.name", "*.services[]", "*.services[].name");

    // keys at the root that are no jobs (GitLab: "Global keywords")
    private static readonly string[] NoJobs = ["variables", "include", "stages", "workflow", "spec", "cache"];

    public static IReadOnlyList<Format> All { get; } =
    [
        new("gitlab-ci", "GitLab CI/CD pipeline", ".gitlab-ci.yml", ".gitlab-ci.yaml", "*.gitlab-ci.yml", "*.gitlab-ci.yaml", ".gitlab/ci/**/*.yml", ".gitlab/ci/**/*.yaml") { Paths = Paths, Take = Take },
        new("gitlab-ci", "GitLab CI/CD pipeline, included by local path", "*.yml", "*.yaml")
        {
            NeverKubernetes = true,
            Claims = IsIncluded,
            Recognises = tree => tree.Child(0, "apiVersion") < 0 && (tree.Count == 0 || tree[0].Kind == NodeKind.Map),
            Paths = Paths,
            Take = Take,
        },
    ];

    private static void Take(Place place)
    {
        var (tree, match, _, _, _) = place;
        var keys = match.Path.Split('.');
        if (keys.Length > 1 && NoJobs.Contains(keys[0]))
        {
            return;
        }

        if (place.Node.Kind != NodeKind.Scalar || tree.IsNull(match.Node))
        {
            place.Judge();
            return;
        }

        var job = keys[0] is "image" or "services" || keys[0].StartsWith("services[", StringComparison.Ordinal) ? "" : keys[0];
        VariableScalar.Add(place, 0, start => new Interpolation(start, name => Lookup(tree, job, name), Why).Read);
    }

    private static string Why(string name) => name.StartsWith("CI_", StringComparison.Ordinal)
        ? $"GitLab sets {name} when the pipeline runs"
        : $"{name} is set by the project, its group or a trigger: pin its value there, or give it a value in this file";

    private static KnownValue? Lookup(Tree tree, string job, string name)
    {
        foreach (var (holder, path) in ((int, string)[])[(tree.Child(0, job), job + ".variables."), (0, "variables.")])
        {
            var value = tree.Child(tree.Child(holder, "variables"), name);
            if (value >= 0 && (holder > 0 || path[0] == 'v'))
            {
                var inner = tree[value].Kind == NodeKind.Map ? tree.Child(value, "value") : value;
                return Leaf.Of(tree, inner, path + name + (inner == value ? "" : ".value"), "$" + name, "${" + name);
            }
        }

        return null;
    }

    // include:local gives paths from the repository's root, with * and ** (docs.gitlab.com, include:local)
    private static bool IsIncluded(string path, Surroundings beside)
    {
        foreach (var name in (string[])[".gitlab-ci.yml", ".gitlab-ci.yaml"])
        {
            if (beside.Above(name) is { } up && beside.Read(up + name) is { } root)
            {
                var folders = path.Split('/');
                var inner = string.Join('/', folders[^Math.Min((up.Length / 3) + 1, folders.Length)..]);
                return Includes(root).Any(pattern => new FilePattern(pattern.TrimStart('/')) is var p && p.Matches(inner) && (p.Text.Contains('*', StringComparison.Ordinal) || p.Text == inner));
            }
        }

        return false;
    }

    private static IEnumerable<string> Includes(SourceText root)
    {
        if (!root.Span.Contains((byte)'\0') && root.Span.IndexOf("include"u8) >= 0)
        {
            foreach (var part in YamlDocuments.Split(root.Span, root.BomLength))
            {
                foreach (var tree in YamlTrees.Read(root, part, out _))
                {
                    foreach (var match in TreeWalk.Find(tree, new PathSet("include", "include[]", "include.local", "include[].local"), out _))
                    {
                        if (tree[match.Node] is { Kind: NodeKind.Scalar, Value: { Length: > 0 } value })
                        {
                            yield return value;
                        }
                    }
                }
            }
        }
    }
}
