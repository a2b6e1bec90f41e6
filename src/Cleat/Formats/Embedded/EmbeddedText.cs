using Cleat.Text;

namespace Cleat.Formats.Embedded;

/// <summary>Finds where the bytes of a scalar's decoded text stand in the file.</summary>
internal static class EmbeddedText
{
    /// <summary>A map from the decoded text to the file; null when the scalar is written in a way that cannot be followed.</summary>
    /// <param name="span">The bytes the scalar is written with; those of a block scalar start behind blank lines and indentation.</param>
    public static OffsetMap? Align(ReadOnlySpan<byte> text, ReadOnlySpan<byte> file, TextSpan span)
    {
        var table = new int[text.Length + 1];
        var at = span.Start;
        var lead = span.Length > 0 && file[at] is (byte)' ' or (byte)'\n' or (byte)'\r' ? 0 : text.Length - text.TrimStart(" \n"u8).Length;
        table.AsSpan(0, lead).Fill(at);
        for (var i = lead; i < text.Length; i++)
        {
            // indentation, and the CR that YAML's line breaks lose
            while (at < span.End && file[at] != text[i] && file[at] is (byte)' ' or (byte)'\r' && text[i] != '\\')
            {
                at++;
            }

            if (at >= span.End)
            {
                // the line breaks at the end may lie behind the span
                if (text[i] is not ((byte)'\n' or (byte)' '))
                {
                    return null;
                }

                table[i] = span.End;
            }
            else if (file[at] == text[i] || (text[i] == ' ' && file[at] == '\n'))
            {
                // a line break that is folded reads as a space
                table[i] = at++;
            }
            else if (file[at] == '\\' && at + 1 < span.End && (text[i], file[at + 1]) is ((byte)'\n', (byte)'n') or ((byte)'"', (byte)'"') or ((byte)'\t', (byte)'t') or ((byte)'/', (byte)'/'))
            {
                table[i] = at;
                at += 2;
            }
            else
            {
                return null;
            }
        }

        table[text.Length] = at;
        return OffsetMap.Table(table);
    }
}
