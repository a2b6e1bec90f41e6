using System.Text;
using Cleat.Uses;

namespace Cleat.Formats.Variables;

/// <summary>Reads a text with variables in it.</summary>
/// <param name="start">Offset in the file of the text's first byte.</param>
/// <param name="choices">What is chosen where a variable may have several values.</param>
internal delegate Assembled VariableReader(string text, int start, Choices choices);

/// <summary>A scalar whose text may have variables in it.</summary>
internal static class VariableScalar
{
    /// <summary>Judges the scalar at a place, its variables put in.</summary>
    /// <param name="skip">How many characters stand in front of the reference.</param>
    /// <param name="reader">Reads variables in text that starts at an offset of the file.</param>
    public static void Add(Place place, int skip, Func<int, Func<string, Assembled>> reader) => Add(place, skip, (text, start, _) => reader(start)(text));

    /// <summary>Judges the scalar at a place in every way in which it may come out.</summary>
    /// <param name="skip">How many characters stand in front of the reference.</param>
    public static void Add(Place place, int skip, VariableReader reader)
    {
        var (tree, match, format, sink, _) = place;
        var node = place.Node;
        var raw = tree.Source.Slice(node.Span);
        var (text, start) = (node.Value[skip..], node.Span.Start + skip);
        if (raw == node.Value && Ascii.IsValid(raw))
        {
            foreach (var pieces in Choices.All(choices => reader(text, start, choices), text))
            {
                sink.AddOnce(pieces.Use(format.Name, match.Steps, text, new(start, text.Length), ScalarUse.Comment(tree)));
            }

            return;
        }

        // written with escapes or folded: it can be judged, and written anew as a whole, but not in part
        foreach (var pieces in Choices.All(choices => reader(text, node.Span.Start, choices), text))
        {
            PinSite site = pieces.Text == node.Value
                ? new PinSite.Text(node.Span, LineComment: ScalarUse.Comment(tree))
                : new PinSite.Nowhere("it is written with escapes: write it plainly first");
            sink.AddOnce(ScalarUse.Judged(format.Name, match.Steps, pieces.Text, node.Span, site, null) with { Text = text });
        }
    }
}
