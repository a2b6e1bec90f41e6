using System.Text;

namespace Cleat.Files;

/// <summary>Where the rules of a git repository lie (gitrepository-layout(5)).</summary>
internal static class GitRepository
{
    private const string Mark = "gitdir:";

    /// <summary>True when the folder holds a <c>.git</c>: a repository's folder, or the file that a worktree or submodule has.</summary>
    public static bool IsRoot(string folder)
    {
        var git = Path.Join(folder, ".git");
        return File.Exists(git) || File.Exists(Path.Join(git, "HEAD"));
    }

    /// <summary>The nearest folder that is a repository's, the folder itself among them; null outside of one.</summary>
    public static string? RootOf(string folder)
    {
        for (string? at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (IsRoot(at))
            {
                return at;
            }
        }

        return null;
    }

    /// <summary>The paths of the tracked files that are wanted, from the repository's root; null when that cannot be told.</summary>
    public static IReadOnlySet<string>? Tracked(string root, Func<ReadOnlySpan<byte>, bool> wants)
    {
        if (Folders(root) is not { } git)
        {
            return null;
        }

        var index = SettingsFile.ReadNoLink(Path.Join(git.Own, "index"), FileReader.Limit);
        return index.Succeeded ? GitIndex.Read(index.Bytes.Span, wants) : index.Failure == ReadFailure.Vanished ? new HashSet<string>() : null;
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
        Folders(root) is { } git && Path.Join(git.Common, "info") is var info && NativeMethods.TryStatus(info, follow: false, out var status) && status.Kind == FileKind.Folder
            ? Rules(null, root, Path.Join(info, "exclude"), unreadable)
            : null;

    /// <summary>Adds the rules of a folder's <c>.gitignore</c>. As with git, one that is a link is not read.</summary>
    public static GitIgnore? IgnoreFile(GitIgnore? outer, string folder, Action<string, string> unreadable) =>
        Rules(outer, folder, Path.Join(folder, ".gitignore"), unreadable);

    private static GitIgnore? Rules(GitIgnore? outer, string folder, string file, Action<string, string> unreadable)
    {
        if (!NativeMethods.TryStatus(file, follow: false, out var status) || status.Kind != FileKind.File)
        {
            return outer;
        }

        var read = SettingsFile.ReadNoLink(file);
        if (!read.Succeeded)
        {
            unreadable(file, read.Message + "; its rules are not known");
        }

        return GitIgnore.Add(outer, folder, read.Bytes.Span);
    }

    /// <summary>
    /// Where a repository keeps its own files: a worktree's or a submodule's in one folder, and those that it shares in another. Null when <c>.git</c> is a
    /// link, or names a folder that is no part of a repository's: a tree that came in an archive can hold such a thing, git never makes it.
    /// </summary>
    private static (string Own, string Common)? Folders(string root)
    {
        var git = Path.Join(root, ".git");
        if (!NativeMethods.TryStatus(git, follow: false, out var status) || status.Kind is not (FileKind.Folder or FileKind.File))
        {
            return null;
        }

        if (status.Kind == FileKind.Folder)
        {
            return (git, git);
        }

        // "gitdir: PATH" in a worktree or submodule; a worktree's folder names the shared one in "commondir"
        if (Word(git) is not { } text || !text.StartsWith(Mark, StringComparison.Ordinal))
        {
            return null;
        }

        var own = Path.GetFullPath(text[Mark.Length..].Trim(), root);
        if (!IsOfRepository(own))
        {
            return null;
        }

        var common = Word(Path.Join(own, "commondir")) is { } shared ? Path.GetFullPath(shared.Trim(), own) : own;
        return IsOfRepository(common) ? (own, common) : null;
    }

    private static bool IsOfRepository(string path) => path.EndsWith("/.git", StringComparison.Ordinal) || path.Contains("/.git/", StringComparison.Ordinal);

    private static string? Word(string path) => SettingsFile.ReadNoLink(path) is { Succeeded: true } read ? Encoding.UTF8.GetString(read.Bytes.Span) : null;
}
