using Cleat.Text;

namespace Cleat.Formats.Helm.Templates;

/// <summary>
/// The lines of a template that may name an image, and those that go on with them: by a mark that takes the end of the line away, or as the value of a name.
/// Everything else of a template says nothing to who only looks for images.
/// </summary>
internal sealed class ImageLines
{
    private readonly List<TextSpan> spans = [];

    // the first that may touch what is asked for next: asked for is from front to back, but for a body that is read once more
    private int next;

    public ImageLines(ReadOnlySpan<byte> text)
    {
        var (at, small, large) = (0, Next(text, "mage"u8, 0), Next(text, "MAGE"u8, 0));
        while (int.Min(small, large) is var found && found < text.Length)
        {
            var start = LineStart(text, at, found);
            while (start > at && Joins(text, start))
            {
                start = LineStart(text, at, start - 1);
            }

            var end = LineEnd(text, found);
            if (found == large)
            {
                // `name: RELATED_IMAGE`, and its value on the next line
                end = end < text.Length ? LineEnd(text, end + 1) : end;
            }

            while (end < text.Length && Joins(text, end + 1))
            {
                end = LineEnd(text, end + 1);
            }

            spans.Add(TextSpan.FromBounds(start, end));
            at = end;
            small = small < at ? Next(text, "mage"u8, at) : small;
            large = large < at ? Next(text, "MAGE"u8, at) : large;
        }
    }

    /// <summary>The part of a stretch of text from the first such line in it to the last; empty when there is none.</summary>
    public TextSpan In(int start, int stop)
    {
        while (next > 0 && spans[next - 1].End >= start)
        {
            next--;
        }

        while (next < spans.Count && spans[next].End < start)
        {
            next++;
        }

        var last = next;
        while (last < spans.Count && spans[last].Start < stop)
        {
            last++;
        }

        return last == next ? new(start, 0) : TextSpan.FromBounds(int.Max(start, spans[next].Start), int.Min(stop, spans[last - 1].End));
    }

    private static int Next(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word, int from) => text[from..].IndexOf(word) is var found and >= 0 ? from + found : text.Length;

    private static int LineStart(ReadOnlySpan<byte> text, int from, int at) => text[from..at].LastIndexOf((byte)'\n') is var end and >= 0 ? from + end + 1 : from;

    private static int LineEnd(ReadOnlySpan<byte> text, int at) => text[at..].IndexOf((byte)'\n') is var end and >= 0 ? at + end : text.Length;

    // the end of the line before is taken away: by `-}}` in front of it, or `{{-` behind it
    private static bool Joins(ReadOnlySpan<byte> text, int start) => text[start..].TrimStart(" \t\r\n"u8).StartsWith("{{-"u8) || text[..start].TrimEnd(" \t\r\n"u8).EndsWith("-}}"u8);
}
