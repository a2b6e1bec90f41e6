using System.Globalization;
using System.Text;

namespace Cleat.Files;

/// <summary>The lines that a diff adds, by file, as <c>git diff --unified=0</c> prints them.</summary>
internal static class AddedLines
{
    /// <param name="diff">With <c>--src-prefix=a/ --dst-prefix=b/</c>.</param>
    /// <returns>By path as git gives it: first and last line of each added stretch, 1-based.</returns>
    public static Dictionary<string, List<(int First, int Last)>> Read(ReadOnlySpan<byte> diff)
    {
        Dictionary<string, List<(int, int)>> files = new(StringComparer.Ordinal);
        List<(int, int)>? current = null;
        for (var at = 0; at < diff.Length;)
        {
            var line = Line(diff, ref at);
            if (line.StartsWith("+++ "u8))
            {
                var name = Name(line[4..]);
                current = name is null ? null : files[name] = [];
            }
            else if (line.StartsWith("@@ -"u8) && TryHunk(line, out var removed, out var first, out var added))
            {
                if (added > 0)
                {
                    current?.Add((first, first + added - 1));
                }

                // the lines themselves may look like headers
                for (var i = removed + added; i > 0 && at < diff.Length; i--)
                {
                    _ = Line(diff, ref at);
                    if (at < diff.Length && diff[at] == '\\')
                    {
                        _ = Line(diff, ref at);
                    }
                }
            }
        }

        return files;
    }

    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> text, ref int at)
    {
        var rest = text[at..];
        var end = rest.IndexOf((byte)'\n');
        at += end < 0 ? rest.Length : end + 1;
        return end < 0 ? rest : rest[..end];
    }

    // @@ -12,0 +13,2 @@ function
    private static bool TryHunk(ReadOnlySpan<byte> line, out int removed, out int first, out int added)
    {
        (removed, first, added) = (0, 0, 0);
        var parts = Encoding.ASCII.GetString(line).Split(' ');
        return parts.Length >= 4 && TryRange(parts[1], '-', out _, out removed) && TryRange(parts[2], '+', out first, out added);
    }

    private static bool TryRange(string text, char mark, out int first, out int count)
    {
        (first, count) = (0, 1);
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        return text.StartsWith(mark)
            && int.TryParse(comma < 0 ? text.AsSpan(1) : text.AsSpan(1, comma - 1), NumberStyles.None, CultureInfo.InvariantCulture, out first)
            && (comma < 0 || int.TryParse(text.AsSpan(comma + 1), NumberStyles.None, CultureInfo.InvariantCulture, out count));
    }

    // git-config, core.quotePath: in C quotes when it holds a quote, a backslash or a control character; a tab behind it when it holds a space
    private static string? Name(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd("\t\r"u8);
        if (text.SequenceEqual("/dev/null"u8))
        {
            return null;
        }

        if (!text.StartsWith("\""u8))
        {
            return Encoding.UTF8.GetString(text["b/".Length..]);
        }

        List<byte> name = [];
        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] != '\\')
            {
                name.Add(text[i]);
            }
            else if (text[++i] is >= (byte)'0' and <= (byte)'7')
            {
                name.Add((byte)(((text[i] - '0') << 6) | ((text[i + 1] - '0') << 3) | (text[i + 2] - '0')));
                i += 2;
            }
            else
            {
                name.Add("abtnvfr".IndexOf((char)text[i], StringComparison.Ordinal) is var known and >= 0 ? "\a\b\t\n\v\f\r"u8[known] : text[i]);
            }
        }

        return Encoding.UTF8.GetString([.. name])["b/".Length..];
    }
}
