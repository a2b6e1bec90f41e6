using Cleat.Formats.Variables;
using Cleat.Trees.Paths;
using Cleat.Trees;

namespace Cleat.Formats.Kubernetes;

/// <summary>
/// Parameters of a Tekton Task (tekton.dev/docs, "Tasks: Specifying Parameters"): a default is what runs unless a run says otherwise, and is
/// judged where it stands. Steps of a Pipeline get theirs from elsewhere.
/// </summary>
internal sealed class TektonParams(Tree tree)
{
    // the node of each parameter's default with the way there, by its name
    private readonly Lazy<Dictionary<string, (int Node, Steps Path)>> defaults = new(() => Defaults(tree));

    /// <summary>True when the scalar at the place refers to parameters of its own Task.</summary>
    public static bool Reads(Place place) =>
        place.Node.Kind == NodeKind.Scalar && place.Node.Value.Contains("$(", StringComparison.Ordinal)
        && place.Tree.Text(0, "kind") is "Task" or "ClusterTask" or "StepAction"
        && place.Tree.Text(0, "apiVersion")?.StartsWith("tekton.dev/", StringComparison.Ordinal) == true;

    public void Take(Place place) => VariableScalar.Add(place, 0, start => new ExpressionText(start, Default, Why).Read);

    private static string Why(string expression) => "whoever runs the Task gives the parameter: pin its value there, or give it a default with a digest";

    // every way to write it: a default that a script reads too is no place for a digest
    private static string[] Words(string name) =>
        [.. ((string[])[$"params.{name}", $"params[\"{name}\"]", $"params['{name}']"]).SelectMany(word => (string[])[$"$({word}", $"$(inputs.{word}"])];

    // params.x, params["x"], params['x'], and the same behind inputs.
    private static string? Name(string expression)
    {
        const string Inputs = "inputs.";
        var rest = expression.StartsWith(Inputs, StringComparison.Ordinal) ? expression[Inputs.Length..] : expression;
        return rest.StartsWith("params.", StringComparison.Ordinal) ? rest["params.".Length..]
            : rest.StartsWith("params[", StringComparison.Ordinal) ? rest["params[".Length..].Trim('"', '\'', ']')
            : null;
    }

    private KnownValue? Default(string expression) =>
        Name(expression) is { } name && defaults.Value.TryGetValue(name, out var found)
        && KnownValue.At(tree, found.Node, found.Path, Words(name)) is { Value.Length: > 0 } value ? value : null;

    private static Dictionary<string, (int Node, Steps Path)> Defaults(Tree tree)
    {
        Dictionary<string, (int, Steps)> found = new(StringComparer.Ordinal);
        var index = 0;
        foreach (var item in tree.Items(tree.Child(tree.Child(0, "spec"), "params")))
        {
            if (tree.Text(tree.Target(item), "name") is { } name)
            {
                found.TryAdd(name, (tree.Child(item, "default"), Steps.Of("spec", "params", index, "default")));
            }

            index++;
        }

        return found;
    }
}
