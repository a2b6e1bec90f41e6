using System.Text;
using Cleat.Findings;

namespace Cleat.Cli.Reports;

/// <summary>Where a reference stands in its line, in UTF-16 units: findings count bytes, strings do not.</summary>
/// <param name="Start">Index of the first character.</param>
/// <param name="End">Index behind the last one that is on this line.</param>
/// <param name="RunsOn">True when the reference goes on in the next line.</param>
internal readonly record struct LineRange(int Start, int End, bool RunsOn)
{
    private const char Replacement = '\uFFFD';

    public static LineRange Of(Finding finding) => Of(finding.LineText, finding.Position.Column, finding.Use.Span.Length, finding.Use.Text);

    public static LineRange Of(Notice notice) => Of(notice.LineText, notice.Position.Column, notice.Length, "");

    private static LineRange Of(string line, int column, int length, string text)
    {
        var (start, _) = Walk(line, 0, column - 1);

        // a byte that was no UTF-8 is a U+FFFD of three bytes here: then the text itself says where it stands
        if (line.AsSpan(0, start).Contains(Replacement) && text.Length > 0
            && line.IndexOf(text, start, StringComparison.Ordinal) is var found and >= 0)
        {
            start = found;
        }

        if (text.Contains(Replacement, StringComparison.Ordinal) && line.AsSpan(start).StartsWith(text))
        {
            return new(start, start + text.Length, RunsOn: false);
        }

        var (end, left) = Walk(line, start, length);
        if (left > 0)
        {
            end = start + line.AsSpan(start).TrimEnd().Length;
        }

        return new(start, end, left > 0);
    }

    /// <summary>The index that so many bytes of UTF-8 behind <paramref name="from"/> lead to, and how many were left at the end.</summary>
    public static (int Index, int Left) Walk(string line, int from, int bytes)
    {
        var at = from;
        while (bytes > 0 && at < line.Length)
        {
            _ = Rune.DecodeFromUtf16(line.AsSpan(at), out var rune, out var units);
            bytes -= rune.Utf8SequenceLength;
            at += units;
        }

        return (at, Math.Max(0, bytes));
    }
}
