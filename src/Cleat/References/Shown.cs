using System.Globalization;
using System.Text;

namespace Cleat.References;

/// <summary>Puts a piece of foreign text into a message: short, and never as a control character or a look-alike.</summary>
internal static class Shown
{
    private const int Longest = 20;

    /// <summary>The text, cut where it is long; what is not printable ASCII comes out as its code.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        StringBuilder shown = new();
        var at = 0;
        while (at < text.Length && at < Longest)
        {
            shown.Append(At(text, at));
            at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        }

        return at < text.Length ? shown.Append('…').ToString() : shown.ToString();
    }

    /// <summary>One character: as it is when it is printable ASCII, else its code, <c>U+00E9</c>.</summary>
    public static string At(ReadOnlySpan<char> text, int position) =>
        text[position] is >= ' ' and <= '~' ? text[position].ToString()
        : Rune.DecodeFromUtf16(text[position..], out var rune, out _) is System.Buffers.OperationStatus.Done ? Code(rune.Value)
        : Code(text[position]);

    private static string Code(int value) => "U+" + value.ToString("X4", CultureInfo.InvariantCulture);
}
