using Cleat.Formats.Variables;
using Cleat.Trees.Paths;
using Cleat.Trees;

namespace Cleat.Formats.Ci;

/// <summary>
/// Azure Pipelines (learn.microsoft.com, "YAML schema reference": resources.containers, jobs.job.container). A job's container is an image or
/// the alias of one in <c>resources</c>; variables and parameters with a literal are judged where it stands. <c>pool.vmImage</c> is a machine.
/// </summary>
internal static class Azure
{
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
        Take = Take,
    };

    private static void Take(Place place)
    {
        var (tree, match, format, sink, _) = place;
        if (place.Node.Kind != NodeKind.Scalar || tree.IsNull(match.Node))
        {
            place.Judge();
        }
        else if (IsAlias(tree, place.Node.Value))
        {
            sink.Add(ScalarUse.Local(format.Name, match.Steps, place.Node.Value, place.Node.Span, "it is the alias of a container in resources"));
        }
        else
        {
            VariableScalar.Add(place, 0, start => new ExpressionText(start, name => Lookup(tree, name), Why).Read);
        }
    }

    private static bool IsAlias(Tree tree, string value)
    {
        var containers = tree.Child(tree.Child(0, "resources"), "containers");
        return containers >= 0 && tree[containers].Kind == NodeKind.Sequence && Items(tree, containers).Any(item => tree.Text(item, "container") == value);
    }

    private static string Why(string expression) => expression.StartsWith("parameters.", StringComparison.Ordinal)
        ? "whoever runs the pipeline gives the parameter: pin its value there, or give it a default with a digest"
        : "the variable is set outside this file: pin its value there";

    // $(name), $[variables.name], $[variables['name']], ${{ variables.name }}, ${{ parameters.name }}
    private static KnownValue? Lookup(Tree tree, string expression)
    {
        var name = expression.Replace("['", ".", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        if (name.StartsWith("parameters.", StringComparison.Ordinal))
        {
            return Named(tree, tree.Child(0, "parameters"), "parameters", name["parameters.".Length..], "default");
        }

        name = name.StartsWith("variables.", StringComparison.Ordinal) ? name["variables.".Length..] : name;
        return Named(tree, tree.Child(0, "variables"), "variables", name, "value");
    }

    // a map of values, or a list of { name, value }
    private static KnownValue? Named(Tree tree, int holder, string list, string name, string field)
    {
        if (holder < 0)
        {
            return null;
        }

        string[] words = [$"({name})", $"variables.{name}", $"parameters.{name}", $"['{name}']"];
        if (tree[holder].Kind == NodeKind.Map)
        {
            return Leaf.Of(tree, tree.Child(holder, name), Steps.Of(list, name), words);
        }

        var index = 0;
        foreach (var item in Items(tree, holder))
        {
            if (tree.Text(item, "name") == name)
            {
                return Leaf.Of(tree, tree.Child(item, field), Steps.Of(list, index, field), words);
            }

            index++;
        }

        return null;
    }

    private static IEnumerable<int> Items(Tree tree, int list)
    {
        for (var item = tree[list].Kind == NodeKind.Sequence ? tree[list].First : -1; item >= 0; item = tree[item].Next)
        {
            yield return tree.Target(item);
        }
    }
}
