using Cleat.Formats.Hcl;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Aws;

/// <summary>The texts that a value of a template may come to: literals, parameters with a default, every branch of a condition, every entry of a mapping that may be meant.</summary>
internal static class CloudFormationTexts
{
    private const string Loop = "Fn::ForEach::";
    private const int Deepest = 20;
    private const int MostWays = 20;

    /// <summary>The texts at a node; empty when one of them is not known.</summary>
    public static List<ValueText> Of(Tree tree, int node, Steps path, int depth = 0)
    {
        node = tree.Target(node);
        if (node < 0 || depth > Deepest)
        {
            return [];
        }

        var (function, argument) = Function(tree, node);
        return function switch
        {
            null => IsLiteral(tree, node) && !tree.IsNull(node) ? [ValueText.Of(tree, node, path)] : [],
            "Ref" when tree[argument] is { Kind: NodeKind.Scalar, Value: var name } => Named(tree, name),
            "FindInMap" when Items(tree, argument) is [var map, var first, var second] && IsLiteral(tree, map) =>
                [.. Values.Of(tree, 0, ["Mappings", tree[map].Value, Key(tree, first), Key(tree, second)]).Where(v => tree[v.Node].Kind == NodeKind.Scalar).Select(v => ValueText.Of(tree, v.Node, v.Path))],
            "If" when Items(tree, argument) is [_, var yes, var no] =>
                Of(tree, yes, path.Add(1), depth + 1) is { Count: > 0 } one && Of(tree, no, path.Add(2), depth + 1) is { Count: > 0 } other ? [.. one, .. other] : [],
            "Select" when Items(tree, argument) is [var number, var list] && int.TryParse(tree[number].Value, out var at) && Function(tree, list).Name is null =>
                Of(tree, tree.ItemAt(list, at), path.Add(1).Add(at), depth + 1),
            _ => [],
        };
    }

    /// <summary>The default of a parameter, or what the loop of that name goes through; what Systems Manager holds is not in the file.</summary>
    public static List<ValueText> Named(Tree tree, string name)
    {
        var isStored = tree.Child(tree.Child(0, "Parameters"), name) is var parameter and >= 0 && tree.Text(parameter, "Type")?.StartsWith("AWS::SSM::", StringComparison.Ordinal) == true;
        List<ValueText> found = isStored ? [] : [.. Values.Of(tree, 0, ["Parameters", name, "Default"]).SelectMany(v => Values.Texts(tree, v.Node, v.Path))];
        if (found.Count > 0 || tree.Child(0, "Resources") is not (var resources and >= 0))
        {
            return found;
        }

        foreach (var (key, loop) in tree.Entries(resources))
        {
            if (tree[key].Value.StartsWith(Loop, StringComparison.Ordinal) && Items(tree, loop) is [var variable, var items, _] && tree[variable].Value == name && Function(tree, items).Name is null)
            {
                found.AddRange(Items(tree, items).Where(i => IsLiteral(tree, i)).Select(i => ValueText.Of(tree, i, Steps.Of("Resources", tree[key].Value))));
            }
        }

        return found;
    }

    /// <summary>The texts of each item of a list; null when one is not known.</summary>
    public static List<List<ValueText>>? Parts(Tree tree, List<int> items, Steps path)
    {
        List<List<ValueText>> parts = [.. items.Select((item, i) => Of(tree, item, path.Add(i)))];
        return parts.Count == 0 || parts.Exists(p => p.Count == 0) || parts.Count(p => p.Count > 1) > 1 || parts.Exists(p => p.Count > MostWays) ? null : parts;
    }

    /// <summary>The ways in which parts, of which one at most has several texts, are put together.</summary>
    public static List<List<ValueText>> Ways(List<List<ValueText>> parts) =>
        [.. Enumerable.Range(0, parts.Max(p => p.Count)).Select(i => (List<ValueText>)[.. parts.Select(p => p[int.Min(i, p.Count - 1)])])];

    /// <summary>The text that a list is split from, and its separator: <c>!Split [",", "a,b"]</c>, a parameter that is a list with commas.</summary>
    public static (ValueText Text, string Separator)? Listed(Tree tree, int node, Steps path)
    {
        var (function, argument) = Function(tree, node);
        return function switch
        {
            "Split" when Items(tree, argument) is [var separator, var text] && IsLiteral(tree, separator) && tree[separator].Value.Length > 0 && Of(tree, text, path.Add(1)) is [var only] => (only, tree[separator].Value),
            "Ref" when Named(tree, tree[argument].Value) is [var only] && only.Path is { Count: 3 } && tree.Text(tree.Find(only.Path.Parent), "Type") is "CommaDelimitedList" or "List<String>" => (only, ","),
            _ => null,
        };
    }

    public static string Key(Tree tree, int node) => IsLiteral(tree, node) ? tree[node].Value : Traversal.Any;

    public static bool IsLiteral(Tree tree, int node) => tree[node] is { Kind: NodeKind.Scalar, Tag: null };

    /// <summary>The function that a node is: <c>!Sub x</c> or <c>Fn::Sub: x</c>.</summary>
    public static (string? Name, int Argument) Function(Tree tree, int node)
    {
        if (tree[node].Tag is ['!', .. var tag])
        {
            return (tag, node);
        }

        (int Key, int Value)? only = null;
        foreach (var entry in tree.Entries(node))
        {
            if (only is not null)
            {
                return (null, node);
            }

            only = entry;
        }

        return only is not { } call ? (null, node)
            : tree[call.Key].Value == "Ref" ? ("Ref", tree.Target(call.Value))
            : tree[call.Key].Value.StartsWith("Fn::", StringComparison.Ordinal) ? (tree[call.Key].Value[4..], tree.Target(call.Value))
            : (null, node);
    }

    public static List<int> Items(Tree tree, int list)
    {
        List<int> items = [];
        foreach (var item in tree.Items(list))
        {
            items.Add(tree.Target(item));
        }

        return items.Contains(-1) ? [] : items;
    }
}
