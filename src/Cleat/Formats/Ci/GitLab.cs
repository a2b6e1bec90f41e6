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
    // an image in another file of the pipeline may be a variable's of this one
    private static readonly PathSet Paths = new([.. GitLabDocument.Images.Paths, "variables.*", "variables.*.value"]);

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
        foreach (var (other, file, match) in view.Elsewhere())
        {
            foreach (var pieces in Ways(view, other, file, match, 0))
            {
                if (pieces.EndsInValue)
                {
                    document.Sink.AddOnce(pieces.Use(document.Format.Name, match.Steps, other.Tree[match.Node].Value, default, null));
                }
            }
        }

        return place => Take(place, view, around?.Self ?? "");
    }

    private static void Take(Place place, GitLabView view, string self)
    {
        if ((place.Match.Steps.Count > 1 && place.Match.Steps.StartsWith(GitLabDocument.Variables)) || !GitLabDocument.IsImage(place.Match))
        {
            return;
        }

        if (place.Node.Kind != NodeKind.Scalar || place.Tree.IsNull(place.Match.Node) || !place.Node.Value.Contains('$', StringComparison.Ordinal))
        {
            place.Judge();
            return;
        }

        foreach (var job in GitLabView.Running(view.Own, GitLabDocument.Holder(place.Match), What(place.Match)))
        {
            VariableScalar.Add(place, 0, (text, start, _) => Text(view, view.Own, self, job, start).Read(text));
        }
    }

    private static IEnumerable<Assembled> Ways(GitLabView view, GitLabDocument document, string file, Match match, int start) =>
        GitLabView.Running(document, GitLabDocument.Holder(match), What(match)).Select(job => Text(view, document, file, job, start).Read(document.Tree[match.Node].Value));

    private static Interpolation Text(GitLabView view, GitLabDocument document, string file, string? job, int start) =>
        new(start, name => view.Variable(document, file, job, name), view.Why);

    private static string What(Match match) => match.Pattern.Contains("services", StringComparison.Ordinal) ? "services" : "image";
}
