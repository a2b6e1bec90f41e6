using System.Buffers;
using System.Globalization;
using System.Text;

namespace Cleat.Text;

/// <summary>
/// Foreign text (out of files, registries, engines, clusters), made safe for a terminal and a message. The one place that does it. What could drive it (control characters, with ESC among them) or hide
/// text from the reader (bidirectional overrides, CVE-2021-42574; invisible format characters) shows as a stand-in.
/// </summary>
public static class PrintableText
{
    /// <summary>Spaces a tab is shown as.</summary>
    public const int TabWidth = 4;

    private const int LongestMessage = 80;
    private const int LongestPiece = 20;

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>True for text that shows as it is, a column for each character.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(Plain) < 0;

    public static string Of(string text) => IsPlain(text) ? text : string.Concat(text.EnumerateRunes().Select(Of));

    /// <summary>The text as <see cref="Of(string)"/> gives it, cut where it is longer than 80 characters.</summary>
    public static string Abbreviated(string text) => Of(text.Length > LongestMessage ? text[..LongestMessage] + "…" : text);

    /// <summary>A piece of text with the code of each character that is not printable ASCII (<c>U+00E9</c>), cut behind 20 characters: look-alikes are told apart.</summary>
    public static string Codes(ReadOnlySpan<char> text)
    {
        StringBuilder codes = new();
        var at = 0;
        while (at < text.Length && at < LongestPiece)
        {
            codes.Append(CodeAt(text, at));
            at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        }

        return at < text.Length ? codes.Append('…').ToString() : codes.ToString();
    }

    /// <summary>One character: as it is when it is printable ASCII, else its code.</summary>
    public static string CodeAt(ReadOnlySpan<char> text, int position) =>
        text[position] is >= ' ' and <= '~' ? text[position].ToString()
        : Rune.DecodeFromUtf16(text[position..], out var rune, out _) is OperationStatus.Done ? Code(rune.Value)
        : Code(text[position]);

    /// <summary>What one character shows as.</summary>
    public static string Of(Rune rune) => rune.Value switch
    {
        '\t' => "    ",
        < 0x20 => ((char)(0x2400 + rune.Value)).ToString(),
        0x7F => "\u2421",
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            ? "\uFFFD"
            : rune.ToString(),
    };

    /// <summary>Columns of a terminal that text from <see cref="Of(string)"/> takes.</summary>
    public static int Width(string printable) =>
        IsPlain(printable) ? printable.Length : printable.EnumerateRunes().Sum(Width);

    /// <summary>0 for what combines with the character before it, 2 for East Asian wide and emoji (Unicode Annex 11), else 1.</summary>
    private static int Width(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
        ? 0
        : rune.Value switch
        {
            < 0x1100 => 1,
            <= 0x115F => 2,
            >= 0x2E80 and <= 0x303E => 2,
            >= 0x3041 and <= 0x33FF => 2,
            >= 0x3400 and <= 0x4DBF => 2,
            >= 0x4E00 and <= 0xA4CF => 2,
            >= 0xA960 and <= 0xA97F => 2,
            >= 0xAC00 and <= 0xD7A3 => 2,
            >= 0xF900 and <= 0xFAFF => 2,
            >= 0xFE30 and <= 0xFE6F => 2,
            >= 0xFF00 and <= 0xFF60 => 2,
            >= 0xFFE0 and <= 0xFFE6 => 2,
            >= 0x1F300 and <= 0x1F64F => 2,
            >= 0x1F680 and <= 0x1F6FF => 2,
            >= 0x1F900 and <= 0x1F9FF => 2,
            >= 0x20000 and <= 0x3FFFD => 2,
            _ => 1,
        };

    private static string Code(int value) => "U+" + value.ToString("X4", CultureInfo.InvariantCulture);
}
