using System.Globalization;
using System.Text.RegularExpressions;

namespace Cleat.Formats.Hcl;

/// <summary>Makes one text of others.</summary>
/// <returns>Null when the function fails, or is used in a way that is not known here.</returns>
internal delegate string? TextFunction(IReadOnlyList<string> given);

/// <summary>
/// The functions on texts by which images are put together, of Terraform (developer.hashicorp.com/terraform/language/functions), and of Bicep and ARM templates
/// (learn.microsoft.com, "String functions").
/// </summary>
internal static class TextFunctions
{
    private const int LongestPattern = 200;

    /// <summary>What a function makes of texts; null when it is not one of these.</summary>
    public static TextFunction? Of(string function, int count, bool isHcl) => (function, count, isHcl) switch
    {
        ("lower", 1, true) or ("toLower", 1, false) => static given => given[0].ToLowerInvariant(),
        ("upper", 1, true) or ("toUpper", 1, false) => static given => given[0].ToUpperInvariant(),
        ("trimspace", 1, true) or ("trim", 1, false) => static given => given[0].Trim(),
        ("chomp", 1, true) => static given => given[0].TrimEnd('\r', '\n'),
        ("trim", 2, true) => static given => given[0].Trim(given[1].ToCharArray()),
        ("trimprefix", 2, true) => static given => given[0].StartsWith(given[1], StringComparison.Ordinal) ? given[0][given[1].Length..] : given[0],
        ("trimsuffix", 2, true) => static given => given[0].EndsWith(given[1], StringComparison.Ordinal) ? given[0][..^given[1].Length] : given[0],
        ("replace", 3, true) => static given => given[1] is ['/', .., '/'] and { Length: > 2 } ? Replaced(given) : Plain(given),
        ("replace", 3, false) => Plain,
        ("substr" or "substring", 2 or 3, _) => Part,
        _ => null,
    };

    /// <summary>One of the parts of a text between separators: <c>split(":", x)[0]</c>.</summary>
    /// <param name="index">Which; -1 for the last one.</param>
    public static TextFunction SplitItem(int index, bool isHcl) => given =>
    {
        var (separator, text) = isHcl ? (given[0], given[1]) : (given[1], given[0]);
        var parts = separator.Length == 0 ? [] : text.Split(separator);
        var at = index < 0 ? parts.Length - 1 : index;
        return at >= 0 && at < parts.Length ? parts[at] : null;
    };

    private static string? Plain(IReadOnlyList<string> given) => given[1].Length == 0 ? null : given[0].Replace(given[1], given[2], StringComparison.Ordinal);

    // the pattern is one of Go's; what the two do not share is not known
    private static string? Replaced(IReadOnlyList<string> given)
    {
        var pattern = given[1][1..^1];
        try
        {
            return pattern.Length > LongestPattern ? null : Regex.Replace(given[0], pattern, given[2], RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string? Part(IReadOnlyList<string> given)
    {
        var text = given[0];
        return int.TryParse(given[1], NumberStyles.None, CultureInfo.InvariantCulture, out var start) && start <= text.Length
            && (given.Count == 2 ? "-1" : given[2]) is var length && int.TryParse(length, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count)
                ? text.Substring(start, count < 0 ? text.Length - start : int.Min(count, text.Length - start))
                : null;
    }
}
