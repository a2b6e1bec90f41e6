using Cleat.Text;

namespace Cleat.Formats.Ci;

/// <summary>
/// The files of a pipeline: the one at the repository's root and those that it includes by local path (docs.gitlab.com, "Use CI/CD configuration from
/// other files"). It is opened once a run, from the files as they are on disk.
/// </summary>
internal sealed class GitLabPipeline
{
    private const int MostFiles = 10_000;

    private static readonly string[] Roots = [".gitlab-ci.yml", ".gitlab-ci.yaml"];

    private readonly HashSet<string> patterns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GitLabFile> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> named = new(StringComparer.Ordinal);
    private readonly List<(string File, GitLabCall Call)> calls = [];
    private readonly ILookup<string, (string File, GitLabCall Call)> callsTo;
    private readonly List<(string To, GitLabJob Job)> triggers = [];
    private readonly ILookup<string, GitLabJob> triggersOf;
    private readonly Lazy<GitLabFamilies> families;

    private GitLabPipeline(Surroundings root)
    {
        Root = Array.Find(Roots, name => root.Parsed(name, Parse) is not null) ?? Roots[0];
        Queue<string> left = new([Root]);
        while (files.Count < MostFiles && left.TryDequeue(out var path))
        {
            if (files.ContainsKey(path) || root.Parsed(path, Parse) is not { } file)
            {
                continue;
            }

            files.Add(path, file);
            Order.Add(path, Order.Count);
            foreach (var (name, count) in file.Named)
            {
                named[name] = named.GetValueOrDefault(name) + count;
            }

            IncludesMore |= file.Documents.Any(d => d.IncludesElsewhere);
            foreach (var pattern in file.Documents.SelectMany(d => d.Includes))
            {
                if (patterns.Add(pattern))
                {
                    Matching(pattern, root).ToList().ForEach(left.Enqueue);
                }
            }
        }

        foreach (var path in files.Keys)
        {
            foreach (var document in Documents(path))
            {
                List(Setting, document.Names, path);
                List(Naming, document.ImagesNaming.Keys, path);
                List(WithJob, document.Jobs.Keys, path);
                List(Extending, document.Heirs.Keys, path);
                triggers.AddRange(document.Triggers.Select(one => (one.To, new GitLabJob(document, path, one.Job))));
                calls.AddRange(document.Calls.Select(call => (path, call)));
            }
        }

        callsTo = calls.ToLookup(c => c.Call.To, StringComparer.Ordinal);
        families = new(() => new(files.SelectMany(f => f.Value.Documents.Select(d => (f.Key, d)))));
        triggersOf = triggers.ToLookup(t => t.To, t => t.Job, StringComparer.Ordinal);
    }

    /// <summary>The places that hand inputs to a file, with the files that they are in.</summary>
    public IEnumerable<(string File, GitLabCall Call)> CallsTo(string path) => callsTo[path];

    /// <summary>The jobs that start a pipeline with a file.</summary>
    public IEnumerable<GitLabJob> TriggersOf(string path) => triggersOf[path];

    /// <summary>The path of the file at the repository's root, from there.</summary>
    public string Root { get; }

    /// <summary>The paths of its files from the repository's root, and how many are included before each.</summary>
    public Dictionary<string, int> Order { get; } = new(StringComparer.Ordinal);

    /// <summary>True when it includes what stands in no file here.</summary>
    public bool IncludesMore { get; }

    /// <summary>For each variable of the whole pipeline the files that set it.</summary>
    public Dictionary<string, List<string>> Setting { get; } = new(StringComparer.Ordinal);

    /// <summary>For each job the files that have it.</summary>
    public Dictionary<string, List<string>> WithJob { get; } = new(StringComparer.Ordinal);

    /// <summary>For each job the files with a job that extends it.</summary>
    public Dictionary<string, List<string>> Extending { get; } = new(StringComparer.Ordinal);

    /// <summary>For each variable the files with an image that names it.</summary>
    public Dictionary<string, List<string>> Naming { get; } = new(StringComparer.Ordinal);

    public GitLabFamilies Families => families.Value;

    /// <summary>The pipeline around a file, and the file's path from its root; null when there is none, or the file is no part of it.</summary>
    public static (GitLabPipeline Pipeline, string Self)? Around(string path, Surroundings beside)
    {
        foreach (var name in Roots)
        {
            if (beside.Above(name) is { } up && Inner(path, up) is { } self)
            {
                var pipeline = beside.Opened(up, static root => new GitLabPipeline(root));
                return pipeline.Has(self) ? (pipeline, self) : null;
            }
        }

        return null;
    }

    /// <summary>The documents of one of its files.</summary>
    public IReadOnlyList<GitLabDocument> Documents(string path) => files.GetValueOrDefault(path)?.Documents ?? [];

    /// <summary>How often a variable is named in the files, one of them left out.</summary>
    public int TimesNamed(string name, string exceptIn) => named.GetValueOrDefault(name) - (files.GetValueOrDefault(exceptIn)?.Named.GetValueOrDefault(name) ?? 0);

    private static GitLabFile Parse(SourceText source) => new(source);

    private static void List(Dictionary<string, List<string>> index, IEnumerable<string> names, string path)
    {
        foreach (var name in names)
        {
            index.TryAdd(name, []);
            if (index[name] is var paths && (paths.Count == 0 || paths[^1] != path))
            {
                paths.Add(path);
            }
        }
    }

    private bool Has(string path) => path == Root || files.ContainsKey(path) || patterns.Contains(path);

    // include:local gives paths from the repository's root, with * and ** (docs.gitlab.com, include:local)
    private static IEnumerable<string> Matching(string pattern, Surroundings root)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            return [pattern];
        }

        FilePattern wanted = new(pattern);
        return Below(RelativePath.Folder(pattern[..star]), root, pattern.Contains("**", StringComparison.Ordinal) ? 8 : 0).Where(path => wanted.Matches(path));
    }

    private static IEnumerable<string> Below(string folder, Surroundings root, int depth)
    {
        var prefix = folder.Length == 0 ? "" : folder + "/";
        var files = root.Files(folder).Where(f => f.EndsWith(".yml", StringComparison.Ordinal) || f.EndsWith(".yaml", StringComparison.Ordinal)).Select(f => prefix + f);
        return depth == 0 ? files : files.Concat(root.Folders(folder).SelectMany(f => Below(prefix + f, root, depth - 1)));
    }

    // the path of a file from the folder that is so far up
    private static string? Inner(string path, string up) =>
        path.Split('/') is var parts && parts.Length > up.Length / 3 ? string.Join('/', parts[^((up.Length / 3) + 1)..]) : null;
}
