using System.Collections.Immutable;

namespace Cleat.Formats.Helm.Templates;

/// <summary>A value as YAML, as <c>toYaml</c> writes it.</summary>
internal static class YamlText
{
    private const int Deepest = 50;

    public static Value Of(Value value)
    {
        List<Piece> pieces = [];
        Write(value, "", pieces, 0);
        if (pieces is [{ Text: "\n" }, ..])
        {
            pieces.RemoveAt(0);
        }

        return value is Value.Opaque ? value : new Value.Text(pieces);
    }

    private static void Write(Value value, string indent, List<Piece> pieces, int depth)
    {
        switch (value)
        {
            case Value.Map { Entries.Count: > 0 } map when depth < Deepest:
                foreach (var (key, inner) in map.Entries.OrderBy(e => e.Key, StringComparer.Ordinal))
                {
                    Say((pieces.Count == 0 || EndsInDash(pieces) ? "" : "\n" + indent) + Scalar(key) + ":" + (inner is Value.Map { Entries.Count: > 0 } or Value.List { Items.Count: > 0 } ? "" : " "), pieces);
                    Write(inner, inner is Value.List ? indent : indent + "  ", pieces, depth + 1);
                }

                break;
            case Value.List { Items.Count: > 0 } list when depth < Deepest:
                foreach (var item in list.Items)
                {
                    Say((pieces.Count == 0 || EndsInDash(pieces) ? "" : "\n" + indent) + "- ", pieces);
                    Write(item, indent + "  ", pieces, depth + 1);
                }

                break;
            case Value.Map or Value.List:
                Say(value is Value.Map ? "{}" : "[]", pieces);
                break;
            case Value.Text { Known: { } text } known when text.Contains('\n', StringComparison.Ordinal):
                Say("|-\n" + indent + text.Replace("\n", "\n" + indent, StringComparison.Ordinal), pieces, known.Sources());
                break;
            case Value.Text { Known: { } text } when text.Length > 0 && Scalar(text) == text:
                pieces.AddRange(value.Pieces());
                break;
            case Value.Text { Known: { } text }:
                Say(Scalar(text), pieces, value.Sources());
                break;
            case Value.Plain { Data: null }:
                Say("null", pieces);
                break;
            default:
                pieces.AddRange(value.Pieces());
                break;
        }
    }

    private static bool EndsInDash(List<Piece> pieces) => pieces[^1].Text.EndsWith("- ", StringComparison.Ordinal) && pieces[^1].From.IsEmpty;

    private static void Say(string text, List<Piece> pieces, ImmutableArray<int>? from = null) => pieces.Add(new(text, from ?? [], false, default));

    // with quotes where YAML would read something else than this text
    private static string Scalar(string text)
    {
        var isPlain = text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] is '/' or '_' || (char.IsAsciiDigit(text[0]) && !double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _)))
            && !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal) && !text.EndsWith(':') && text.Trim() == text
            && text is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off" or "True" or "False" or "Yes" or "No" or "On" or "Off" or "y" or "n");
        return isPlain ? text : "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
    }
}
