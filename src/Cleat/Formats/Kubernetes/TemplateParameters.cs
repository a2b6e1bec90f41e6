using Cleat.Formats.Variables;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Kubernetes;

/// <summary>Parameters of OpenShift's Template (docs.openshift.com, "Using templates"): <c>${NAME}</c> in its objects; whoever processes it may give another value.</summary>
internal static class TemplateParameters
{
    /// <summary>True when the scalar at the place refers to parameters.</summary>
    public static bool Reads(Place place) =>
        place.Node.Kind == NodeKind.Scalar && place.Node.Value.Contains("${", StringComparison.Ordinal)
        && place.Tree.Text(0, "kind") == "Template" && place.Tree.Text(0, "apiVersion") is { } version
        && (version == "v1" || version.StartsWith("template.openshift.io/", StringComparison.Ordinal));

    public static void Take(Place place)
    {
        var tree = place.Tree;
        VariableScalar.Add(place, 0, start => new ExpressionText(start, name => Value(tree, name), static _ => "whoever processes the template gives the parameter: pin its value there, or give it a value with a digest").Read);
    }

    private static KnownValue? Value(Tree tree, string name)
    {
        var index = 0;
        foreach (var item in tree.Items(tree.Child(0, "parameters")))
        {
            if (tree.Text(tree.Target(item), "name") == name)
            {
                return KnownValue.At(tree, tree.Child(tree.Target(item), "value"), Steps.Of("parameters", index, "value"), "${" + name + "}", "${{" + name + "}}") is { Value.Length: > 0 } value ? value : null;
            }

            index++;
        }

        return null;
    }
}
