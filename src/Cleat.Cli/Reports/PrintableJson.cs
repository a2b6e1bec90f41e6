using System.Buffers;
using System.Globalization;
using System.Text;

namespace Cleat.Cli.Reports;

/// <summary>
/// JSON on its way out, its meaning unchanged: what the encoder leaves as it is although a terminal or a CI system must not see it is escaped. That is
/// what hides or reorders text (category Cf), and <c>##</c>, which commands of CI systems begin with.
/// </summary>
/// <param name="output">Not disposed.</param>
internal sealed class PrintableJson(Stream output) : WriteOnlyStream
{
    // first bytes of such characters in UTF-8: U+00xx, U+06xx, U+07xx, U+18xx, U+20xx, U+Fxxx, and beyond the BMP
    private static readonly SearchValues<byte> Leads = SearchValues.Create("#\u007F"u8.ToArray().Concat((byte[])[0xC2, 0xD8, 0xDB, 0xDC, 0xE0, 0xE1, 0xE2, 0xEF, 0xF0, 0xF3]).ToArray());

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var start = 0;
        for (var at = 0; at < buffer.Length;)
        {
            var next = buffer[at..].IndexOfAny(Leads);
            if (next < 0)
            {
                break;
            }

            at += next;
            if (buffer[at] == '#')
            {
                at++;
                if (at < buffer.Length && buffer[at] == '#')
                {
                    Put(buffer[start..at], "\\u0023");
                    start = ++at;
                }

                continue;
            }

            Rune.DecodeFromUtf8(buffer[at..], out var rune, out var length);
            if (rune.Value == 0x7F || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                Put(buffer[start..at], string.Concat(rune.ToString().Select(c => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"))));
                start = at + length;
            }

            at += length;
        }

        output.Write(buffer[start..]);
    }

    public override void Flush() => output.Flush();

    private void Put(ReadOnlySpan<byte> plain, string escaped)
    {
        output.Write(plain);
        output.Write(Encoding.ASCII.GetBytes(escaped));
    }
}
