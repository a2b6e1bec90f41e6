using Cleat.Formats.Variables;
using Cleat.Trees.Paths;
using Cleat.Trees;

namespace Cleat.Formats.Ci;

/// <summary>
/// Azure Pipelines (learn.microsoft.com, "YAML schema reference": resources.containers, jobs.job.container). A job's container is an image or
/// the alias of one in <c>resources</c>; variables and parameters with a literal are judged where it stands. <c>pool.vmImage</c> is a machine.
/// </summary>
internal sealed class Azure
{
    private const string Parameters = "parameters";
    private const string Variables = "variables";

    private readonly Tree tree;
    private readonly HashSet<string> aliases = new(StringComparer.Ordinal);

    // the literals of each by the name, with the way there
    private readonly Dictionary<string, (int Node, Steps Path)> parameters;
    private readonly Dictionary<string, (int Node, Steps Path)> variables;

    private Azure(Tree tree)
    {
        this.tree = tree;
        foreach (var item in tree.Items(tree.Child(tree.Child(0, "resources"), "containers")))
        {
            if (tree.Text(tree.Target(item), "container") is { } alias)
            {
                aliases.Add(alias);
            }
        }

        parameters = Named(Parameters, "default");
        variables = Named(Variables, "value");
    }

    public static Format Format { get; } = new(
        "azure-pipelines", "Azure Pipelines",
        "azure-pipelines*.yml", "azure-pipelines*.yaml", ".azure-pipelines/**/*.yml", ".azure-pipelines/**/*.yaml", "azure-pipelines/**/*.yml", "azure-pipelines/**/*.yaml", ".azuredevops/**/*.yml", ".azuredevops/**/*.yaml")
    {
        // the third line: jobs below a ${{ if }}
        Paths = new(
            "resources.containers[].image",
            "container", "container.image",
            "**.jobs[].container", "**.jobs[].container.image",
            "**.jobs[].*[].container", "**.jobs[].*[].container.image",
            "**.jobs[].services.*", "**.services.*.image"),
        Open = document => new Azure(document.Tree).Take,
    };

    private void Take(Place place)
    {
        if (place.Node.Kind != NodeKind.Scalar || tree.IsNull(place.Match.Node))
        {
            place.Judge();
        }
        else if (aliases.Contains(place.Node.Value))
        {
            place.Sink.Add(ScalarUse.Local(place.Format.Name, place.Match.Steps, place.Node.Value, place.Node.Span, "it is the alias of a container in resources"));
        }
        else
        {
            VariableScalar.Add(place, 0, start => new ExpressionText(start, Lookup, Why).Read);
        }
    }

    private static string Why(string expression) => expression.StartsWith(Parameters + ".", StringComparison.Ordinal)
        ? "whoever runs the pipeline gives the parameter: pin its value there, or give it a default with a digest"
        : "the variable is set outside this file: pin its value there";

    // $(name), $[variables.name], $[variables['name']], ${{ variables.name }}, ${{ parameters.name }}
    private KnownValue? Lookup(string expression)
    {
        var name = expression.Replace("['", ".", StringComparison.Ordinal).Replace("']", "", StringComparison.Ordinal);
        var isParameter = name.StartsWith(Parameters + ".", StringComparison.Ordinal);
        name = isParameter ? name[(Parameters.Length + 1)..] : name.StartsWith(Variables + ".", StringComparison.Ordinal) ? name[(Variables.Length + 1)..] : name;
        return (isParameter ? parameters : variables).TryGetValue(name, out var found)
            ? KnownValue.At(tree, found.Node, found.Path, $"({name})", $"variables.{name}", $"parameters.{name}", $"['{name}']")
            : null;
    }

    // a map of values, or a list of { name, value }
    private Dictionary<string, (int Node, Steps Path)> Named(string list, string field)
    {
        Dictionary<string, (int, Steps)> found = new(StringComparer.Ordinal);
        var holder = tree.Child(0, list);
        foreach (var (key, value) in tree.Entries(holder))
        {
            found.TryAdd(tree[key].Value, (tree.Target(value), Steps.Of(list, tree[key].Value)));
        }

        var index = 0;
        foreach (var item in tree.Items(holder))
        {
            if (tree.Text(tree.Target(item), "name") is { } name)
            {
                found.TryAdd(name, (tree.Child(item, field), Steps.Of(list, index, field)));
            }

            index++;
        }

        return found;
    }
}
