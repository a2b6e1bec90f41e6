using Cleat.Text;

namespace Cleat.Trees.Braces;

/// <summary>
/// Reads HCL, native syntax (github.com/hashicorp/hcl, hclsyntax/spec.md), as a tree. A block is a map under its type and labels
/// (<c>resource.aws_x.name</c>); blocks of one type are several entries of one key. <c>dynamic "x"</c> is read as the block that it
/// makes, <c>jsonencode(x)</c> and the like as <c>x</c>. An expression is a scalar with the tag <see cref="Expression"/>.
/// </summary>
internal static class HclTrees
{
    /// <summary>The tag of a scalar that is an expression: its value is <c>${…}</c> around the text as written, its span that text.</summary>
    public const string Expression = "hcl";

    /// <summary>The tag of a string or heredoc with <c>${…}</c> or <c>%{…}</c> in it: its value is the text as written.</summary>
    public const string Template = "template";

    /// <summary>The tag of a list or map that is joined from several, or from the branches of a condition: which of its items comes first is not known.</summary>
    public const string Joined = "joined";

    /// <summary>The key in a map of an object that is merged into it and stands somewhere else: <c>merge(local.a, {…})</c>.</summary>
    public const string Spread = "...";

    /// <summary>More loops around a place are not looked at.</summary>
    public const int MostLoops = 64;

    /// <param name="problem">Why the rest was not read, or null; what stands before it is in the tree.</param>
    public static Tree Read(SourceText source, out ReadProblem? problem)
    {
        TreeBuilder builder = new(new(0, source.Bytes.Length));
        BraceReader reader = new(source.Span, source.BomLength, builder);
        reader.Hcl();
        problem = reader.Problem;
        return builder.BuildLast(source, TreeSyntax.Hcl, reader.Loops);
    }

    /// <summary>One expression of HCL or Bicep as a tree of its own, its spans those of the file.</summary>
    public static Tree ReadExpression(Tree file, TextSpan span)
    {
        TreeBuilder builder = new();
        BraceReader reader = new(file.Source.Span[..span.End], span.Start, builder, file.Syntax == TreeSyntax.Bicep);
        reader.Single();
        return builder.BuildLast(file.Source, file.Syntax, reader.Loops.Count == 0 ? file.Loops : [.. Near(file.Loops, span).Concat(reader.Loops).OrderBy(l => l.Body.Start)]);
    }

    /// <summary>The expression that begins at an offset, up to the end of its line unless a bracket is open.</summary>
    public static TextSpan ExpressionAt(Tree file, int start)
    {
        BraceReader reader = new(file.Source.Span, start, new TreeBuilder(), file.Syntax == TreeSyntax.Bicep);
        return TextSpan.FromBounds(start, reader.End());
    }

    // those around an expression and in it: of a long file only these, since it may have thousands
    private static IEnumerable<Loop> Near(IReadOnlyList<Loop> loops, TextSpan span)
    {
        var (low, high) = (0, loops.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = loops[middle].Body.Start < span.Start ? (middle + 1, high) : (low, middle);
        }

        var first = int.Max(0, low - MostLoops);
        return loops.Skip(first).TakeWhile(l => l.Body.Start <= span.End);
    }

    /// <summary>The expressions <c>${…}</c> and directives <c>%{…}</c> in the text of a string or heredoc, their marks included; null when one does not end.</summary>
    /// <param name="span">The text without its quotes.</param>
    public static List<TextSpan>? Parts(ReadOnlySpan<byte> file, TextSpan span)
    {
        BraceReader reader = new(file[..span.End], span.Start, new TreeBuilder());
        List<TextSpan> parts = [];
        return reader.Parts(parts) ? parts : null;
    }
}
