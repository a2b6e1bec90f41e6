using Cleat.References;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Rewriting;

/// <summary>The comment of the style <c>nginx@sha256:… # nginx:1.27</c>.</summary>
internal static class TrailingComment
{
    /// <summary>Where such a comment may be inserted: behind the value, when nothing but white space or a comment follows on its line.</summary>
    public static int? Place(SourceText source, PinSite.Text site)
    {
        if (site.TagInComment)
        {
            // behind the colon: not every reader of JSON with comments takes one in front of it
            var colon = source.Span[(site.Span.End + 1)..].IndexOf((byte)':');
            return colon < 0 ? null : site.Span.End + 2 + colon;
        }

        if (site.LineComment is null || site.Prefix.Length + site.Suffix.Length > 0)
        {
            return null;
        }

        var text = source.Span;
        var end = site.Span.End;
        if (end < text.Length && text[end] is (byte)'"' or (byte)'\'')
        {
            end++;
        }

        var at = end;
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        // in a block scalar a comment would be text
        var line = text[(text[..site.Span.Start].LastIndexOf((byte)'\n') + 1)..site.Span.Start];
        var free = at == text.Length || text[at] is (byte)'\n' or (byte)'\r' || (at > end && text[at] == '#');
        return free && line.IndexOfAnyExcept((byte)' ', (byte)'\t') >= 0 ? end : null;
    }

    /// <summary>The comment as it is written, with the space in front of it.</summary>
    public static string Text(PinSite.Text site, string reference) => site.TagInComment ? $" /* {reference} */" : $" {site.LineComment} {reference}";

    /// <summary>The tagged reference in a comment behind the value, with the bytes the comment takes.</summary>
    public static (string Reference, TextSpan Span)? Tag(SourceText source, PinSite.Text site, string name)
    {
        if (Place(source, site) is not { } place)
        {
            return null;
        }

        var mark = site.TagInComment ? " /* " : $" {site.LineComment} ";
        var rest = source.Span[place..];
        var end = rest.IndexOfAny((byte)'\n', (byte)'\r');
        var line = source.Slice(new(place, end < 0 ? rest.Length : end));
        if (!line.StartsWith(mark, StringComparison.Ordinal))
        {
            return null;
        }

        var stop = line.IndexOfAny([' ', '\t'], mark.Length);
        var word = line[mark.Length..(stop < 0 ? line.Length : stop)];
        return ImageReference.TryParse(word, out var said, out _) && said.Name == name && said.Tag is not null && said.Digest is null
            && line.StartsWith(Text(site, word), StringComparison.Ordinal)
            ? (word, new TextSpan(place, Text(site, word).Length))
            : null;
    }
}
