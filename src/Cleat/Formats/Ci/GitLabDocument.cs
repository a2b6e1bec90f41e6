using Cleat.Formats.Variables;
using Cleat.Trees;
using Cleat.Trees.Paths;
using Cleat.Trees.Yaml;
using Cleat.Text;

namespace Cleat.Formats.Ci;

/// <summary>The documents of a file of a pipeline, for the files that belong to the same pipeline.</summary>
internal sealed class GitLabFile(SourceText source)
{
    public IReadOnlyList<GitLabDocument> Documents { get; } = source.Span.Contains((byte)'\0')
        ? []
        : [.. YamlDocuments.Split(source.Span, source.BomLength).SelectMany(part => YamlTrees.Read(source, part, out _)).Where(t => t.Count > 0).Select(t => new GitLabDocument(t))];

    /// <summary>How often each variable is named in the file, anywhere in it.</summary>
    public Dictionary<string, int> Named { get; } = Interpolation.Names(source.Slice(new(0, source.Bytes.Length))).CountBy(name => name).ToDictionary(StringComparer.Ordinal);
}

/// <summary>One document of a pipeline: what it sets, which of its jobs extend which, and where its images stand.</summary>
internal sealed class GitLabDocument
{
    public const string Variables = "variables";

    private static readonly PathSet Locals = new("include", "include[]", "include.local", "include[].local");
    private static readonly string[] Elsewhere = ["remote", "project", "component", "template"];

    // keys at the root that are no jobs (GitLab: "Global keywords")
    private static readonly HashSet<string> NoJobs = [Variables, "include", "stages", "workflow", "spec", "cache"];

    private readonly Lazy<Dictionary<string, List<Match>>> mentions;

    public GitLabDocument(Tree tree)
    {
        Tree = tree;
        mentions = new(() => Mentions(this));
        foreach (var (key, value) in tree.Entries(0))
        {
            var (name, job) = (tree[key].Value, tree.Target(value));
            if (job < 0 || !Jobs.TryAdd(name, job))
            {
                continue;
            }

            foreach (var extended in Extended(job))
            {
                Heirs.TryAdd(extended, []);
                Heirs[extended].Add(name);
            }
        }
    }

    /// <summary>Where images stand.</summary>
    public static PathSet Images { get; } = new(
        "image", "image.name", "services[]", "services[].name",
        "*.image", "*.image.name", "*.services[]", "*.services[].name");

    public Tree Tree { get; }

    /// <summary>The nodes of what stands at the root, jobs among it.</summary>
    public Dictionary<string, int> Jobs { get; } = new(StringComparer.Ordinal);

    /// <summary>For each name the jobs that extend it.</summary>
    public Dictionary<string, List<string>> Heirs { get; } = new(StringComparer.Ordinal);

    /// <summary>The images whose text names a variable, by its name.</summary>
    public Dictionary<string, List<Match>> ImagesNaming => mentions.Value;

    /// <summary>The paths of the files that it includes, from the repository's root, as they are written.</summary>
    public IEnumerable<string> Includes =>
        TreeWalk.Find(Tree, Locals, out _).Select(m => Tree[m.Node]).Where(n => n is { Kind: NodeKind.Scalar, Value.Length: > 0 }).Select(n => n.Value.TrimStart('/'));

    /// <summary>True when it includes what stands in no file here.</summary>
    public bool IncludesElsewhere =>
        TreeWalk.Find(Tree, Locals, out _).Any(m => (Tree[m.Node].Kind == NodeKind.Map && Array.Exists(Elsewhere, key => Tree.Child(m.Node, key) >= 0))
            || Tree[m.Node].Value.StartsWith("https://", StringComparison.Ordinal));

    /// <summary>The key that holds an image: a job's name, which may be any text, <c>default</c>, or null for one at the root.</summary>
    public static string? Holder(Match match) => match.Pattern[0] == '*' ? match.Steps[0].Key : null;

    /// <summary>True for a place that holds an image.</summary>
    public static bool IsImage(Match match) => Holder(match) is not { } holder || !NoJobs.Contains(holder);

    /// <summary>The keys at the root that set variables.</summary>
    public IEnumerable<string> Names => Tree.Child(0, Variables) is var map and >= 0 && Tree[map].Kind == NodeKind.Map ? Keys(map) : [];

    /// <summary>True when a map with <c>variables</c> sets the variable.</summary>
    public bool Sets(int holder, string name) => Tree.Child(Tree.Child(holder, Variables), name) >= 0;

    /// <summary>A variable that a map with <c>variables</c> sets: <c>X: text</c>, or <c>X: {value: text}</c>.</summary>
    /// <param name="path">Where the map is.</param>
    public KnownValue? Variable(int holder, Steps path, string name)
    {
        var value = Tree.Child(Tree.Child(holder, Variables), name);
        return value < 0 ? null
            : Tree[value].Kind == NodeKind.Map ? KnownValue.At(Tree, Tree.Child(value, "value"), path.Add(Steps.Of(Variables, name, "value")), "$" + name, "${" + name)
            : KnownValue.At(Tree, value, path.Add(Steps.Of(Variables, name)), "$" + name, "${" + name);
    }

    /// <summary>What a job extends, in the order it is written.</summary>
    public IEnumerable<string> Extended(int job)
    {
        var extends = Tree.Child(job, "extends");
        if (extends < 0)
        {
            yield break;
        }

        if (Tree[extends].Kind == NodeKind.Scalar)
        {
            yield return Tree[extends].Value;
        }

        foreach (var item in Tree.Items(extends))
        {
            if (Tree[item].Kind == NodeKind.Scalar)
            {
                yield return Tree[item].Value;
            }
        }
    }

    private IEnumerable<string> Keys(int map)
    {
        foreach (var (key, _) in Tree.Entries(map))
        {
            yield return Tree[key].Value;
        }
    }

    private static Dictionary<string, List<Match>> Mentions(GitLabDocument document)
    {
        Dictionary<string, List<Match>> found = new(StringComparer.Ordinal);
        foreach (var match in TreeWalk.Find(document.Tree, Images, out _))
        {
            if (IsImage(match) && document.Tree[match.Node] is { Kind: NodeKind.Scalar, Value: var text })
            {
                foreach (var name in Interpolation.Names(text).Distinct())
                {
                    found.TryAdd(name, []);
                    found[name].Add(match);
                }
            }
        }

        return found;
    }
}
