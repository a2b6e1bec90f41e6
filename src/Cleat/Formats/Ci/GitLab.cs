using Cleat.Formats.Variables;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Ci;

/// <summary>
/// GitLab CI/CD (docs.gitlab.com, "CI/CD YAML syntax reference": image, services, default, variables, extends, include:local). A variable of the job,
/// of a job that it extends or that extends it, or of a file of the pipeline is judged where its literal stands; what the project or the runner sets is not known.
/// </summary>
internal static class GitLab
{
    // an image in another file of the pipeline may be a variable's of this one, or an input's that it gives
    private static readonly PathSet Paths = new([
        .. GitLabDocument.Images.Paths, "variables.*", "variables.*.value", "*.variables.*",
        "include.inputs.*", "include[].inputs.*", "*.trigger.inputs.*", "*.trigger.include.inputs.*", "*.trigger.include[].inputs.*"]);

    public static IReadOnlyList<Format> All { get; } =
    [
        new("gitlab-ci", "GitLab CI/CD pipeline", ".gitlab-ci.yml", ".gitlab-ci.yaml", "*.gitlab-ci.yml", "*.gitlab-ci.yaml", ".gitlab/ci/**/*.yml", ".gitlab/ci/**/*.yaml") { Paths = Paths, Open = Open, Where = Where },
        new("gitlab-ci", "GitLab CI/CD pipeline, included by local path", "*.yml", "*.yaml")
        {
            Signs = new() { NeverKubernetes = true },
            Claims = static (path, beside) => GitLabPipeline.Around(path, beside) is { } around && around.Self != around.Pipeline.Root,
            Recognises = tree => tree.Child(0, "apiVersion") < 0 && (tree.Count == 0 || tree[0].Kind == NodeKind.Map),
            Paths = Paths,
            Open = Open,
            Where = Where,
        },
    ];

    private static string Where => string.Join(", ", GitLabDocument.Images.Paths) + "; variables that give one";

    private static Action<Place> Open(Document document)
    {
        var around = GitLabPipeline.Around(document.Beside.Path ?? "", document.Beside);
        GitLabView view = new(new(document.Tree), around?.Pipeline, around?.Self ?? "");
        foreach (var (holder, match) in view.Elsewhere())
        {
            var text = holder.Document.Tree[match.Node].Value;
            foreach (var job in view.Running(holder, What(match), text))
            {
                foreach (var pieces in Choices.All(choices => new GitLabValues(view, onlyOwn: true, choices).Text(job, text, 0), text))
                {
                    if (pieces.EndsInValue)
                    {
                        document.Sink.AddOnce(pieces.Use(document.Format.Name, match.Steps, text, default, null));
                    }
                }
            }
        }

        return place => Take(place, view);
    }

    private static void Take(Place place, GitLabView view)
    {
        if (!GitLabDocument.Images.Paths.Contains(place.Match.Pattern) || !GitLabDocument.IsImage(place.Match))
        {
            return;
        }

        if (place.Node.Kind != NodeKind.Scalar || place.Tree.IsNull(place.Match.Node) || !place.Node.Value.Contains('$', StringComparison.Ordinal))
        {
            place.Judge();
            return;
        }

        GitLabJob holder = new(view.Own, view.Self, GitLabDocument.Holder(place.Match));
        foreach (var job in view.Running(holder, What(place.Match), place.Node.Value))
        {
            VariableScalar.Add(place, 0, (text, start, choices) => new GitLabValues(view, onlyOwn: false, choices).Text(job, text, start));
        }
    }

    private static string What(Match match) => match.Pattern.Contains("services", StringComparison.Ordinal) ? "services" : "image";
}
