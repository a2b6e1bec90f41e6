using Cleat.Text;
using Cleat.Trees.Yaml;

namespace Cleat.Trees.Comments;

/// <summary>
/// The comments of YAML: a <c>#</c> at the start of a line or behind white space, outside of every scalar (YAML 1.2.2, 6.6).
/// The scalars are the parser's own. In a block scalar a <c>#</c> is text to YAML; what the block holds (a Dockerfile, a
/// script) may see a comment, so it is given as one within that block.
/// </summary>
internal static class YamlComments
{
    public static List<Comment> Find(SourceText source)
    {
        List<TextSpan> scalars = [];
        foreach (var part in YamlDocuments.Split(source.Span, source.BomLength))
        {
            foreach (var tree in YamlTrees.Read(source, part, out _))
            {
                for (var i = 0; i < tree.Count; i++)
                {
                    if (tree[i].Kind == NodeKind.Scalar && tree[i].Span.Length > 0)
                    {
                        scalars.Add(tree[i].Span);
                    }
                }
            }
        }

        return Between(source.Span, source.BomLength, scalars);
    }

    private static List<Comment> Between(ReadOnlySpan<byte> text, int start, List<TextSpan> scalars)
    {
        List<Comment> found = [];
        var next = 0;
        var end = 0;
        for (var at = start; text[at..].IndexOf((byte)'#') is var found0 and >= 0;)
        {
            at += found0;
            while (next < scalars.Count && scalars[next].End <= at)
            {
                next++;
            }

            TextSpan? within = next < scalars.Count && scalars[next].Start <= at ? scalars[next] : null;
            var isMark = at == start || text[at - 1] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';
            end = at < end ? end : CommentFinder.LineEnd(text, at);
            if (within is { } scalar && (!isMark || !CommentFinder.StandsAlone(text, at) || IsQuoted(text, scalar)))
            {
                // several comments may stand in one block: go on with the next line, or behind a string on this line
                at = Math.Min(end, Math.Max(at + 1, IsQuoted(text, scalar) ? scalar.End : 0));
            }
            else if (isMark)
            {
                found.Add(new(TextSpan.FromBounds(at, end), within));
                at = end;
            }
            else
            {
                at++;
            }
        }

        return found;
    }

    private static bool IsQuoted(ReadOnlySpan<byte> text, TextSpan scalar) => scalar.Start > 0 && text[scalar.Start - 1] is (byte)'"' or (byte)'\'';
}
