using System.Net;
using Cleat.Text;

namespace Cleat.Cli.Reports;

/// <summary>Foreign text in HTML, XML and Markdown: it shows as text there, and nothing in it is markup.</summary>
internal static class Markup
{
    /// <summary>As the text of an element, or in a quoted attribute. XML cannot hold the two last characters of the basic plane, not even escaped.</summary>
    public static string Safe(string text) => WebUtility.HtmlEncode(PrintableText.Of(text)).Replace('\uFFFE', '\uFFFD').Replace('\uFFFF', '\uFFFD');

    /// <summary>As code in Markdown, fit for the cell of a table. Between backquotes nothing has a meaning but they and, in a table, the bar.</summary>
    public static string Code(string text)
    {
        var shown = PrintableText.Of(text);
        var fence = "`";
        while (shown.Contains(fence, StringComparison.Ordinal))
        {
            fence += "`";
        }

        var pad = shown.StartsWith('`') || shown.EndsWith('`') || shown.Trim().Length == 0 ? " " : "";
        return $"{fence}{pad}{shown.Replace("|", @"\|", StringComparison.Ordinal)}{pad}{fence}";
    }

    /// <summary>As a sentence in Markdown, fit for the cell of a table: what is code in it stays code, the rest has no meaning, and nobody is mentioned by it.</summary>
    public static string Sentence(string text)
    {
        // every second piece stands between backquotes, as messages have their commands
        var pieces = text.Split('`');
        return string.Concat(pieces.Select((piece, i) => i % 2 == 1 && i + 1 < pieces.Length && piece.Length > 0 ? Code(piece) : Plain(i % 2 == 1 ? "`" + piece + (i + 1 < pieces.Length ? "`" : "") : piece)));
    }

    // an empty comment parts the @ from the name behind it, and the scheme from the address
    private static string Plain(string text) => string.Concat(PrintableText.Of(text).Select(c => c switch
    {
        '@' => "@<!-- -->",
        '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '#' or '~' or '!' => $@"\{c}",
        '<' => "&lt;",
        '>' => "&gt;",
        '&' => "&amp;",
        ':' => ":<!-- -->",
        _ => c.ToString(),
    })).Replace(":<!-- --> ", ": ", StringComparison.Ordinal).Replace("@<!-- --> ", "@ ", StringComparison.Ordinal);
}
