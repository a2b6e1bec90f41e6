using System.Collections.Immutable;

namespace Cleat.Formats.Helm.Templates;

/// <summary>A place in what a chart renders that names an image.</summary>
/// <param name="Line">The line of its output, from 0.</param>
/// <param name="Pieces">What it is made of, cut to the reference.</param>
internal sealed record ImagePlace(Rendered File, Branch? Branch, int Line, string Text, ImmutableArray<Piece> Pieces)
{
    /// <summary>How many branches that are not taken it stands in.</summary>
    public int Depth => (Branch?.Depth ?? 0) + (File.IsOff ? 1 : 0);

    /// <summary>The nodes of the values that a part of the reference is made from.</summary>
    public IEnumerable<int> From(int start, int end)
    {
        var at = 0;
        foreach (var piece in Pieces)
        {
            if (at < end && at + piece.Text.Length > start)
            {
                foreach (var node in piece.From)
                {
                    yield return node;
                }
            }

            at += piece.Text.Length;
        }
    }
}

/// <summary>Finds the places that name images in what templates render: a key that ends in <c>image</c>, an argument or a variable with that word.</summary>
internal static class ImagePlaces
{
    public static IEnumerable<ImagePlace> Of(Rendered file)
    {
        foreach (var place in Of(file, null, file.Main))
        {
            yield return place;
        }

        foreach (var branch in file.Aside.Values)
        {
            foreach (var place in Of(file, branch, branch.Output))
            {
                yield return place;
            }
        }
    }

    private static IEnumerable<ImagePlace> Of(Rendered file, Branch? branch, Output output)
    {
        var text = output.Text;
        if (!text.Contains("mage", StringComparison.OrdinalIgnoreCase))
        {
            yield break;
        }

        var (piece, offset) = (0, 0);
        var followsName = false;
        for (int start = 0, line = 0; start < text.Length; line++)
        {
            var stop = text.IndexOf('\n', start) is var n && n < 0 ? text.Length : n;
            if (Reference(text, start, stop, ref followsName) is var (from, to) && to > from)
            {
                while (offset + output.Pieces[piece].Text.Length <= from)
                {
                    offset += output.Pieces[piece++].Text.Length;
                }

                var pieces = Cut(output, piece, offset, from, to);
                if (pieces.Any(p => !p.From.IsEmpty))
                {
                    yield return new(file, branch, line, text[from..to], pieces);
                }
            }

            start = stop + 1;
        }
    }

    private static ImmutableArray<Piece> Cut(Output output, int piece, int offset, int from, int to)
    {
        var cut = ImmutableArray.CreateBuilder<Piece>();
        for (var at = offset; at < to && piece < output.Pieces.Count; at += output.Pieces[piece++].Text.Length)
        {
            var whole = output.Pieces[piece];
            var (start, end) = (int.Max(0, from - at), int.Min(whole.Text.Length, to - at));
            cut.Add(whole with { Text = whole.Text[start..end] });
        }

        return cut.ToImmutable();
    }

    // where a reference stands on a line; none when start and end are one
    private static (int Start, int End) Reference(string text, int start, int stop, ref bool followsName)
    {
        var line = text.AsSpan(start, stop - start);
        var wasName = followsName;
        var content = line.TrimStart(" -\"'");
        var colon = content.IndexOf(':');
        var key = colon < 0 ? default : content[..colon].TrimEnd("\"' ");
        var isKey = colon >= 0 && (colon + 1 == content.Length || content[colon + 1] == ' ') && !key.ContainsAny(" =");
        followsName = isKey && key is "name" && content.TrimEnd("\"' \r").EndsWith("IMAGE", StringComparison.Ordinal);
        if (isKey && (key.EndsWith("image", StringComparison.Ordinal) || key.EndsWith("Image", StringComparison.Ordinal) || key.EndsWith("IMAGE", StringComparison.Ordinal) || key is "imageName"))
        {
            return Trimmed(text, stop - content.Length + colon + 1, stop);
        }

        if (wasName && key is "value")
        {
            return Whole(text, Trimmed(text, stop - content.Length + colon + 1, stop));
        }

        // --config-reloader-image=name:tag
        var equals = content.IndexOf('=');
        return equals > 0 && line.TrimStart(" -").Length > 0 && content[..equals].Contains("image", StringComparison.OrdinalIgnoreCase) && content[(equals + 1)..].IndexOf(' ') < 0
            ? Whole(text, Trimmed(text, stop - content.Length + equals + 1, stop))
            : (0, 0);
    }

    // an argument or a variable may hold a name alone, for which the program has a tag
    private static (int Start, int End) Whole(string text, (int Start, int End) span) =>
        Kustomize.ImageEntry.Split(text[span.Start..span.End]) is { Tag: null, Digest: null } ? (0, 0) : span;

    // without white space, quotes, and a comment behind it
    private static (int Start, int End) Trimmed(string text, int start, int stop)
    {
        while (start < stop && text[start] is ' ' or '\t')
        {
            start++;
        }

        if (start < stop && text[start] is '"' or '\'')
        {
            var close = text.IndexOf(text[start], start + 1, stop - start - 1);
            return close < 0 ? (start + 1, stop) : (start + 1, close);
        }

        var comment = text.IndexOf(" #", start, stop - start, StringComparison.Ordinal);
        stop = comment < 0 ? stop : comment;
        while (stop > start && text[stop - 1] is ' ' or '\t' or '\r' or '"' or '\'')
        {
            stop--;
        }

        return start < stop && text[start] is '{' or '[' or '|' or '>' or '&' or '*' && !text.AsSpan(start).StartsWith("{{") ? (0, 0) : (start, stop);
    }
}
