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

/// <summary>A file that a document includes and hands inputs to.</summary>
/// <param name="To">Its path from the pipeline's root.</param>
/// <param name="Node">The map of the inputs.</param>
internal sealed record GitLabCall(GitLabDocument From, string To, int Node, Steps Path);

/// <summary>One document of a pipeline: what it sets, which of its jobs extend which, and where its images stand.</summary>
internal sealed class GitLabDocument
{
    public const string Variables = "variables";

    private static readonly PathSet Locals = new(
        "include", "include[]", "include.local", "include[].local",
        "*.trigger.include", "*.trigger.include.local", "*.trigger.include[].local");

    private static readonly PathSet Triggered = new("*.trigger.include", "*.trigger.include.local", "*.trigger.include[].local");
    private static readonly PathSet Given = new("include.inputs", "include[].inputs", "*.trigger.inputs", "*.trigger.include.inputs", "*.trigger.include[].inputs");
    private static readonly string[] Elsewhere = ["remote", "project", "component", "template"];

    private static readonly string[] Saying = [Variables, "rules", "parallel"];

    // keys at the root that are no jobs (GitLab: "Global keywords")
    private static readonly HashSet<string> NoJobs = [Variables, "include", "stages", "workflow", "spec", "cache"];

    private readonly Lazy<Dictionary<string, List<Match>>> mentions;
    private readonly Lazy<IReadOnlyList<GitLabCall>> calls;
    private readonly Lazy<IReadOnlyList<(string To, string Job)>> triggers;

    public GitLabDocument(Tree tree)
    {
        Tree = tree;
        mentions = new(() => Mentions(this));
        calls = new(FindCalls);
        triggers = new(FindTriggers);
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

    /// <summary>The files that it hands inputs to.</summary>
    public IReadOnlyList<GitLabCall> Calls => calls.Value;

    /// <summary>The files that its jobs start a pipeline with, which gets their variables.</summary>
    public IReadOnlyList<(string To, string Job)> Triggers => triggers.Value;

    /// <summary>The variables that its jobs set.</summary>
    public IEnumerable<string> NamesOfJobs => Jobs.Where(j => !NoJobs.Contains(j.Key)).SelectMany(j => NamesOf(j.Value)).Distinct();

    /// <summary>The variables that a map with <c>variables</c> sets.</summary>
    public IEnumerable<string> NamesOf(int holder) => Keys(Tree.Child(holder, Variables));

    /// <summary>The paths of the files that it includes, from the repository's root, as they are written.</summary>
    public IEnumerable<string> Includes =>
        TreeWalk.Find(Tree, Locals, out _).Select(m => Tree[m.Node]).Where(n => n is { Kind: NodeKind.Scalar, Value.Length: > 0 }).Select(n => n.Value.TrimStart('/'));

    /// <summary>True when it includes what stands in no file here.</summary>
    public bool IncludesElsewhere =>
        TreeWalk.Find(Tree, Locals, out _).Any(m => (Tree[m.Node].Kind == NodeKind.Map && Array.Exists(Elsewhere, key => Tree.Child(m.Node, key) >= 0))
            || Tree[m.Node].Value.StartsWith("https://", StringComparison.Ordinal));

    /// <summary>The key that holds an image: a job's name, which may be any text, <c>default</c>, or null for one at the root.</summary>
    public static string? Holder(Match match) => match.Pattern[0] == '*' ? match.Steps[0].Key : null;

    /// <summary>True for a key at the root that is no job.</summary>
    public static bool IsGlobal(string key) => NoJobs.Contains(key);

    /// <summary>True for a place that holds an image.</summary>
    public static bool IsImage(Match match) => Holder(match) is not { } holder || !NoJobs.Contains(holder);

    /// <summary>The keys at the root that set variables.</summary>
    public IEnumerable<string> Names => NamesOf(0);

    /// <summary>The names of the variables that a map with <c>variables</c> gives a value.</summary>
    public IEnumerable<string> Setting(int holder) => NamesOf(holder).Where(name => Values(holder, Steps.Root, name).Count > 0);

    /// <summary>True when a map with <c>variables</c> sets the variable.</summary>
    public bool Sets(int holder, string name) => Tree.Child(Tree.Child(holder, Variables), name) >= 0;

    /// <summary>What a map with <c>variables</c> gives a variable: <c>X: text</c>, or <c>X: {value: text, options: […]}</c>, of which each may be chosen.</summary>
    /// <param name="path">Where the map is.</param>
    public List<(int Node, Steps Path)> Values(int holder, Steps path, string name)
    {
        var value = Tree.Child(Tree.Child(holder, Variables), name);
        var at = path.Add(Steps.Of(Variables, name));
        return value < 0 ? []
            : Tree[value].Kind == NodeKind.Map ? Possible(value, at, "value")
            : [(value, at)];
    }

    /// <summary>What a description of a value lets in: the value under a key, its <c>options</c>, and those of its <c>rules</c>.</summary>
    public List<(int Node, Steps Path)> Possible(int map, Steps path, string field)
    {
        List<(int, Steps)> found = [];
        if (Tree.Child(map, field) is var value and >= 0)
        {
            found.Add((value, path.Add(field)));
        }

        var index = 0;
        foreach (var option in Tree.Items(Tree.Child(map, "options")))
        {
            found.Add((Tree.Target(option), path.Add(Steps.Of("options", index++))));
        }

        index = 0;
        foreach (var rule in Tree.Items(Tree.Child(map, "rules")))
        {
            found.AddRange(Possible(Tree.Target(rule), path.Add(Steps.Of("rules", index++)), field));
        }

        return found;
    }

    /// <summary>The rules of a job or a workflow that set variables.</summary>
    public List<(int Node, Steps Path)> Rules(int holder, Steps path)
    {
        List<(int, Steps)> found = [];
        var index = 0;
        foreach (var rule in Tree.Items(Tree.Child(holder, "rules")))
        {
            if (Tree.Child(rule, Variables) >= 0)
            {
                found.Add((Tree.Target(rule), path.Add(Steps.Of("rules", index))));
            }

            index++;
        }

        return found;
    }

    /// <summary>True when a job itself says something that variables may come from.</summary>
    public bool SaysVariables(int job) => Array.Exists(Saying, key => Tree.Child(job, key) >= 0);

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

    private List<(string To, string Job)> FindTriggers() => [.. TreeWalk.Find(Tree, Triggered, out _)
        .Where(m => Tree[m.Node] is { Kind: NodeKind.Scalar, Value.Length: > 0 }).Select(m => (Tree[m.Node].Value.TrimStart('/'), m.Steps[0].Key!))];

    private List<GitLabCall> FindCalls()
    {
        List<GitLabCall> found = [];
        foreach (var match in TreeWalk.Find(Tree, Given, out _))
        {
            // beside `local`; or, in a trigger, beside what it includes
            var include = match.Pattern == "*.trigger.inputs" ? Tree.Child(match.Holder, "include") : match.Holder;
            List<int> included = include < 0 ? [] : [include];
            foreach (var item in Tree.Items(include))
            {
                included.Add(Tree.Target(item));
            }

            foreach (var file in included.Where(i => i >= 0).Select(i => Tree[i].Kind == NodeKind.Scalar ? Tree[i].Value : Tree.Text(i, "local")).OfType<string>())
            {
                found.Add(new(this, file.TrimStart('/'), match.Node, match.Steps));
            }
        }

        return found;
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
