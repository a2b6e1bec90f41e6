using System.Text;

namespace Cleat.Files;

/// <summary>The include and exclude globs of a walk, in the syntax of <c>.gitignore</c> and relative to one folder.</summary>
internal sealed class PathGlobs
{
    private readonly GitIgnore? include;
    private readonly GitIgnore? exclude;

    private readonly GitIgnore? more;

    private PathGlobs(GitIgnore? include, GitIgnore? exclude, GitIgnore? more)
    {
        this.include = include;
        this.exclude = exclude;
        this.more = more;
    }

    /// <summary>What is wrong with a glob, or null: one that can match nothing would leave out what somebody means to see.</summary>
    public static string? Wrong(string glob)
    {
        if (glob.Trim().Length == 0)
        {
            return "it is empty";
        }

        for (var i = 0; i < glob.Length; i++)
        {
            if (glob[i] == '\\' && ++i == glob.Length)
            {
                return "nothing stands behind its last '\\'";
            }

            if (glob[i] == '{' && glob[i - (i > 0 ? 1 : 0)] != '\\')
            {
                return "braces are no part of it: give one glob for each, or write \\{ for the character itself";
            }

            if (glob[i] == '[')
            {
                // a bracket that stands first is one of the set
                var from = i + 1 + (i + 1 < glob.Length && glob[i + 1] is '!' or '^' ? 1 : 0);
                var close = from + 1 < glob.Length ? glob.IndexOf(']', from + 1) : -1;
                if (close < 0)
                {
                    return "its '[' is not closed";
                }

                i = close;
            }
        }

        return null;
    }

    /// <summary>Null when there are no globs.</summary>
    /// <param name="realRoot">The folder to be walked; the globs are relative to it when it lies outside of their own.</param>
    public static PathGlobs? Of(WalkOptions options, string realRoot)
    {
        var more = options.ExcludeBelow is var (globs, folder) && NativeMethods.RealPath(folder) is { } real && RealRoot.Contains(real, realRoot)
            ? GitIgnore.From(globs, real) : null;
        if (options.Include.Count == 0 && options.Exclude.Count == 0 && more is null)
        {
            return null;
        }

        var own = NativeMethods.RealPath(options.GlobRoot);
        var at = own is not null && RealRoot.Contains(own, realRoot) ? own : realRoot;
        return new PathGlobs(GitIgnore.From(options.Include, at), GitIgnore.From(options.Exclude, at), more);
    }

    public bool Excludes(ReadOnlySpan<byte> fullPath, bool isFolder) => exclude?.Ignores(fullPath, isFolder) == true || more?.Ignores(fullPath, isFolder) == true;

    public bool Includes(ReadOnlySpan<byte> fullPath, bool isFolder) => include is null || include.Ignores(fullPath, isFolder);

    /// <summary>Whether the root of a walk, or a folder above it, is included as a whole.</summary>
    public bool IncludesRoot(string realRoot, string globRoot)
    {
        var own = NativeMethods.RealPath(globRoot);
        for (var at = realRoot; at is not null && own is not null && at.Length > own.Length && RealRoot.Contains(own, at); at = Path.GetDirectoryName(at))
        {
            if (Includes(Encoding.UTF8.GetBytes(at), isFolder: true))
            {
                return true;
            }
        }

        return include is null;
    }
}
