using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Kubernetes;

/// <summary>
/// Values that a Pipeline or a run gives to a Task or a Pipeline in another object of the tree (tekton.dev/docs, "taskRef", "pipelineRef"), and the defaults that a Pipeline hands on.
/// </summary>
internal static class TektonCalls
{
    private const int Deepest = 4;

    private static readonly PathSet OfPipeline = new("spec.params[].default", "spec.tasks[].params[].value", "spec.finally[].params[].value");
    private static readonly PathSet OfRun = new("spec.params[].value", "spec.pipelineSpec.tasks[].params[].value", "spec.pipelineSpec.finally[].params[].value");

    private static readonly HashSet<string> Given = [.. OfPipeline.Paths, .. OfRun.Paths];

    private static readonly PathSet Images = new("steps[].image", "sidecars[].image", "stepTemplate.image");

    /// <summary>The places of an object's kind; null for another kind.</summary>
    public static PathSet? Paths(string? apiVersion, string? kind) => apiVersion?.StartsWith("tekton.dev/", StringComparison.Ordinal) != true ? null
        : kind == "Pipeline" ? OfPipeline : kind is "PipelineRun" or "TaskRun" ? OfRun : null;

    /// <summary>True for a text that may hand on values.</summary>
    public static bool MayHold(ReadOnlySpan<byte> text) => text.IndexOf("tekton.dev/"u8) >= 0 && (text.IndexOf("taskRef"u8) >= 0 || text.IndexOf("pipelineRef"u8) >= 0);

    /// <summary>Judges a value that is given; false when the place is no such value.</summary>
    public static bool Take(Place place)
    {
        var steps = place.Match.Steps;
        if (steps.Key is not ("value" or "default") || !Given.Contains(place.Match.Pattern))
        {
            return false;
        }

        var tree = place.Tree;
        if (place.Node.Kind != NodeKind.Scalar || tree.IsNull(place.Match.Node) || place.Node.Value.Length == 0 || place.Node.Value.Contains("$(", StringComparison.Ordinal)
            || tree.Text(place.Match.Holder, "name") is not { } name)
        {
            return true;
        }

        var holder = tree.Find(steps.Take(steps.Count - 3));
        var (kind, called) = steps.Key == "default" ? ("Pipeline", tree.Text(tree.Child(0, "metadata"), "name"))
            : tree.Text(tree.Child(holder, "pipelineRef"), "name") is { } pipeline ? ("Pipeline", pipeline)
            : (tree.Text(tree.Child(holder, "taskRef"), "kind") ?? "Task", tree.Text(tree.Child(holder, "taskRef"), "name"));
        foreach (var made in Made(place.Beside, kind, called, name, 0))
        {
            made.Judge(place, kind == "Pipeline" ? "the Pipeline" : "the Task");
        }

        return true;
    }

    // what becomes of a parameter of an object
    private static IEnumerable<GivenParameter> Made(Surroundings beside, string kind, string? called, string name, int depth)
    {
        foreach (var tree in depth > Deepest ? [] : ObjectsAround.Of(beside, kind, called))
        {
            var spec = tree.Child(0, "spec");
            foreach (var made in kind == "Pipeline" ? InPipeline(beside, tree, spec, name, depth) : InTask(tree, spec, name, new(() => Defaults(tree, spec))))
            {
                yield return made;
            }
        }
    }

    private static IEnumerable<GivenParameter> InTask(Tree tree, int spec, string name, Lazy<Dictionary<string, string>> defaults)
    {
        foreach (var text in spec < 0 ? [] : GivenParameter.Texts(tree, spec, Images, Parameter, name))
        {
            if (GivenParameter.Of(text, e => Resolve(e, name, defaults)) is { } made)
            {
                yield return made with { IsShared = TektonParams.Words(name).Sum(tree.Source.WordCounts.Of) > 1 };
            }
        }
    }

    private static IEnumerable<GivenParameter> InPipeline(Surroundings beside, Tree tree, int spec, string name, int depth)
    {
        Lazy<Dictionary<string, string>> defaults = new(() => Defaults(tree, spec));
        foreach (var task in ((string[])["tasks", "finally"]).SelectMany(list => tree.Targets(tree.Child(spec, list))))
        {
            var inline = tree.Child(task, "taskSpec");
            foreach (var made in inline < 0 ? [] : InTask(tree, inline, name, defaults))
            {
                yield return made;
            }

            foreach (var given in tree.Targets(tree.Child(task, "params")))
            {
                if (tree.Text(given, "name") is not { } inner || tree.Text(given, "value") is not { } value || GivenParameter.Of(value, e => Resolve(e, name, defaults)) is not { } handed)
                {
                    continue;
                }

                var reference = tree.Child(task, "taskRef");
                foreach (var made in inline >= 0 ? InTask(tree, inline, inner, new(() => Defaults(tree, inline))) : Made(beside, tree.Text(reference, "kind") ?? "Task", tree.Text(reference, "name"), inner, depth + 1))
                {
                    yield return handed.Within(made);
                }
            }
        }
    }

    private static string? Resolve(string expression, string name, Lazy<Dictionary<string, string>> defaults) =>
        Parameter(expression) is not { } parameter ? null : parameter == name ? GivenParameter.Here : defaults.Value.GetValueOrDefault(parameter);

    private static string? Parameter(string expression) => TektonParams.Name(expression.AsSpan().TrimStart("$(").TrimEnd(')').ToString());

    private static Dictionary<string, string> Defaults(Tree tree, int spec)
    {
        Dictionary<string, string> found = new(StringComparer.Ordinal);
        foreach (var item in tree.Targets(tree.Child(spec, "params")))
        {
            if (tree.Text(item, "name") is { } name && tree.Text(item, "default") is { } value)
            {
                found.TryAdd(name, value);
            }
        }

        return found;
    }
}
