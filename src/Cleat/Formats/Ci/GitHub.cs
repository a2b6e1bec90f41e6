using System.Text;
using Cleat.Formats.Dockerfile;
using Cleat.Formats.Variables;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Formats.Ci;

/// <summary>
/// GitHub Actions (docs.github.com, "Workflow syntax": jobs.&lt;job_id&gt;.container, .services, .steps[*].uses, .strategy.matrix) and the systems
/// that took its syntax. Each value that an expression may have is judged where it stands. An expression that is empty means no container.
/// </summary>
internal static class GitHub
{
    private const string BuildArguments = "jobs.*.steps[]{uses=docker/build-push-action@*}.with.build-args";

    private const string BuildContexts = "jobs.*.steps[]{uses=docker/build-push-action@*}.with.build-contexts";
    private const string DockerImage = "docker-image://";

    public static IReadOnlyList<Format> All { get; } =
    [
        new("github-actions", "GitHub Actions workflow (Gitea, Forgejo)", ".github/workflows/*.yml", ".github/workflows/*.yaml", ".gitea/workflows/*.yml", ".gitea/workflows/*.yaml", ".forgejo/workflows/*.yml", ".forgejo/workflows/*.yaml")
        {
            // the last three: what a workflow gives to one beside it, which may name an image with it
            Paths = new([
                .. GitHubWorkflow.Images.Paths, "jobs.*.steps[].uses = docker://",
                "jobs.*{uses=./.github/*}.with.*", "jobs.*{uses=./.gitea/*}.with.*", "jobs.*{uses=./.forgejo/*}.with.*",
                BuildArguments, BuildContexts]),
            Open = Open,
            Where = string.Join(", ", GitHubWorkflow.Images.Paths) + ", jobs.*.steps[].uses = docker://; values that give one",
        },
        new("github-action", "GitHub action", "action.yml", "action.yaml")
        {
            Requires = ["runs"],
            Paths = new("runs.image = docker://", "runs.steps[].uses = docker://"),
        },
    ];

    // github.com/docker/build-push-action, "inputs": NAME=value, one a line
    private static void TakeArguments(Place place)
    {
        var (tree, node) = (place.Tree, place.Node);
        if (node.Kind != NodeKind.Scalar)
        {
            return;
        }

        var root = place.Beside.In("../../");
        var file = tree.Text(place.Match.Holder, "file");
        var dockerfile = place.Match.Pattern == BuildContexts ? null : BuildArgumentPlace.Dockerfile(root, file is null ? tree.Text(place.Match.Holder, "context") : ".", file);
        var next = node.Span.Start;
        foreach (var line in tree.Source.Slice(node.Span).Split('\n'))
        {
            var at = next;
            next += Encoding.UTF8.GetByteCount(line) + 1;
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || line[..equals].Trim() is not { Length: > 0 } name || line.Contains("${{", StringComparison.Ordinal))
            {
                continue;
            }

            var value = line[(equals + 1)..].TrimEnd();
            var start = at + Encoding.UTF8.GetByteCount(line.AsSpan(0, equals + 1));
            if (dockerfile is not null)
            {
                BuildArgumentPlace.Take(place, dockerfile, name, value, start);
            }
            else if (place.Match.Pattern == BuildContexts && value.StartsWith(DockerImage, StringComparison.Ordinal))
            {
                TextSpan span = new(start + DockerImage.Length, Encoding.UTF8.GetByteCount(value) - DockerImage.Length);
                place.Sink.AddOnce(ScalarUse.Judged(place.Format.Name, place.Match.Steps, value[DockerImage.Length..], span, new PinSite.Text(span), null));
            }
        }
    }

    private static Action<Place> Open(Document document)
    {
        var path = document.Beside.Path ?? "";
        GitHubWorkflow own = new(document.Tree, path);
        CiFileView view = new(own, new(() => path.Length == 0 ? null : document.Beside.Opened("", GitHubWorkflow.Around)));
        var isGiven = false;
        return place =>
        {
            if (place.Match.Pattern is BuildArguments or BuildContexts)
            {
                TakeArguments(place);
            }
            else if (place.Match.Pattern.EndsWith(".with.*", StringComparison.Ordinal))
            {
                if (!isGiven)
                {
                    isGiven = true;
                    Given(document, view);
                }
            }
            else if (place.Match.Prefix.Length > 0 || place.Node.Kind != NodeKind.Scalar || !place.Node.Value.Contains("${{", StringComparison.Ordinal))
            {
                place.Judge();
            }
            else
            {
                VariableScalar.Add(place, 0, (text, start, choices) => Text(view, null, choices, own, place.Match.Steps[1].Key!, text, start, place.Match.Steps));
            }
        };
    }

    // what this workflow gives to others, and ends an image there
    private static void Given(Document document, CiFileView view)
    {
        var used = view.Used(GitHubWorkflow.Levels);
        HashSet<CiFile> through = [view.Own, .. used];
        foreach (var file in used.OfType<GitHubWorkflow>())
        {
            foreach (var match in file.OfCallers)
            {
                var text = file.Tree[match.Node].Value;
                foreach (var pieces in Choices.All(choices => Text(view, through, choices, file, match.Steps[1].Key!, text, 0, match.Steps), text))
                {
                    if (pieces.EndsInValue)
                    {
                        document.Sink.AddOnce(pieces.Use(document.Format.Name, match.Steps, text, default, null));
                    }
                }
            }
        }
    }

    private static Assembled Text(CiFileView view, IReadOnlySet<CiFile>? through, Choices choices, GitHubWorkflow workflow, string job, string text, int start, Steps path)
    {
        var pieces = new GitHubValues(view, through, choices).Text(workflow, job, text, start, path);
        if (pieces.Unknown is null && pieces.Text.Length == 0)
        {
            // no container
            choices.Drop();
        }

        return pieces;
    }
}
