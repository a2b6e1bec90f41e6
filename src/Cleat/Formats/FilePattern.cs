using System.IO.Enumeration;

namespace Cleat.Formats;

/// <summary>
/// Which files a row claims. Without a slash the pattern is for the file's name (<c>*.tf</c>); with one it is for the end of the path
/// (<c>.github/workflows/*.yml</c>), from a folder's start on. <c>*</c> stays inside one name, <c>**</c> stands for any folders, none included.
/// </summary>
internal sealed class FilePattern
{
    private readonly string[] folders;
    private readonly string name;
    private readonly string prefix;
    private readonly string suffix;
    private readonly bool isSimple;

    // the longest text of the name without a star: to ask for it is cheaper than to match
    private readonly string core;

    // a folder that every path which matches goes through; null when there is none without a star
    private readonly string? passes;

    public FilePattern(string text)
    {
        Text = text;
        var parts = text.Split('/');
        folders = parts[..^1];
        name = parts[^1];
        var star = name.IndexOf('*', StringComparison.Ordinal);
        prefix = star < 0 ? name : name[..star];
        suffix = star < 0 ? "" : name[(star + 1)..];
        core = name.Split('*').MaxBy(part => part.Length) ?? "";
        isSimple = !suffix.Contains('*', StringComparison.Ordinal);
        passes = Array.FindLast(folders, f => !f.Contains('*', StringComparison.Ordinal));
        Extension = name.LastIndexOf('.') is var dot && dot >= 0 && name.IndexOf('*', dot) < 0 ? name[dot..] : null;
    }

    /// <summary>The pattern as it is written.</summary>
    public string Text { get; }

    /// <summary>What every name that matches begins with; null when that is not fixed.</summary>
    public char? FirstLetter => prefix.Length > 0 && char.IsAsciiLetterOrDigit(prefix[0]) || prefix.StartsWith('.') ? prefix[0] : null;

    /// <summary>What every name that matches ends with, from its last dot on (<c>.yaml</c>); null when that is not fixed.</summary>
    public string? Extension { get; }

    /// <summary>True when one of the patterns matches the path.</summary>
    public static bool AnyMatches(FilePattern[] patterns, ReadOnlySpan<char> path) => AnyMatches(patterns, path, NameStart(path));

    /// <param name="name">From <see cref="NameStart"/>: a path is asked about many patterns.</param>
    public static bool AnyMatches(FilePattern[] patterns, ReadOnlySpan<char> path, int name)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(path, name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the file's name begins in its path.</summary>
    public static int NameStart(ReadOnlySpan<char> path) => path.LastIndexOf('/') + 1;

    /// <param name="path">The path as it was walked, with <c>/</c>.</param>
    public bool Matches(ReadOnlySpan<char> path) => Matches(path, NameStart(path));

    private bool Matches(ReadOnlySpan<char> path, int name) =>
        MatchesName(path[name..])
        && (folders.Length == 0 || ((passes is null || path.Contains(passes, StringComparison.Ordinal)) && MatchesFolders(name == 0 ? [] : path[..(name - 1)], folders.Length)));

    private bool MatchesName(ReadOnlySpan<char> file) => isSimple
        ? prefix.Length == name.Length
            ? file.SequenceEqual(name)
            : file.Length >= name.Length - 1 && file.StartsWith(prefix, StringComparison.Ordinal) && file.EndsWith(suffix, StringComparison.Ordinal)
        : file.Contains(core, StringComparison.Ordinal) && FileSystemName.MatchesSimpleExpression(name, file, ignoreCase: false);

    // from the right: what is left of the path in front does not matter
    private bool MatchesFolders(ReadOnlySpan<char> path, int count)
    {
        if (count == 0)
        {
            return true;
        }

        if (folders[count - 1] == "**")
        {
            while (!MatchesFolders(path, count - 1))
            {
                if (path.Length == 0)
                {
                    return false;
                }

                path = path[..int.Max(path.LastIndexOf('/'), 0)];
            }

            return true;
        }

        var slash = path.LastIndexOf('/');
        return path.Length > 0
            && (folders[count - 1].Contains('*', StringComparison.Ordinal) ? FileSystemName.MatchesSimpleExpression(folders[count - 1], path[(slash + 1)..], ignoreCase: false) : path[(slash + 1)..].SequenceEqual(folders[count - 1]))
            && MatchesFolders(slash < 0 ? [] : path[..slash], count - 1);
    }
}
