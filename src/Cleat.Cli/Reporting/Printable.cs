using System.Buffers;
using System.Globalization;
using System.Text;

namespace Cleat.Cli.Reporting;

/// <summary>
/// Text out of files, made safe for a terminal. What could drive it (control characters, with ESC among them) or hide
/// text from the reader (bidirectional overrides, CVE-2021-42574; invisible format characters) shows as a stand-in.
/// </summary>
internal static class Printable
{
    /// <summary>Spaces a tab is shown as.</summary>
    public const int TabWidth = 4;

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>True for text that shows as it is, a column for each character.</summary>
    public static bool IsPlain(string text) => text.AsSpan().IndexOfAnyExcept(Plain) < 0;

    public static string Of(string text) => IsPlain(text) ? text : string.Concat(text.EnumerateRunes().Select(Of));

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
}
