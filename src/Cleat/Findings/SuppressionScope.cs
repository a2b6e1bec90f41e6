using Cleat.Text;
using Cleat.Trees.Comments;
using Cleat.Trees.Yaml;

namespace Cleat.Findings;

/// <summary>Which bytes an ignore in a comment holds for.</summary>
internal static class SuppressionScope
{
    public static TextSpan Of(SourceText source, CommentSyntax? syntax, IReadOnlyList<Comment> comments, Comment comment, SuppressionReach reach)
    {
        var text = source.Span;
        var line = source.Position(comment.Span.Start).Line;
        var last = source.Position(comment.Span.End).Line;
        var scope = reach switch
        {
            SuppressionReach.File => new(0, text.Length),
            SuppressionReach.Resource => Resource(source, syntax, comments, comment, line, last),
            SuppressionReach.NextLine => Lines(source, last + 1, last + 1),
            SuppressionReach.Line when CommentFinder.StandsAlone(text, comment.Span.Start) => Below(source, comments, line, last),
            _ => Lines(source, line, last),
        };
        return comment.Within is { } block ? Intersection(scope, block) : scope;
    }

    // comments in a row hold for what follows them; a line that is continued goes on with the next
    private static TextSpan Below(SourceText source, IReadOnlyList<Comment> comments, int first, int last)
    {
        var commented = comments.Where(c => CommentFinder.StandsAlone(source.Span, c.Span.Start)).Select(c => source.Position(c.Span.Start).Line).ToHashSet();
        do
        {
            last++;
        }
        while (commented.Contains(last));

        while (last < source.Lines.Count && source.LineText(last).AsSpan().TrimEnd() is [.., '\\' or '`'])
        {
            last++;
        }

        return Lines(source, first, last);
    }

    private static TextSpan Lines(SourceText source, int first, int last) =>
        first > source.Lines.Count ? new(source.Bytes.Length, 0) : TextSpan.FromBounds(
            source.Lines.Start(first),
            CommentFinder.LineEnd(source.Span, source.Lines.Start(Math.Min(last, source.Lines.Count))));

    // a document of YAML; elsewhere the block of HCL; else the file
    private static TextSpan Resource(SourceText source, CommentSyntax? syntax, IReadOnlyList<Comment> comments, Comment comment, int line, int last)
    {
        var text = source.Span;
        if (syntax is null)
        {
            foreach (var part in YamlDocuments.Split(text, source.BomLength))
            {
                if (comment.Span.Start < part.End)
                {
                    return part;
                }
            }
        }

        if (syntax == CommentSyntax.Hcl)
        {
            return Block(source, line) ?? Below(source, comments, line, last);
        }

        return new(0, text.Length);
    }

    // the lines from one at the margin that opens a brace to the brace at the margin that closes it; null when the line is in none
    private static TextSpan? Block(SourceText source, int line)
    {
        var first = line;
        while (first > 0 && !IsMargin(source, first))
        {
            first--;
        }

        if (first == 0 || !source.LineText(first).AsSpan().TrimEnd().EndsWith("{"))
        {
            return null;
        }

        var last = first + 1;
        while (last < source.Lines.Count && !IsMargin(source, last))
        {
            last++;
        }

        return Lines(source, first, last);
    }

    // comments at the margin are no part of the layout
    private static bool IsMargin(SourceText source, int line) => source.LineText(line) is [not (' ' or '\t' or '#' or '/'), ..];

    private static TextSpan Intersection(TextSpan one, TextSpan other)
    {
        var start = Math.Max(one.Start, other.Start);
        return TextSpan.FromBounds(start, Math.Max(start, Math.Min(one.End, other.End)));
    }
}
