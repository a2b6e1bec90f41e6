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
        foreach (var item in tree.Items(index))
        {
            Copy(tree, item, builder, isValue);
        }

        foreach (var (key, value) in tree.Entries(index))
        {
            var isPlainValue = isValue || tree[key].Value is "manifest" or "locals" or "default";
            foreach (var block in isPlainValue ? [value] : Blocks(tree, value))
            {
                Copy(tree, key, builder, isPlainValue);
                Copy(tree, block, builder, isPlainValue);
            }
        }

        builder.Close(node.Span.End);
    }

    // the items of a list of objects, or the value itself
    private static List<int> Blocks(Tree tree, int value)
    {
        List<int> blocks = [];
        foreach (var item in tree.Items(value))
        {
            if (tree[item].Kind != NodeKind.Map)
            {
                return [value];
            }

            blocks.Add(item);
        }

        return blocks.Count > 0 ? blocks : [value];
    }
}
