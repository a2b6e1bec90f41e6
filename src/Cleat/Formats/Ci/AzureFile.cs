using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Paths;
using Cleat.Trees.Yaml;

namespace Cleat.Formats.Ci;

/// <summary>A pipeline or a template of Azure Pipelines: the aliases it gives containers, and the templates it uses.</summary>
internal sealed class AzureFile : CiFile
{
    /// <summary>How deep templates may use each other (learn.microsoft.com, "Template usage reference": 100 levels).</summary>
    public const int Levels = 100;

    private static readonly PathSet Templates = new("**.template");

    // what a pipeline says and a template does not
    private static readonly string[] OfPipeline = ["trigger", "pr", "schedules", "pool", "resources", "extends"];

    private readonly Lazy<IReadOnlyList<CiCall>> calls;
    private readonly Lazy<IReadOnlyList<Match>> images;

    /// <param name="root">The folder that a template's path with a slash in front starts at.</param>
    public AzureFile(Tree tree, string path, string root)
        : base(tree, path)
    {
        calls = new(() => FindCalls(root));
        images = new(() => [.. TreeWalk.Find(Tree, Images, out _).Where(m => Tree[m.Node] is { Kind: NodeKind.Scalar } node && node.Value.Contains('$', StringComparison.Ordinal))]);
        foreach (var item in tree.Items(tree.Child(tree.Child(0, "resources"), "containers")))
        {
            if (tree.Text(tree.Target(item), "container") is { } alias)
            {
                Aliases.Add(alias);
            }
        }
    }

    /// <summary>Where images stand; the last lines are for jobs and their keys below a <c>${{ if }}</c>.</summary>
    public static PathSet Images { get; } = new(
        "resources.containers[].image",
        "container", "container.image",
        "**.jobs[].container", "**.jobs[].container.image",
        "**.jobs[].services.*", "**.services.*.image",
        "**.jobs[].*[].container", "**.jobs[].*[].container.image",
        "**.jobs[].*.container", "**.jobs[].*.container.image",
        "*.container", "*.container.image");

    public HashSet<string> Aliases { get; } = new(StringComparer.Ordinal);

    /// <summary>True for what is known to be a whole pipeline, not a template.</summary>
    public bool IsPipeline => Array.Exists(OfPipeline, key => Tree.Child(0, key) >= 0);

    public override IReadOnlyList<CiCall> Calls => calls.Value;

    public override IReadOnlyList<Match> OfCallers => images.Value;

    /// <summary>True for a document that no other system would write.</summary>
    public static bool Recognises(Tree tree)
    {
        foreach (var (list, key) in (ReadOnlySpan<(string, string)>)[("stages", "stage"), ("jobs", "job"), ("jobs", "deployment"), ("steps", "task"), ("steps", "script"), ("steps", "bash"), ("steps", "pwsh"), ("steps", "checkout")])
        {
            foreach (var item in tree.Items(tree.Child(0, list)))
            {
                if (tree.Child(item, key) >= 0 || tree.Child(item, "template") >= 0)
                {
                    return true;
                }
            }
        }

        return tree.Child(tree.Child(0, "pool"), "vmImage") >= 0 || tree.Child(tree.Child(0, "extends"), "template") >= 0;
    }

    /// <summary>True when a key is an instruction for inserting what is below it: <c>${{ if … }}</c>.</summary>
    public static bool IsInserted(Step step) => step.Key?.StartsWith("${{", StringComparison.Ordinal) == true;

    /// <summary>The file that a text holds; null when it holds none.</summary>
    public static AzureFile? Read(SourceText source, string root) => source.Span.Contains((byte)'\0') ? null
        : YamlDocuments.Split(source.Span, source.BomLength).SelectMany(part => YamlTrees.Read(source, part, out _)).FirstOrDefault(t => t.Count > 0) is { } tree ? new(tree, source.Path, root) : null;

    private List<CiCall> FindCalls(string root)
    {
        List<CiCall> found = [];
        foreach (var match in TreeWalk.Find(Tree, Templates, out _))
        {
            if (Tree[match.Node] is not { Kind: NodeKind.Scalar, Value: { Length: > 0 } written } || written.Contains("${{", StringComparison.Ordinal))
            {
                continue;
            }

            // x.yml, /x.yml from the repository's root, x.yml@self; what stands behind another @ is elsewhere
            var name = written.EndsWith("@self", StringComparison.Ordinal) ? written[..^"@self".Length] : written;
            if (!name.Contains('@', StringComparison.Ordinal))
            {
                var to = name.StartsWith('/') ? RelativePath.Join(root, name.TrimStart('/')) : RelativePath.Join(RelativePath.Folder(Path), name);
                found.Add(new(this, to, Tree.Child(match.Holder, "parameters"), match.Steps.Parent.Add("parameters")));
            }
        }

        return found;
    }
}
