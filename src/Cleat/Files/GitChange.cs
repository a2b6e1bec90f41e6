using System.Text;
using Cleat.Text;

namespace Cleat.Files;

/// <summary>What the working trees add since a revision: lines of tracked files, and files that git does not track in whole.</summary>
internal sealed class GitChange
{
    /// <summary>The mode of an entry that is a submodule (gitmodules(5)).</summary>
    private const string Submodule = "160000 ";

    private readonly List<(string Root, Dictionary<string, List<(int First, int Last)>> Added, HashSet<string> Tracked)> trees = [];

    /// <summary>Asks git about the repositories that the paths lie in.</summary>
    /// <param name="problem">Why it cannot be told; null when it can.</param>
    public static GitChange? Since(string revision, IReadOnlyList<string> paths, out string? problem)
    {
        GitChange change = new();
        foreach (var path in paths)
        {
            problem = change.Add(revision, path);
            if (problem is not null)
            {
                return null;
            }
        }

        problem = null;
        return change;
    }

    /// <summary>The stretches of lines that were added to a file; null when all of it was.</summary>
    public IReadOnlyList<(int First, int Last)>? Lines(string fullPath)
    {
        var real = NativeMethods.RealPath(fullPath) ?? fullPath;
        foreach (var (root, added, tracked) in trees)
        {
            if (RealRoot.Contains(root, real))
            {
                var name = real[(root.TrimEnd('/').Length + 1)..];
                return added.TryGetValue(name, out var lines) ? lines : tracked.Contains(name) ? [] : null;
            }
        }

        return null;
    }

    /// <summary>True when one of the lines that the span stands on was added.</summary>
    public static bool Touches(IReadOnlyList<(int First, int Last)> added, SourceText source, TextSpan span)
    {
        // git's lines end with LF only
        var first = source.Span[..span.Start].Count((byte)'\n') + 1;
        var last = first + source.Span.Slice(span.Start, Math.Max(0, span.Length)).Count((byte)'\n');
        return added.Any(a => a.First <= last && a.Last >= first);
    }

    private string? Add(string revision, string path)
    {
        var real = NativeMethods.RealPath(Path.GetFullPath(path));
        if (real is null)
        {
            // the walk tells what is not there
            return null;
        }

        var folder = Directory.Exists(real) ? real : Path.GetDirectoryName(real) ?? "/";
        if (GitProcess.Run(folder, out var problem, "rev-parse", "--show-toplevel") is not { } top)
        {
            return $"{path}: {problem}";
        }

        var root = Encoding.UTF8.GetString(top).TrimEnd('\n');
        root = NativeMethods.RealPath(root) ?? root;
        if (trees.Exists(t => t.Root == root))
        {
            return null;
        }

        if (Commit(root, revision) is not { } commit)
        {
            return $"'{revision}' is no revision of {root}";
        }

        problem = AddTree(root, commit);

        // of two that lie in each other the inner one is asked first
        trees.Sort((a, b) => b.Root.Length.CompareTo(a.Root.Length));
        return problem;
    }

    /// <param name="commit">What the tree is compared with; null for a submodule that had none: then all of it was added.</param>
    private string? AddTree(string root, string? commit)
    {
        string? problem = null;
        Dictionary<string, List<(int, int)>> added = new(StringComparer.Ordinal);
        HashSet<string> tracked = new(StringComparer.Ordinal);
        List<string> submodules = [];
        if (commit is not null)
        {
            // git would run a diff of its own in each submodule, under the settings of that: they are asked about one by one
            if (GitProcess.RunWithoutFilters(
                    root, out problem, "diff", "--unified=0", "--inter-hunk-context=0", "--no-color", "--no-ext-diff", "--no-textconv", "--text", "--find-renames", "--no-relative",
                    "--ignore-submodules=all", "--src-prefix=a/", "--dst-prefix=b/", "--end-of-options", commit, "--") is not { } diff
                || GitProcess.Run(root, out problem, "ls-files", "-z", "--stage") is not { } entries)
            {
                return problem;
            }

            added = AddedLines.Read(diff);
            foreach (var entry in Encoding.UTF8.GetString(entries).Split('\0', StringSplitOptions.RemoveEmptyEntries))
            {
                // "mode object stage<tab>path"
                var path = entry[(entry.IndexOf('\t', StringComparison.Ordinal) + 1)..];
                tracked.Add(path);
                if (entry.StartsWith(Submodule, StringComparison.Ordinal) && Path.Join(root, path) is var inner && NativeMethods.RealPath(inner) == inner && GitRepository.IsRoot(inner))
                {
                    submodules.Add(path);
                }
            }
        }

        trees.Add((root, added, tracked));
        foreach (var path in submodules)
        {
            problem ??= AddTree(Path.Join(root, path), CommitOfSubmodule(root, commit!, path));
        }

        return problem;
    }

    private static string? CommitOfSubmodule(string root, string commit, string path)
    {
        // "mode commit object<tab>path"
        var entry = GitProcess.Run(root, out _, "ls-tree", "-z", commit, "--", path) is { } line ? Encoding.UTF8.GetString(line) : "";
        return entry.StartsWith(Submodule, StringComparison.Ordinal) && entry.Split(' ', '\t') is [_, _, var was, ..] ? Commit(Path.Join(root, path), was) : null;
    }

    private static string? Commit(string root, string revision) =>
        GitProcess.Run(root, out _, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}") is { } name ? Encoding.ASCII.GetString(name).Trim() : null;
}
