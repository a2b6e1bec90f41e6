using Cleat.Formats.Variables;
using Cleat.Trees.Paths;
using Cleat.Trees;

namespace Cleat.Formats.Ci;

/// <summary>
/// CircleCI (circleci.com/docs, "Configuration reference": jobs, executors, inline orbs, parameters). The default of a parameter is judged
/// where it stands. <c>machine.image</c> is a machine.
/// </summary>
internal static class Circle
{
    public static Format Format { get; } = new("circleci", "CircleCI configuration", ".circleci/**/*.yml", ".circleci/**/*.yaml")
    {
        Paths = new("jobs.*.docker[].image", "executors.*.docker[].image", "orbs.*.jobs.*.docker[].image", "orbs.*.executors.*.docker[].image"),
        Take = Take,
    };

    private static void Take(Place place)
    {
        if (place.Node.Kind != NodeKind.Scalar)
        {
            place.Judge();
            return;
        }

        // jobs.build.docker[0].image: the parameters are those of jobs.build
        var tree = place.Tree;
        var holder = place.Match.Steps.Take(place.Match.Steps.Count - 3);
        var node = tree.Find(holder);
        VariableScalar.Add(place, 0, start => new ExpressionText(start, name => Lookup(tree, node, holder, name), Why).Read);
    }

    private static string Why(string name) => name.StartsWith("pipeline.", StringComparison.Ordinal)
        ? "whoever starts the pipeline gives the parameter: give it a default with a digest"
        : "whoever uses the job gives the parameter: pin its value there, or give it a default with a digest";

    private static KnownValue? Lookup(Tree tree, int holder, Steps path, string expression)
    {
        const string OfPipeline = "pipeline.parameters.";
        if (expression.StartsWith(OfPipeline, StringComparison.Ordinal))
        {
            var name = expression[OfPipeline.Length..];
            return Default(tree, 0, Steps.Root, name, expression);
        }

        return expression.StartsWith("parameters.", StringComparison.Ordinal)
            ? Default(tree, holder, path, expression["parameters.".Length..], expression)
            : null;
    }

    private static KnownValue? Default(Tree tree, int holder, Steps path, string name, string word) =>
        KnownValue.At(tree, tree.Child(tree.Child(tree.Child(holder, "parameters"), name), "default"), path.Add(Steps.Of("parameters", name, "default")), word);
}
