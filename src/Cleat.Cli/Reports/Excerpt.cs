using System.Text;
using Cleat.Text;

namespace Cleat.Cli.Reports;

/// <summary>The part of a line that is shown, safe to print, cut in three so that the middle can be underlined.</summary>
internal readonly record struct Excerpt(string Before, string Marked, string After)
{
    private const int Limit = 160;

    private const string Cut = "…";

    /// <summary>A line wider than <see cref="Limit"/> shows as a window around the reference.</summary>
    public static Excerpt Of(string line, LineRange range)
    {
        var (start, end, _) = range;
        if (line.Length <= Limit && PrintableText.IsPlain(line))
        {
            return new(line[..start], line[start..end], line[end..]);
        }

        var from = line.StartsWith('\uFEFF') && start > 0 ? 1 : 0;

        var marked = Forward(line.AsSpan(start, end - start), Limit);
        var room = Limit - PrintableText.Width(marked);
        var after = Forward(line.AsSpan(end), Limit);
        var before = Backward(line.AsSpan(from, start - from), Math.Max(room / 2, room - PrintableText.Width(after)));
        return new(before, marked, room < 0 ? "" : Forward(line.AsSpan(end), room - PrintableText.Width(before)));
    }

    /// <summary>From the left, as much as there is room for.</summary>
    private static string Forward(ReadOnlySpan<char> text, int room)
    {
        // most lines are plain, and what is not shown does not matter
        if (room >= 0 && PrintableText.IsPlain(text[..Math.Min(text.Length, room + 1)]))
        {
            return text.Length <= room ? text.ToString() : string.Concat(text[..room], Cut);
        }

        StringBuilder shown = new();
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var next = PrintableText.Of(rune);
            width += PrintableText.Width(next);
            if (width > room)
            {
                return shown.Append(Cut[0]).ToString();
            }

            shown.Append(next);
        }

        return shown.ToString();
    }

    /// <summary>From the right, as much as there is room for.</summary>
    private static string Backward(ReadOnlySpan<char> text, int room)
    {
        if (room >= 0 && PrintableText.IsPlain(text[^Math.Min(text.Length, room + 1)..]))
        {
            return text.Length <= room ? text.ToString() : string.Concat(Cut, text[^room..]);
        }

        List<string> shown = [];
        var width = 0;
        while (!text.IsEmpty)
        {
            _ = Rune.DecodeLastFromUtf16(text, out var rune, out var units);
            var next = PrintableText.Of(rune);
            width += PrintableText.Width(next);
            if (width > room)
            {
                shown.Add(Cut);
                break;
            }

            shown.Add(next);
            text = text[..^units];
        }

        shown.Reverse();
        return string.Concat(shown);
    }
}
