using Cleat.Formats.Hcl;

namespace Cleat.Formats.Terraform;

/// <summary>The defaults that stand in a variable's type: <c>object({ image = optional(string, "nginx:1.27") })</c> (developer.hashicorp.com/terraform/language/expressions/type-constraints).</summary>
internal static class TypeDefaults
{
    private const int Deepest = 16;

    private static readonly string[] Collections = ["map", "list", "set"];

    /// <summary>What a type gives an attribute, by the keys that lead to it.</summary>
    public static IEnumerable<Located> Of(ValueText type, IReadOnlyList<string> keys, int depth = 0)
    {
        if (depth >= Deepest)
        {
            return [];
        }

        if (Operation.Arguments(type, "optional") is [var inner, .. var given])
        {
            var own = given is [var value, ..] ? Given(value, keys) : [];
            return keys.Count == 0 ? own : own.Concat(Of(inner, keys, depth + 1));
        }

        if (keys.Count == 0)
        {
            return [];
        }

        IReadOnlyList<string> rest = [.. keys.Skip(1)];
        if (Operation.Argument(type, "object") is { } attributes)
        {
            return NamePath.Structure(attributes) is { } tree
                ? Values.Of(tree, 0, [keys[0]]).SelectMany(a => Of(ValueText.Of(tree, a.Node, type.Path.Add(a.Path)), rest, depth + 1))
                : [];
        }

        return Collections.Select(c => Operation.Argument(type, c)).FirstOrDefault(a => a is not null) is { } item ? Of(item, rest, depth + 1) : [];
    }

    // a default is a literal
    private static IEnumerable<Located> Given(ValueText value, IReadOnlyList<string> keys)
    {
        var tree = Trees.Braces.HclTrees.ReadExpression(value.Tree, value.Outer);
        return tree.Count == 0 ? [] : Values.Of(tree, 0, keys).Select(v => new Located(tree, v.Node, value.Path.Add(v.Path)));
    }
}
