using System.Text.RegularExpressions;

namespace Cleat.Formats.Ansible;

/// <summary>What an expression of Jinja gives that Cleat can follow: a variable, or what stands in for it (jinja.palletsprojects.com, "default").</summary>
/// <param name="Name">The variable.</param>
/// <param name="Literal">The text of the default in the expression, without quotes; null when there is none.</param>
internal readonly partial record struct JinjaDefault(string Name, Range? Literal)
{
    /// <summary>Null for an expression that does more.</summary>
    public static JinjaDefault? Read(string expression) =>
        Shape().Match(expression) is not { Success: true } match ? null
        : new(match.Groups["name"].Value, match.Groups["text"] is { Success: true } text ? text.Index..(text.Index + text.Length) : null);

    [GeneratedRegex(@"^(?<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?:\s*\|\s*(?:default|d)\(\s*(?:'(?<text>[^'\\]*)'|""(?<text>[^""\\]*)"")\s*(?:,\s*[Tt]rue\s*)?\))?(?:\s*\|\s*(?:trim|string))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
