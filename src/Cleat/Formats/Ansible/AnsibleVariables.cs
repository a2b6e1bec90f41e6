using Cleat.Formats.Variables;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Ansible;

/// <summary>
/// Variables in the texts of tasks (docs.ansible.com, "Using variables"): <c>vars</c> of the play, the block or the task around them, the role's defaults and variables,
/// and <c>default('…')</c>. Which one wins is decided by inventories that may stand anywhere: each literal is judged where it stands.
/// </summary>
internal sealed class AnsibleVariables(Tree tree, AnsibleRole? role)
{
    private const int Deepest = 8;

    private static readonly string[] Loops = ["loop", "with_items", "with_list"];

    public void Add(Place place)
    {
        var steps = place.Match.Steps;
        VariableScalar.Add(place, 0, (text, start, choices) => Text(steps, text, start, choices, 0));
    }

    private static string Why(string expression) => "the inventory or who runs the play gives the variable: pin its value there, or give it a default with a digest";

    private Assembled Text(Steps place, string text, int start, Choices choices, int depth) => new ExpressionText(start, (expression, at) => Value(place, expression, start + at, choices, depth), Why).Read(text);

    private KnownValue? Value(Steps place, string expression, int at, Choices choices, int depth)
    {
        if (depth > Deepest || JinjaDefault.Read(expression) is not { } read)
        {
            return null;
        }

        if (Item(place, read.Name, choices, depth) is { } items)
        {
            return items.Count == 0 ? null : items[choices.Take((place, read.Name), items.Count)];
        }

        List<KnownValue> values = [.. Around(place, read.Name, choices, depth), .. role?.Values(read.Name) ?? []];
        if (read.Literal is { } literal)
        {
            values.Add(new(expression[literal], new TextSpan(at + literal.Start.Value, literal.End.Value - literal.Start.Value), place, false));
        }

        return values.Count == 0 ? null : values[choices.Take((place, read.Name), values.Count)];
    }

    // what the task is run for (docs.ansible.com, "Loops"); null for another variable
    private List<KnownValue>? Item(Steps place, string name, Choices choices, int depth)
    {
        var (variable, key) = name.Split('.', 2) is [var first, var second] ? (first, second) : (name, null);
        for (var count = place.Count - 1; count > 0; count--)
        {
            var task = tree.Find(place.Take(count));
            var list = Loops.Select(l => (Name: l, Node: tree.Child(task, l))).FirstOrDefault(l => l.Node >= 0);
            if (list.Name is null || variable != (tree.Text(tree.Child(task, "loop_control"), "loop_var") ?? "item"))
            {
                continue;
            }

            List<KnownValue> items = [];
            var index = 0;
            foreach (var item in tree.Items(list.Node))
            {
                var path = place.Take(count).Add(Steps.Of(list.Name, index++));
                if (KnownValue.At(tree, key is null ? tree.Target(item) : tree.Child(tree.Target(item), key), key is null ? path : path.Add(key)) is { Value.Length: > 0 } value)
                {
                    items.Add(value.Value.Contains("{{", StringComparison.Ordinal) ? value with { Pieces = Text(path, value.Value, value.Span!.Value.Start, choices, depth + 1) } : value);
                }
            }

            return items;
        }

        return variable == "item" ? [] : null;
    }

    // the vars of what is around a place
    private IEnumerable<KnownValue> Around(Steps place, string name, Choices choices, int depth)
    {
        for (var count = place.Count; count > 0; count--)
        {
            var path = place.Take(count).Add(Steps.Of("vars", name));
            if (KnownValue.At(tree, tree.Find(path), path, name) is { Value.Length: > 0 } value)
            {
                yield return value.Value.Contains("{{", StringComparison.Ordinal) ? value with { Pieces = Text(path, value.Value, value.Span!.Value.Start, choices, depth + 1) } : value;
                yield break;
            }
        }
    }
}
