using System.Runtime.CompilerServices;
using Cleat.Formats.Dockerfile;
using Cleat.Formats.Variables;
using Cleat.Text;
using Cleat.Trees.Paths;
using Cleat.Trees.Yaml;
using Cleat.Trees;

namespace Cleat.Formats.Ci;

/// <summary>
/// The files of a pipeline: the one at the repository's root and those that it includes by local path (docs.gitlab.com, "Use CI/CD configuration from
/// other files"). Their <c>variables</c> are one map, in which the including file wins over the included, and a later one over an earlier.
/// </summary>
internal sealed class GitLabPipeline
{
    private const int MostFiles = 1_000;

    private static readonly string[] Roots = [".gitlab-ci.yml", ".gitlab-ci.yaml"];
    private static readonly string[] Elsewhere = ["remote", "project", "component", "template"];
    private static readonly PathSet Locals = new("include", "include[]", "include.local", "include[].local");

    // a pipeline's files are asked for by each other; what is read for the run stays for the run
    private static readonly ConditionalWeakTable<SourceText, Tree[]> Parsed = [];

    private readonly Tree own;

    private GitLabPipeline(Tree own, List<(string Path, Tree Tree)> files, bool includesMore)
    {
        this.own = own;
        Files = files;
        IncludesMore = includesMore;
    }

    /// <summary>Its files with their paths from the repository's root, that at the root first; the document that is read among them as it is.</summary>
    public IReadOnlyList<(string Path, Tree Tree)> Files { get; }

    /// <summary>True when it includes what stands in no file here.</summary>
    public bool IncludesMore { get; }

    /// <summary>The pipeline that a document is part of; null when its file is not one of a pipeline's.</summary>
    public static GitLabPipeline? Of(Tree own, Surroundings beside)
    {
        foreach (var name in Roots)
        {
            if (beside.Above(name) is not { } up || beside.Read(up + name) is not { } root || Inner(beside.Path ?? "", up) is not { } self)
            {
                continue;
            }

            var trees = self == name ? [own] : Documents(root);
            var patterns = trees.SelectMany(Includes).ToList();
            IEnumerable<string> paths = [name, .. patterns.SelectMany(p => Matching(p, up, beside)).Distinct().Where(p => p != name).Take(MostFiles)];
            List<(string, Tree)> files = [.. paths.SelectMany(p => p == self ? [(p, own)] : beside.Read(up + p) is { } source ? Documents(source).Select(t => (p, t)) : [])];
            return files.Exists(f => f.Item2 == own) ? new(own, files, trees.Exists(IncludesElsewhere)) : null;
        }

        return null;
    }

    /// <summary>True when the pipeline's root includes the file.</summary>
    public static bool Includes(string path, Surroundings beside) =>
        Array.Exists(Roots, name => beside.Above(name) is { } up && beside.Read(up + name) is { } root && root.Span.IndexOf("include"u8) >= 0 && Inner(path, up) is { } inner && Documents(root).SelectMany(Includes).Any(p => Matches(p, inner)));

    /// <summary>A variable of the whole pipeline, for an image in one of its files.</summary>
    /// <param name="from">The document that uses it.</param>
    public KnownValue? Variable(string name, Tree from)
    {
        var holders = Files.Where(f => GitLab.Value(f.Tree, 0, name) >= 0).ToList();
        var holder = holders.FindIndex(f => f.Path == Files[0].Path) is var root and >= 0 ? holders[root]
            : holders.Find(f => f.Tree == from) is { Tree: not null } same ? same
            : holders.LastOrDefault();
        if (holder.Tree is not { } tree || GitLab.Variable(tree, 0, Steps.Root, name) is not { } value)
        {
            return null;
        }

        return tree == own
            ? value with { IsShared = Files.Sum(f => f.Tree.Source.WordCounts.Of("$" + name) + f.Tree.Source.WordCounts.Of("${" + name)) > 1 }
            : value with { Span = null, OtherFile = holder.Path };
    }

    private static List<Tree> Documents(SourceText source) => [.. Parsed.GetValue(source, static file =>
        file.Span.Contains((byte)'\0') ? [] : [.. YamlDocuments.Split(file.Span, file.BomLength).SelectMany(part => YamlTrees.Read(file, part, out _)).Where(t => t.Count > 0)])];

    private static IEnumerable<string> Includes(Tree tree) =>
        TreeWalk.Find(tree, Locals, out _).Select(m => tree[m.Node]).Where(n => n is { Kind: NodeKind.Scalar, Value.Length: > 0 }).Select(n => n.Value.TrimStart('/'));

    private static bool IncludesElsewhere(Tree tree) =>
        TreeWalk.Find(tree, Locals, out _).Any(m => (tree[m.Node].Kind == NodeKind.Map && Array.Exists(Elsewhere, key => tree.Child(m.Node, key) >= 0))
            || tree[m.Node].Value.StartsWith("https://", StringComparison.Ordinal));

    // include:local gives paths from the repository's root, with * and ** (docs.gitlab.com, include:local)
    private static bool Matches(string pattern, string path) =>
        pattern.Contains('*', StringComparison.Ordinal) ? new FilePattern(pattern).Matches(path) : pattern == path;

    private static IEnumerable<string> Matching(string pattern, string up, Surroundings beside)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        return star < 0 ? [pattern] : Below(RelativePath.Folder(pattern[..star]), up, beside, pattern.Contains("**", StringComparison.Ordinal) ? 8 : 0).Where(p => Matches(pattern, p));
    }

    private static IEnumerable<string> Below(string folder, string up, Surroundings beside, int depth)
    {
        var prefix = folder.Length == 0 ? "" : folder + "/";
        var files = beside.Files(up + folder).Where(f => f.EndsWith(".yml", StringComparison.Ordinal) || f.EndsWith(".yaml", StringComparison.Ordinal)).Select(f => prefix + f);
        return depth == 0 ? files : files.Concat(beside.Folders(up + folder).SelectMany(f => Below(prefix + f, up, beside, depth - 1)));
    }

    private static string? Inner(string path, string up) =>
        path.Split('/') is var parts && parts.Length > up.Length / 3 ? string.Join('/', parts[^((up.Length / 3) + 1)..]) : null;
}
