using Cleat.Formats.Variables;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Kubernetes;

/// <summary>
/// Parameters of Argo Workflows (argo-workflows docs, "Workflow Inputs", "Loops") in the object that is read: the workflow's arguments, an input's value or default,
/// what a step or a task gives, and the items that it runs for.
/// </summary>
internal sealed class ArgoParameters
{
    private const int Deepest = 20;
    private const string OfWorkflow = "workflow.parameters.";
    private const string OfInputs = "inputs.parameters.";

    private readonly Tree tree;
    private readonly Steps spec;
    private readonly Lazy<Dictionary<string, List<Call>>> calls;
    private readonly Dictionary<(Steps Holder, string Name), List<(int Node, Steps Path)>> parameters = [];
    private readonly Dictionary<(Steps Place, string? Key), List<(int Node, Steps Path)>> items = [];
    private readonly Dictionary<int, Dictionary<string, (int Node, int Index)>> lists = [];

    public ArgoParameters(Tree tree)
    {
        this.tree = tree;
        spec = tree.Text(0, "kind") == "CronWorkflow" ? Steps.Of("spec", "workflowSpec") : Steps.Of("spec");
        calls = new(() => Calls().GroupBy(c => c.Template, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal));
    }

    /// <summary>A step or a task that runs a template, or the workflow that starts with it.</summary>
    private sealed record Call(string Template, int Node, Steps Path);

    /// <summary>True when the scalar at the place refers to parameters.</summary>
    public static bool Reads(Place place) =>
        place.Node.Kind == NodeKind.Scalar && place.Node.Value.Contains("{{", StringComparison.Ordinal)
        && place.Tree.Text(0, "kind") is "Workflow" or "WorkflowTemplate" or "ClusterWorkflowTemplate" or "CronWorkflow"
        && place.Tree.Text(0, "apiVersion")?.StartsWith("argoproj.io/", StringComparison.Ordinal) == true;

    public void Take(Place place) =>
        VariableScalar.Add(place, 0, (text, start, choices) => Text(place.Match.Steps, text, start, choices, 0));

    private static string Why(string expression) => expression.StartsWith("item", StringComparison.Ordinal)
        ? "another step makes the items: pin what makes them"
        : "whoever runs the workflow gives the parameter: pin its value there, or give it a value with a digest";

    private Assembled Text(Steps path, string text, int start, Choices choices, int depth) =>
        new ExpressionText(start, expression => depth > Deepest ? null : Value(path, expression, choices, depth + 1), Why).Read(text);

    private KnownValue? Value(Steps place, string expression, Choices choices, int depth)
    {
        if (expression.StartsWith(OfWorkflow, StringComparison.Ordinal))
        {
            return OneOf(Parameter(spec.Add("arguments"), expression[OfWorkflow.Length..]), spec, expression, choices, depth);
        }

        if (expression == "item" || expression.StartsWith("item.", StringComparison.Ordinal))
        {
            return OneOf(Items(place, expression == "item" ? null : expression["item.".Length..]), spec, expression, choices, depth);
        }

        // spec.templates[0]…
        if (!expression.StartsWith(OfInputs, StringComparison.Ordinal) || place.Count < spec.Count + 2 || !place.StartsWith([.. spec.Span, "templates"]))
        {
            return null;
        }

        var name = expression[OfInputs.Length..];
        var template = place.Take(spec.Count + 2);
        var users = (tree.Text(tree.Find(template), "name") is { } called ? calls.Value.GetValueOrDefault(called) : null) ?? [];
        var user = choices.Take((template, "caller"), users.Count + 1);
        if (user > 0 && Parameter(users[user - 1].Path.Add("arguments"), name) is { Count: > 0 } given)
        {
            return OneOf(given, users[user - 1].Path, expression, choices, depth);
        }

        var own = Parameter(template.Add("inputs"), name);
        if (own.Count == 0 && users.Exists(u => Parameter(u.Path.Add("arguments"), name).Count > 0))
        {
            // one of those that run it gives it
            choices.Drop();
        }

        return OneOf(own, template, expression, choices, depth);
    }

    private KnownValue? OneOf(List<(int Node, Steps Path)> values, Steps from, string expression, Choices choices, int depth)
    {
        if (values.Count == 0)
        {
            return null;
        }

        var (node, path) = values[choices.Take((values[0].Path, expression), values.Count)];
        return KnownValue.At(tree, node, path, expression) is not { Value.Length: > 0 } value ? null
            : value.Value.Contains("{{", StringComparison.Ordinal) ? value with { Pieces = Text(from, value.Value, tree[node].Span.Start, choices, depth) } : value;
    }

    // the value, the default and what else an enum lets in
    private List<(int Node, Steps Path)> Parameter(Steps holder, string name)
    {
        if (parameters.TryGetValue((holder, name), out var known))
        {
            return known;
        }

        List<(int, Steps)> found = parameters[(holder, name)] = [];
        var list = tree.Find(holder.Add("parameters"));
        if (list < 0 || !Named(list).TryGetValue(name, out var parameter))
        {
            return found;
        }

        var path = holder.Add(Steps.Of("parameters", parameter.Index));
        foreach (var field in (string[])["value", "default"])
        {
            if (tree.Child(parameter.Node, field) is var node and >= 0)
            {
                found.Add((node, path.Add(field)));
            }
        }

        var index = 0;
        foreach (var item in tree.Items(tree.Child(parameter.Node, "enum")))
        {
            found.Add((tree.Target(item), path.Add(Steps.Of("enum", index++))));
        }

        return found;
    }

    // what the step or task around a place is run for
    private List<(int Node, Steps Path)> Items(Steps place, string? key)
    {
        if (items.TryGetValue((place, key), out var known))
        {
            return known;
        }

        List<(int, Steps)> found = items[(place, key)] = [];
        for (var count = place.Count; count > spec.Count && found.Count == 0; count--)
        {
            var path = place.Take(count).Add("withItems");
            var index = 0;
            foreach (var item in tree.Items(tree.Find(path)))
            {
                var at = path.Add(index++);
                var node = key is null ? tree.Target(item) : tree.Child(item, key);
                if (node >= 0)
                {
                    found.Add((node, key is null ? at : at.Add(key)));
                }
            }
        }

        return found;
    }

    private Dictionary<string, (int Node, int Index)> Named(int list)
    {
        if (!lists.TryGetValue(list, out var known))
        {
            lists[list] = known = new(StringComparer.Ordinal);
            var index = 0;
            foreach (var item in tree.Items(list))
            {
                if (tree.Text(tree.Target(item), "name") is { } name)
                {
                    known.TryAdd(name, (tree.Target(item), index));
                }

                index++;
            }
        }

        return known;
    }

    private List<Call> Calls()
    {
        List<Call> found = [];
        if (tree.Text(tree.Find(spec), "entrypoint") is { } first)
        {
            found.Add(new(first, tree.Find(spec), spec));
        }

        PathSet places = new("templates[].steps[][].template", "templates[].dag.tasks[].template");
        var root = tree.Find(spec);
        foreach (var match in root < 0 ? [] : TreeWalk.Find(tree, places, out _, root))
        {
            if (tree[match.Node] is { Kind: NodeKind.Scalar, Value: var template })
            {
                found.Add(new(template, match.Holder, spec.Add(match.Steps.Parent)));
            }
        }

        return found;
    }
}
