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
