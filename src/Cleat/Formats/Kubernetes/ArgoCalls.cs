using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Kubernetes;

/// <summary>
/// Values that a workflow gives to a template of a WorkflowTemplate in another object of the tree (argo-workflows docs, "Workflow Templates": templateRef, workflowTemplateRef).
/// </summary>
internal static class ArgoCalls
{
    private static readonly string[] Kinds = ["Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow"];
    private static readonly string[] Called = ["WorkflowTemplate", "ClusterWorkflowTemplate"];
    private static readonly string[] Specs = ["spec", "spec.workflowSpec"];

    private static readonly PathSet Values = new([.. Specs.SelectMany(s => (string[])
        [$"{s}.podSpecPatch", $"{s}.templates[].podSpecPatch", $"{s}.arguments.parameters[].value", $"{s}.templates[].steps[][].arguments.parameters[].value", $"{s}.templates[].dag.tasks[].arguments.parameters[].value"])]);

    private static readonly PathSet Images = new("container.image", "script.image", "initContainers[].image", "sidecars[].image", "containerSet.containers[].image");

    /// <summary>The places of an object's kind; null for another kind.</summary>
    public static PathSet? Paths(string? apiVersion, string? kind) => apiVersion?.StartsWith("argoproj.io/", StringComparison.Ordinal) == true && kind is not null && Kinds.Contains(kind) ? Values : null;

    /// <summary>True for a text that may hand on values.</summary>
    public static bool MayHold(ReadOnlySpan<byte> text) => text.IndexOf("argoproj.io/"u8) >= 0 && text.IndexOf("emplateRef"u8) >= 0;

    /// <summary>Judges a value that is given; false when the place is no such value.</summary>
    public static bool Take(Place place)
    {
        var (tree, steps) = (place.Tree, place.Match.Steps);
        if (steps.Key != "value" || !Values.Paths.Contains(place.Match.Pattern))
        {
            return false;
        }

        if (place.Node.Kind != NodeKind.Scalar || tree.IsNull(place.Match.Node) || place.Node.Value.Length == 0 || place.Node.Value.Contains("{{", StringComparison.Ordinal)
            || tree.Text(place.Match.Holder, "name") is not { } name)
        {
            return true;
        }

        var holder = tree.Find(steps.Take(steps.Count - 4));
        var reference = tree.Child(holder, "templateRef");
        var whole = tree.Child(holder, "workflowTemplateRef");
        foreach (var other in Called.SelectMany(kind => ObjectsAround.Of(place.Beside, kind, tree.Text(reference >= 0 ? reference : whole, "name"))))
        {
            foreach (var made in Made(other, reference >= 0 ? tree.Text(reference, "template") : null, name, isWorkflow: reference < 0))
            {
                made.Judge(place, "the template");
            }
        }

        return true;
    }

    // what becomes of an input of a template, or of an argument of the whole workflow
    private static IEnumerable<GivenParameter> Made(Tree tree, string? template, string name, bool isWorkflow)
    {
        var spec = tree.Child(0, "spec");
        var entry = tree.Text(spec, "entrypoint");
        foreach (var item in tree.Targets(tree.Child(spec, "templates")))
        {
            var called = tree.Text(item, "name");
            if (!isWorkflow && called != template)
            {
                continue;
            }

            string[] names = !isWorkflow ? [$"inputs.parameters.{name}"] : called == entry ? [$"workflow.parameters.{name}", $"inputs.parameters.{name}"] : [$"workflow.parameters.{name}"];
            foreach (var text in names.SelectMany(n => GivenParameter.Texts(tree, item, Images, Parameter, n)).Distinct())
            {
                if (GivenParameter.Of(text, e => names.Contains(Parameter(e)) ? GivenParameter.Here : null) is { } made)
                {
                    yield return made with { IsShared = names.Sum(n => tree.Source.WordCounts.Of(n)) > 1 };
                }
            }
        }
    }

    private static string Parameter(string expression) => expression.Trim('{', '}', ' ');
}
