using Cleat.Text;

namespace Cleat.Trees.Comments;

/// <summary>The comment at the end of a value's line: where one may stand, and what is in it.</summary>
/// <param name="At">Where it begins, or may be inserted, with the white space in front of it.</param>
/// <param name="Text">Without its marks; empty where there is none.</param>
/// <param name="Start">Where <paramref name="Text"/> begins.</param>
internal readonly record struct TrailingComment(int At, string Text, int Start)
{
    private const string SetByFlux = "{\"$imagepolicy\"";
    private const string SetByKpt = "kpt-set:";

    /// <summary>The program that reads the whole comment, and writes the field itself; null when none does.</summary>
    public string? Setter => Text.StartsWith(SetByFlux, StringComparison.Ordinal) ? "Flux's image automation"
        : Text.StartsWith(SetByKpt, StringComparison.Ordinal) ? "kpt"
        : Text.StartsWith('{') && (Text.Contains("\"$ref\"", StringComparison.Ordinal) || Text.Contains("\"$openapi\"", StringComparison.Ordinal)) ? "a setter"
        : null;

    /// <summary>Behind a value, when nothing but white space or a comment follows on its line.</summary>
    public static TrailingComment? Behind(SourceText source, TextSpan value)
    {
        var text = source.Span;
        var end = value.End;
        if (end < text.Length && text[end] is (byte)'"' or (byte)'\'')
        {
            end++;
        }

        var at = end;
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        // in a block scalar a comment would be text
        var line = text[(text[..value.Start].LastIndexOf((byte)'\n') + 1)..value.Start];
        if (line.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0)
        {
            return null;
        }

        if (at == text.Length || text[at] is (byte)'\n' or (byte)'\r')
        {
            return new(end, "", end);
        }

        var mark = at == end ? 0 : text[at] == '#' ? 1 : text[at..].StartsWith("//"u8) ? 2 : 0;
        if (mark == 0)
        {
            return null;
        }

        at += mark;
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        var stop = text[at..].IndexOfAny((byte)'\n', (byte)'\r') is var rest and >= 0 ? at + rest : text.Length;
        return new(end, source.Slice(TextSpan.FromBounds(at, stop)).TrimEnd(), at);
    }
}
