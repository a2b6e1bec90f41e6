using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Paths;
using Cleat.Trees.Yaml;

namespace Cleat.Formats.Ci;

/// <summary>A workflow of GitHub Actions: the workflows that its jobs use, and the images that its inputs name.</summary>
internal sealed class GitHubWorkflow : CiFile
{
    /// <summary>How deep workflows may use each other (docs.github.com, "Reusing workflow configurations": ten levels).</summary>
    public const int Levels = 10;

    private readonly Lazy<IReadOnlyList<CiCall>> calls;
    private readonly Lazy<IReadOnlyList<Match>> images;
    private readonly Dictionary<string, GitHubMatrix> matrices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ILookup<string, (int Run, Steps Path)>> scripts = new(StringComparer.Ordinal);

    public GitHubWorkflow(Tree tree, string path)
        : base(tree, path)
    {
        calls = new(FindCalls);
        images = new(() => [.. TreeWalk.Find(Tree, Images, out _).Where(m => Tree[m.Node] is { Kind: NodeKind.Scalar } node && node.Value.Contains("inputs", StringComparison.Ordinal))]);
    }

    /// <summary>Where images stand.</summary>
    public static PathSet Images { get; } = new("jobs.*.container", "jobs.*.container.image", "jobs.*.services.*", "jobs.*.services.*.image");

    public override IReadOnlyList<CiCall> Calls => calls.Value;

    public override IReadOnlyList<Match> OfCallers => images.Value;

    /// <summary>The workflows in the folder of a file.</summary>
    public static CiFiles Around(Surroundings folder) => new(folder.Files("")
        .Where(f => f.EndsWith(".yml", StringComparison.Ordinal) || f.EndsWith(".yaml", StringComparison.Ordinal))
        .Select(f => folder.Parsed(f, Parse)).OfType<Parsed>().Select(p => p.Workflow).OfType<GitHubWorkflow>());

    /// <summary>The matrix of a job.</summary>
    public GitHubMatrix Matrix(string job)
    {
        lock (matrices)
        {
            return matrices.TryGetValue(job, out var known) ? known : matrices[job] = new(Tree, job);
        }
    }

    /// <summary>The scripts of the steps of a job that have an id.</summary>
    public IEnumerable<(int Run, Steps Path)> Scripts(string job, string id)
    {
        lock (scripts)
        {
            if (!scripts.TryGetValue(job, out var known))
            {
                scripts[job] = known = FindScripts(Steps.Of("jobs", job, "steps")).ToLookup(s => s.Id, s => (s.Run, s.Path), StringComparer.Ordinal);
            }

            return known[id];
        }
    }

    private List<(string Id, int Run, Steps Path)> FindScripts(Steps steps)
    {
        List<(string, int, Steps)> found = [];
        var index = 0;
        foreach (var item in Tree.Items(Tree.Find(steps)))
        {
            var step = Tree.Target(item);
            if (Tree.Text(step, "id") is { } id && Tree.Child(step, "run") is var run and >= 0 && Tree[run].Kind == NodeKind.Scalar)
            {
                found.Add((id, run, steps.Add(Steps.Of(index, "run"))));
            }

            index++;
        }

        return found;
    }

    private static Parsed Parse(SourceText source) => new(source);

    private List<CiCall> FindCalls()
    {
        List<CiCall> found = [];
        foreach (var (key, value) in Tree.Entries(Tree.Child(0, "jobs")))
        {
            // ./.github/workflows/x.yml, from the repository's root
            if (Tree.Text(Tree.Target(value), "uses") is { } uses && uses.StartsWith("./", StringComparison.Ordinal))
            {
                var name = uses[(uses.LastIndexOf('/') + 1)..];
                found.Add(new(this, RelativePath.Join(RelativePath.Folder(Path), name), Tree.Child(Tree.Target(value), "with"), Steps.Of("jobs", Tree[key].Value, "with")));
            }
        }

        return found;
    }

    private sealed class Parsed(SourceText source)
    {
        public GitHubWorkflow? Workflow { get; } = source.Span.Contains((byte)'\0') ? null
            : YamlDocuments.Split(source.Span, source.BomLength).SelectMany(part => YamlTrees.Read(source, part, out _)).FirstOrDefault(t => t.Count > 0) is { } tree ? new(tree, source.Path) : null;
    }
}
