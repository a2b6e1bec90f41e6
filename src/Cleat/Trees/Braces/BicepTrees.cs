using Cleat.Text;

namespace Cleat.Trees.Braces;

/// <summary>
/// Reads Bicep as a tree: <c>param.x</c> and <c>var.x</c> are values, <c>resource.x</c> and <c>module.x</c> are bodies with the type or path
/// under <c>type</c>. A loop is a list of its body; expressions and templates are tagged as <see cref="HclTrees"/> tags them.
/// </summary>
internal static class BicepTrees
{
    /// <param name="problem">Why the rest was not read, or null; what stands before it is in the tree.</param>
    public static Tree Read(SourceText source, out ReadProblem? problem)
    {
        TreeBuilder builder = new(new(0, source.Bytes.Length));
        BraceReader reader = new(source.Span, source.BomLength, builder, isBicep: true);
        reader.Bicep();
        problem = reader.Problem;
        return builder.BuildLast(source, TreeSyntax.Bicep, reader.Loops);
    }
}
