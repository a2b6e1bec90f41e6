using System.Text.RegularExpressions;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Helm;

/// <summary>A chart's values.schema.json (json-schema.org): what it is asked is whether a value may be written, as far as closed objects, patterns and lists of values say.</summary>
internal sealed class ValuesSchema(Tree tree)
{
    private const int MostReferences = 20;

    /// <summary>False when the schema refuses the text at a place in the values.</summary>
    public bool Allows(Steps steps, string text)
    {
        List<int> at = [0];
        foreach (var step in steps.Span)
        {
            List<int> below = [];
            foreach (var node in at.SelectMany(All))
            {
                if (step.IsItem)
                {
                    below.Add(tree.Child(node, "items"));
                }
                else if (tree.Child(tree.Child(node, "properties"), step.Key!) is var property and >= 0)
                {
                    below.Add(property);
                }
                else if (tree.Child(node, "additionalProperties") is var more and >= 0)
                {
                    if (tree[more] is { Kind: NodeKind.Scalar, Value: "false" } && tree.Child(node, "patternProperties") < 0)
                    {
                        return false;
                    }

                    below.Add(more);
                }
            }

            at = [.. below.Where(n => n >= 0)];
        }

        return at.SelectMany(All).All(node => AllowsText(node, text));
    }

    private bool AllowsText(int node, string text)
    {
        if (tree.Text(node, "pattern") is { } pattern)
        {
            try
            {
                if (!Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant))
                {
                    return false;
                }
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                // what cannot be evaluated is not taken for a yes
                return false;
            }
        }

        var values = tree.Child(node, "enum");
        var isListed = values < 0;
        foreach (var item in tree.Items(values))
        {
            isListed |= tree[item].Value == text;
        }

        return isListed && (tree.Text(node, "const") ?? text) == text
            && (tree.Text(node, "maxLength") is not { } most || !int.TryParse(most, System.Globalization.CultureInfo.InvariantCulture, out var length) || text.Length <= length);
    }

    // a schema, what it refers to, and what it says besides
    private IEnumerable<int> All(int node)
    {
        Queue<int> waiting = new([node]);
        for (var i = 0; i < MostReferences && waiting.TryDequeue(out var next); i++)
        {
            yield return next;
            if (tree.Text(next, "$ref") is ['#', .. var pointer] && Steps.OfPointer(pointer) is { } steps && tree.Find(steps) is var target and >= 0)
            {
                waiting.Enqueue(target);
            }

            foreach (var part in tree.Items(tree.Child(next, "allOf")))
            {
                waiting.Enqueue(part);
            }
        }
    }
}
