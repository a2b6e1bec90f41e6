using Cleat.Uses;

namespace Cleat.Formats.Variables;

/// <summary>A scalar whose text may have variables in it.</summary>
internal static class VariableScalar
{
    /// <summary>Judges the scalar at a place, its variables put in.</summary>
    /// <param name="skip">How many characters stand in front of the reference.</param>
    /// <param name="reader">Reads variables in text that starts at an offset of the file.</param>
    public static void Add(Place place, int skip, Func<int, Func<string, Assembled>> reader)
    {
        var (tree, match, format, sink, _) = place;
        ref readonly var node = ref tree[match.Node];
        var raw = tree.Source.Slice(node.Span);
        if (raw == node.Value && System.Text.Ascii.IsValid(raw))
        {
            var start = node.Span.Start + skip;
            var text = raw[skip..];
            sink.AddOnce(reader(start)(text).Use(format.Name, match.Steps, text, new(start, text.Length), ScalarUse.Comment(tree)));
            return;
        }

        // written with escapes or folded: it can be judged, and written anew as a whole, but not in part
        var whole = reader(node.Span.Start)(node.Value[skip..]).Text;
        PinSite site = whole == node.Value
            ? new PinSite.Text(node.Span, LineComment: ScalarUse.Comment(tree))
            : new PinSite.Nowhere("it is written with escapes: write it plainly first");
        sink.AddOnce(ScalarUse.Judged(format.Name, match.Steps, whole, node.Span, site, null) with { Text = node.Value[skip..] });
    }
}
