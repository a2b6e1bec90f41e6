using Cleat.Text;
using Cleat.Trees.Comments;
using Cleat.Trees.Yaml;

namespace Cleat.Findings;

/// <summary>Which bytes the ignores in the comments of one file hold for. What all of them ask of the file is worked out once.</summary>
internal sealed class SuppressionScopes(SourceText source, CommentSyntax? syntax, IReadOnlyList<Comment> comments)
{
    private Dictionary<int, int>? rows;
    private int[]? continued;
    private List<TextSpan>? documents;
    private List<(int First, int Last)>? blocks;

    public TextSpan Of(Comment comment, SuppressionReach reach)
    {
        var text = source.Span;
        var line = source.Position(comment.Span.Start).Line;
        var last = source.Position(comment.Span.End).Line;
        var scope = reach switch
        {
            SuppressionReach.File => new(0, text.Length),
            SuppressionReach.Resource => Resource(comment, line, last),
            SuppressionReach.NextLine => Lines(last + 1, last + 1),
            SuppressionReach.Line when CommentFinder.StandsAlone(text, comment.Span.Start) => Below(line, last),
            _ => Lines(line, last),
        };
        return comment.Within is { } block ? Intersection(scope, block) : scope;
    }

    // comments in a row hold for what follows them; a line that is continued goes on with the next
    private TextSpan Below(int first, int last)
    {
        var next = (rows ??= Rows()).GetValueOrDefault(last + 1, last) + 1;
        continued ??= Continued();
        return Lines(first, next < continued.Length ? continued[next] : next);
    }

    // for each line with nothing but a comment the last one of the row it stands in
    private Dictionary<int, int> Rows()
    {
        Dictionary<int, int> found = [];
        for (var i = comments.Count - 1; i >= 0; i--)
        {
            if (CommentFinder.StandsAlone(source.Span, comments[i].Span.Start))
            {
                var line = source.Position(comments[i].Span.Start).Line;
                found[line] = found.GetValueOrDefault(line + 1, line);
            }
        }

        return found;
    }

    // for each line the one that it is continued to, in a shell's way or in PowerShell's
    private int[] Continued()
    {
        var lines = source.Lines;
        var ends = new int[lines.Count + 1];
        for (var line = lines.Count; line > 0; line--)
        {
            ends[line] = line < lines.Count && Line(line).TrimEnd(" \t\r\n\f\v"u8) is [.., (byte)'\\' or (byte)'`'] ? ends[line + 1] : line;
        }

        return ends;
    }

    private ReadOnlySpan<byte> Line(int line)
    {
        var start = source.Lines.Start(line);
        return source.Span[start..(line < source.Lines.Count ? source.Lines.Start(line + 1) : source.Bytes.Length)];
    }

    private TextSpan Lines(int first, int last) =>
        first > source.Lines.Count ? new(source.Bytes.Length, 0) : TextSpan.FromBounds(
            source.Lines.Start(first),
            CommentFinder.LineEnd(source.Span, source.Lines.Start(Math.Min(last, source.Lines.Count))));

    // a document of YAML; elsewhere the block of HCL; else the file
    private TextSpan Resource(Comment comment, int line, int last)
    {
        if (syntax is null)
        {
            documents ??= YamlDocuments.Split(source.Span, source.BomLength);
            var (low, high) = (0, documents.Count - 1);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = comment.Span.Start < documents[middle].End ? (low, middle) : (middle + 1, high);
            }

            return documents[low];
        }

        if (syntax == CommentSyntax.Hcl)
        {
            blocks ??= Blocks();
            var block = ~blocks.BinarySearch((line, int.MaxValue)) - 1;
            return block >= 0 && line < blocks[block].Last ? Lines(blocks[block].First, blocks[block].Last) : Below(line, last);
        }

        return new(0, source.Bytes.Length);
    }

    // the lines from one at the margin that opens a brace to the next at the margin, which closes it; comments there are no part of the layout
    private List<(int First, int Last)> Blocks()
    {
        List<(int, int)> found = [];
        var open = 0;
        for (var line = 1; line <= source.Lines.Count; line++)
        {
            var text = Line(line);
            if (text is [] or [(byte)' ' or (byte)'\t' or (byte)'#' or (byte)'/' or (byte)'\n' or (byte)'\r', ..])
            {
                continue;
            }

            if (open > 0)
            {
                found.Add((open, line));
            }

            open = text.TrimEnd(" \t\r\n"u8) is [.., (byte)'{'] ? line : 0;
        }

        if (open > 0)
        {
            found.Add((open, source.Lines.Count + 1));
        }

        return found;
    }

    private static TextSpan Intersection(TextSpan one, TextSpan other)
    {
        var start = Math.Max(one.Start, other.Start);
        return TextSpan.FromBounds(start, Math.Max(start, Math.Min(one.End, other.End)));
    }
}
