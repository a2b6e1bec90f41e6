using System.Text;

namespace Cleat.Files;

/// <summary>Where the rules of a git repository lie (gitrepository-layout(5)).</summary>
internal static class GitRepository
{
    /// <summary>True when the folder holds a <c>.git</c>: a repository's folder, or the file that a worktree or submodule has.</summary>
    public static bool IsRoot(string folder)
    {
        var git = Path.Join(folder, ".git");
        return File.Exists(git) || File.Exists(Path.Join(git, "HEAD"));
    }

    /// <summary>The rules that hold at a folder from above: those of its parents up to the repository's root. Null outside of one.</summary>
    /// <param name="folder">Without links.</param>
    /// <param name="unreadable">Told of each file of rules that could not be read.</param>
    public static GitIgnore? RulesAbove(string folder, Action<string, string> unreadable)
    {
        Stack<string> parents = new();
        var at = folder;
        while (!IsRoot(at))
        {
            at = Path.GetDirectoryName(at);
            if (at is null)
            {
                return null;
            }

            parents.Push(at);
        }

        if (parents.Count == 0)
        {
            return null;
        }

        var rules = Exclude(at, unreadable);
        foreach (var parent in parents)
        {
            rules = IgnoreFile(rules, parent, unreadable);
        }

        return rules;
    }

    /// <summary>The rules of a repository's <c>info/exclude</c>, which are its own: nothing of an outer repository holds in it.</summary>
    public static GitIgnore? Exclude(string root, Action<string, string> unreadable) =>
        Rules(null, root, Path.Join(CommonFolder(root), "info", "exclude"), unreadable);

    /// <summary>Adds the rules of a folder's <c>.gitignore</c>. As with git, one that is a link is not read.</summary>
    public static GitIgnore? IgnoreFile(GitIgnore? outer, string folder, Action<string, string> unreadable) =>
        Rules(outer, folder, Path.Join(folder, ".gitignore"), unreadable);

    private static GitIgnore? Rules(GitIgnore? outer, string folder, string file, Action<string, string> unreadable)
    {
        if (!NativeMethods.TryStatus(file, follow: false, out var status) || status.Kind != FileKind.File)
        {
            return outer;
        }

        var read = SettingsFile.Read(file);
        if (!read.Succeeded)
        {
            unreadable(file, read.Message + "; its rules are not known");
        }

        return GitIgnore.Add(outer, folder, read.Bytes.Span);
    }

    private static string CommonFolder(string root)
    {
        var git = Path.Join(root, ".git");
        if (!File.Exists(git))
        {
            return git;
        }

        // "gitdir: PATH" in a worktree or submodule; a worktree's folder names the shared one in "commondir"
        var text = Encoding.UTF8.GetString(SettingsFile.Read(git).Bytes.Span);
        const string Mark = "gitdir:";
        if (!text.StartsWith(Mark, StringComparison.Ordinal))
        {
            return git;
        }

        var own = Path.GetFullPath(text[Mark.Length..].Trim(), root);
        var common = SettingsFile.Read(Path.Join(own, "commondir"));
        return common.Succeeded ? Path.GetFullPath(Encoding.UTF8.GetString(common.Bytes.Span).Trim(), own) : own;
    }
}
