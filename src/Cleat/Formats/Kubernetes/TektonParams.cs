using Cleat.Formats.Variables;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Kubernetes;

/// <summary>
/// Parameters of Tekton (tekton.dev/docs, "Tasks: Specifying Parameters", "Pipelines", "Matrix") in the object that is read: a Task's default; in a Pipeline or a run
/// whose tasks are written out, what the task is given, its defaults, and the parameters of what is around it, which are seen further in.
/// </summary>
internal sealed class TektonParams(Tree tree)
{
    private const int Deepest = 20;

    // of older Tasks, and of what a trigger makes
    private static readonly string[] Prefixes = ["inputs.", "tt."];

    private readonly Dictionary<(Steps Place, string Name), List<(int Node, Steps Path, Steps From)>> given = [];

    // for each list of parameters the nodes of its entries by their name, with where they are
    private readonly Dictionary<(int List, string Field), Dictionary<string, List<(int Node, Steps Path)>>> lists = [];

    /// <summary>True when the scalar at the place refers to parameters.</summary>
    public static bool Reads(Place place) =>
        place.Node.Kind == NodeKind.Scalar && place.Node.Value.Contains("$(", StringComparison.Ordinal)
        && place.Tree.Text(0, "kind") is "Task" or "ClusterTask" or "StepAction" or "Pipeline" or "PipelineRun" or "TaskRun" or "TriggerTemplate"
        && place.Tree.Text(0, "apiVersion") is { } version && (version.StartsWith("tekton.dev/", StringComparison.Ordinal) || version.StartsWith("triggers.tekton.dev/", StringComparison.Ordinal));

    public void Take(Place place) =>
        VariableScalar.Add(place, 0, (text, start, choices) => Text(place.Match.Steps, text, start, choices, 0));

    private static string Why(string expression) => "whoever runs the Task gives the parameter: pin its value there, or give it a default with a digest";

    private Assembled Text(Steps path, string text, int start, Choices choices, int depth) =>
        new ExpressionText(start, expression => depth > Deepest ? null : Value(path, expression, choices, depth + 1), Why).Read(text);

    /// <summary>Every way to write a parameter: a value that a script reads too is no place for a digest.</summary>
    public static string[] Words(string name) =>
        [.. ((string[])[$"params.{name}", $"params[\"{name}\"]", $"params['{name}']"]).SelectMany(word => (string[])[$"$({word}", .. Prefixes.Select(p => $"$({p}{word}")])];

    /// <summary>The parameter that an expression reads: params.x, params["x"], params['x'], and the same behind inputs; null when it reads none.</summary>
    public static string? Name(string expression)
    {
        var rest = Array.Find(Prefixes, p => expression.StartsWith(p, StringComparison.Ordinal)) is { } prefix ? expression[prefix.Length..] : expression;
        return rest.StartsWith("params.", StringComparison.Ordinal) ? rest["params.".Length..]
            : rest.StartsWith("params[", StringComparison.Ordinal) ? rest["params[".Length..].Trim('"', '\'', ']')
            : null;
    }

    // the values that count at a place, from the innermost that gives the name
    private KnownValue? Value(Steps place, string expression, Choices choices, int depth)
    {
        if (Name(expression) is not { } name)
        {
            return null;
        }

        var values = Given(place, name);
        if (values.Count == 0)
        {
            return null;
        }

        var (node, path, from) = values[choices.Take((values[0].Path, name), values.Count)];
        return KnownValue.At(tree, node, path, Words(name)) is not { Value.Length: > 0 } value ? null
            : value.Value.Contains("$(", StringComparison.Ordinal) ? value with { Pieces = Text(from.Add("params"), value.Value, tree[node].Span.Start, choices, depth) } : value;
    }

    private List<(int Node, Steps Path, Steps From)> Given(Steps place, string name)
    {
        if (given.TryGetValue((place, name), out var known))
        {
            return known;
        }

        List<(int Node, Steps Path, Steps From)> values = given[(place, name)] = [];
        for (var count = place.Count - 1; count > 0 && values.Count == 0; count--)
        {
            var holder = place.Take(count);
            if (holder.Key is not ("spec" or "taskSpec" or "pipelineSpec"))
            {
                continue;
            }

            // what is given is seen from where it is given; a default holds for who gives nothing
            var above = holder.Parent;
            Add(holder.Add("params"), "default", name, holder, values);
            if (holder.Key == "spec")
            {
                Add(holder.Add("params"), "value", name, above, values);
                continue;
            }

            Add(above.Add("params"), "value", name, above.Parent, values);
            Add(above.Add(Steps.Of("matrix", "params")), "value", name, above.Parent, values);
            var index = 0;
            foreach (var _ in tree.Items(tree.Find(above.Add(Steps.Of("matrix", "include")))))
            {
                Add(above.Add(Steps.Of("matrix", "include", index++, "params")), "value", name, above.Parent, values);
            }
        }

        return values;
    }

    private void Add(Steps list, string field, string name, Steps from, List<(int, Steps, Steps)> found)
    {
        if (tree.Find(list) is var node and >= 0 && Named(node, list, field).TryGetValue(name, out var values))
        {
            found.AddRange(values.Select(v => (v.Node, v.Path, from)));
        }
    }

    private Dictionary<string, List<(int Node, Steps Path)>> Named(int list, Steps path, string field)
    {
        if (lists.TryGetValue((list, field), out var known))
        {
            return known;
        }

        Dictionary<string, List<(int, Steps)>> found = new(StringComparer.Ordinal);
        var index = 0;
        foreach (var item in tree.Items(list))
        {
            var at = path.Add(Steps.Of(index++, field));
            if (tree.Text(tree.Target(item), "name") is not { } name || tree.Child(item, field) is not (var value and >= 0))
            {
                continue;
            }

            var values = found[name] = [];
            if (tree[value].Kind == NodeKind.Scalar)
            {
                values.Add((value, at));
            }

            // params.list[0], params.object.key
            var number = 0;
            foreach (var one in tree.Items(value))
            {
                values.Add((tree.Target(one), at.Add(number)));
                found[$"{name}[{number}]"] = [(tree.Target(one), at.Add(number++))];
            }

            foreach (var (key, one) in tree.Entries(value))
            {
                found[$"{name}.{tree[key].Value}"] = [(tree.Target(one), at.Add(tree[key].Value))];
            }
        }

        return lists[(list, field)] = found;
    }
}
