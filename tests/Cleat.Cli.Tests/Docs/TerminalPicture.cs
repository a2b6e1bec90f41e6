using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Cleat.Cli.Tests.Docs;

/// <summary>What a terminal shows, as SVG: text with colours (ECMA-48) in, a picture out. It needs no font, no script, and nothing from elsewhere.</summary>
internal static partial class TerminalPicture
{
    private const double Column = 7.8;
    private const int Line = 18;
    private const int Left = 18;
    private const int Top = 52;
    private const string Space = "\u00a0"; // one that is kept, however many stand together

    private static readonly Dictionary<string, string> Colours = new(StringComparer.Ordinal)
    {
        ["31"] = "#ff7b72", ["32"] = "#7ee787", ["33"] = "#e3b341", ["34"] = "#79c0ff", ["35"] = "#d2a8ff", ["36"] = "#76e3ea", ["2"] = "#8b949e", ["90"] = "#8b949e",
    };

    public static string Draw(string title, string output)
    {
        var lines = output.TrimEnd('\n').Split('\n');
        var width = Math.Ceiling((lines.Max(l => Escape().Replace(l, "").Length) * Column) + (2 * Left));
        var height = (lines.Length * Line) + Top + 4;
        StringBuilder svg = new();
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="{WebUtility.HtmlEncode(title)}">""")
            .AppendLine("""<rect width="100%" height="100%" rx="8" fill="#0d1117"/>""")
            .AppendLine("""<circle cx="20" cy="18" r="6" fill="#ff5f56"/><circle cx="40" cy="18" r="6" fill="#ffbd2e"/><circle cx="60" cy="18" r="6" fill="#27c93f"/>""")
            .AppendLine("""<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13" fill="#e6edf3">""");
        for (var i = 0; i < lines.Length; i++)
        {
            DrawLine(svg, lines[i], Top + (i * Line));
        }

        return svg.Append("</g>\n</svg>\n").ToString();
    }

    private static void DrawLine(StringBuilder svg, string line, int y)
    {
        var (column, colour, bold) = (0, "", false);
        foreach (var part in Escape().Split(line).Zip(Escape().Matches(line).Select(m => m.Value[2..^1]).Append("")))
        {
            if (part.First.Trim().Length > 0)
            {
                // each piece at its column: the picture is the same whatever font is there
                var style = (colour.Length > 0 ? $" fill=\"{colour}\"" : "") + (bold ? " font-weight=\"bold\"" : "");
                svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left + (column * Column):0.0}" y="{y}" textLength="{part.First.Length * Column:0.0}"{style}>{WebUtility.HtmlEncode(part.First).Replace(" ", Space, StringComparison.Ordinal)}</text>""");
            }

            column += part.First.Length;
            foreach (var code in part.Second.Split(';'))
            {
                (colour, bold) = code switch
                {
                    "0" => ("", false),
                    "1" => (colour, true),
                    _ => (Colours.GetValueOrDefault(code, colour), bold),
                };
            }
        }
    }

    // no group: Split would give what it took, too
    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex Escape();
}
