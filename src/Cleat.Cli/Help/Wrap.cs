using Cleat.Text;

namespace Cleat.Cli.Help;

/// <summary>Text in lines of a given width. A word that is wider keeps its line to itself.</summary>
internal static class Wrap
{
    public static IEnumerable<string> Lines(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && PrintableText.Width(line) + 1 + PrintableText.Width(word) > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        if (line.Length > 0)
        {
            yield return line;
        }
    }
}
