using System.Text;

namespace Cleat.Files;

/// <summary>
/// The rules of one <c>.gitignore</c> and, behind it, those of the folders above: the last matching line of the
/// nearest file decides. Tracked files are treated like any other: the index is not read.
/// </summary>
/// <remarks>
/// Our own code and no library: the walk asks once for every file and needs the scopes nested without a copy and the
/// bytes of the path as they are; the packages that exist match one file of rules by regular expressions, and differ
/// from git in corners (<c>a**</c>, <c>[!/]</c>, kept spaces). The tests compare this class with git itself.
/// </remarks>
internal sealed class GitIgnore
{
    private readonly GitIgnore? outer;
    private readonly int baseLength;
    private readonly GitIgnorePattern[] patterns;

    private GitIgnore(GitIgnore? outer, int baseLength, GitIgnorePattern[] patterns)
    {
        this.outer = outer;
        this.baseLength = baseLength;
        this.patterns = patterns;
    }

    /// <summary>Puts the rules of a file in front of those of the folders above.</summary>
    /// <param name="outer">The rules so far, or null.</param>
    /// <param name="folder">Full path of the folder that the rules are relative to.</param>
    /// <param name="rules">The bytes of the file; a byte order mark is skipped, as git does.</param>
    /// <returns><paramref name="outer"/> itself when the file holds no rule.</returns>
    public static GitIgnore? Add(GitIgnore? outer, string folder, ReadOnlySpan<byte> rules)
    {
        rules = rules.StartsWith("\uFEFF"u8) ? rules[3..] : rules;
        List<GitIgnorePattern> read = [];
        foreach (var line in rules.Split((byte)'\n'))
        {
            if (GitIgnorePattern.TryRead(rules[line], out var pattern))
            {
                read.Add(pattern);
            }
        }

        return read.Count == 0 ? outer : new GitIgnore(outer, BaseLength(folder), [.. read]);
    }

    /// <summary>Patterns from elsewhere than a file, in the same syntax.</summary>
    public static GitIgnore? From(IReadOnlyList<string> globs, string folder) =>
        Add(null, folder, Encoding.UTF8.GetBytes(string.Join('\n', globs)));

    /// <summary>Whether the rules ignore a path. A file in an ignored folder is the caller's matter: do not go into such a folder.</summary>
    /// <param name="fullPath">UTF-8, inside the folders the rules are relative to.</param>
    public bool Ignores(ReadOnlySpan<byte> fullPath, bool isFolder)
    {
        for (var scope = this; scope is not null; scope = scope.outer)
        {
            var path = fullPath[scope.baseLength..];
            for (var i = scope.patterns.Length - 1; i >= 0; i--)
            {
                if (scope.patterns[i].Matches(path, isFolder))
                {
                    return !scope.patterns[i].Negated;
                }
            }
        }

        return false;
    }

    private static int BaseLength(string folder) => Encoding.UTF8.GetByteCount(folder) + (folder.EndsWith('/') ? 0 : 1);
}
