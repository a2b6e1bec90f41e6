using Cleat.Text;
using Cleat.Trees.Json;
using Cleat.Trees;

namespace Cleat.Formats.Terraform;

/// <summary>
/// Terraform's JSON as the tree that its native syntax gives (developer.hashicorp.com/terraform/language/syntax/json): a list of objects
/// stands for that many blocks. What is a value and no block (<c>manifest</c>) stays as it is.
/// </summary>
internal static class JsonBlocks
{
    public static Tree Read(SourceText source, out ReadProblem? problem)
    {
        TreeBuilder builder = new();
        var trees = JsonTrees.Read(source, out problem);
        if (trees is [var tree, ..])
        {
            Copy(tree, 0, builder, isValue: false);
        }

        return builder.Build(source, TreeSyntax.Json);
    }

    private static void Copy(Tree tree, int index, TreeBuilder builder, bool isValue)
    {
        ref readonly var node = ref tree[index];
        if (node.Kind == NodeKind.Scalar)
        {
            builder.Scalar(node.Value, node.Span, node.IsPlain);
            return;
        }

        builder.Open(node.Kind, node.Span.Start);
        for (var child = node.First; child >= 0; child = tree[child].Next)
        {
            if (node.Kind == NodeKind.Sequence)
            {
                Copy(tree, child, builder, isValue);
                continue;
            }

            var key = child;
            child = tree[key].Next;
            var isPlainValue = isValue || tree[key].Value is "manifest" or "locals" or "default";
            var blocks = isPlainValue ? -1 : Blocks(tree, child);
            var block = blocks >= 0 ? blocks : child;
            for (; block >= 0; block = blocks >= 0 ? tree[block].Next : -1)
            {
                Copy(tree, key, builder, isPlainValue);
                Copy(tree, block, builder, isPlainValue);
            }
        }

        builder.Close(node.Span.End);
    }

    // the first of a list of objects, or -1
    private static int Blocks(Tree tree, int list)
    {
        var first = tree[list].Kind == NodeKind.Sequence ? tree[list].First : -1;
        for (var item = first; item >= 0; item = tree[item].Next)
        {
            if (tree[item].Kind != NodeKind.Map)
            {
                return -1;
            }
        }

        return first;
    }
}
