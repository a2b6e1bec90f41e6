using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Cleat.Files;

/// <summary>
/// One line of a <c>.gitignore</c>, read and matched as git does it (gitignore(5); dir.c, <c>parse_path_pattern</c>,
/// <c>match_basename</c> and <c>match_pathname</c>), byte by byte and case-sensitive.
/// </summary>
internal sealed partial class GitIgnorePattern
{
    // longer lines cannot name a path (PATH_MAX), and a bound on the length is a bound on the depth of the matcher
    private const int LongestLine = 4096;

    private readonly byte[] pattern;
    private readonly int literal;
    private readonly bool foldersOnly;
    private readonly bool nameOnly;
    private readonly bool suffixOnly;

    private GitIgnorePattern(ReadOnlySpan<byte> line)
    {
        Negated = line[0] == '!';
        line = Negated ? line[1..] : line;
        foldersOnly = line.EndsWith("/"u8);
        line = foldersOnly ? line[..^1] : line;
        nameOnly = !line.Contains((byte)'/');
        if (!nameOnly && line[0] == '/')
        {
            line = line[1..];
        }

        var special = line.IndexOfAny("*?[\\"u8);
        literal = special < 0 ? line.Length : special;
        suffixOnly = literal == 0 && line.Length > 1 && line[0] == '*' && !line[1..].ContainsAny("*?[\\"u8);
        pattern = line.ToArray();
    }

    /// <summary>True for a line with a leading <c>!</c>: what it matches is not ignored.</summary>
    public bool Negated { get; }

    /// <summary>Reads a line without its line feed.</summary>
    /// <returns>False for a comment, an empty line, and a line of more than 4096 bytes, which cannot match a path.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, [NotNullWhen(true)] out GitIgnorePattern? pattern)
    {
        pattern = null;
        line = line.EndsWith("\r"u8) ? line[..^1] : line;
        line = line.IndexOf((byte)0) is var end and >= 0 ? line[..end] : line;
        if (line.IsEmpty || line[0] == '#' || line.Length > LongestLine)
        {
            return false;
        }

        line = TrimSpaces(line);
        if (line.IsEmpty || line is [(byte)'!'])
        {
            return false;
        }

        pattern = new GitIgnorePattern(line);
        return true;
    }

    /// <summary>Whether the pattern speaks of a path.</summary>
    /// <param name="path">Relative to the folder of the <c>.gitignore</c>, with forward slashes and none at the end.</param>
    public bool Matches(ReadOnlySpan<byte> path, bool isFolder)
    {
        if (foldersOnly && !isFolder)
        {
            return false;
        }

        if (nameOnly)
        {
            var name = path[(path.LastIndexOf((byte)'/') + 1)..];
            return literal == pattern.Length ? name.SequenceEqual(pattern)
                : suffixOnly ? name.EndsWith(pattern.AsSpan(1))
                : Wild(pattern, name, slashIsSpecial: false) == WildcardMatch.Match;
        }

        // git takes the literal beginning off before the wildcards are looked at: "a**" then crosses slashes
        if (!path.StartsWith(pattern.AsSpan(0, literal)))
        {
            return false;
        }

        return literal == pattern.Length
            ? path.Length == literal
            : Wild(pattern.AsSpan(literal), path[literal..], slashIsSpecial: true) == WildcardMatch.Match;
    }

    public override string ToString() => $"{(Negated ? "!" : "")}{Encoding.UTF8.GetString(pattern)}{(foldersOnly ? "/" : "")}";

    // dir.c, trim_trailing_spaces: a backslash keeps the space behind it
    private static ReadOnlySpan<byte> TrimSpaces(ReadOnlySpan<byte> line)
    {
        var end = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\')
            {
                i++;
                if (i == line.Length)
                {
                    return line;
                }

                end = i + 1;
            }
            else if (line[i] != ' ')
            {
                end = i + 1;
            }
        }

        return line[..end];
    }
}
