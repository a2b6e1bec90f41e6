using System.Globalization;

namespace Cleat.Admission;

/// <summary>The images that an object brings, in CEL: those that were not there before under the same name. An absent field is an error in CEL, and an error is a refusal: every one is guarded.</summary>
internal static class PolicyVariables
{
    /// <summary>Where the pod's spec stands in an object, by the plural of its kind; empty where it has none.</summary>
    private static readonly (string Resources, string[] Path)[] Kinds =
    [
        ("pods", ["spec"]),
        ("deployments replicasets statefulsets daemonsets replicationcontrollers jobs", ["spec", "template", "spec"]),
        ("cronjobs", ["spec", "jobTemplate", "spec", "template", "spec"]),
        ("podtemplates", ["template", "spec"]),
    ];

    public static IReadOnlyList<string> Resources { get; } = [.. Kinds.SelectMany(k => k.Resources.Split(' '))];

    /// <summary>Variables for a policy over these resources, in their order; the last, <c>unpinned</c>, lists the images that break it, in words.</summary>
    public static IReadOnlyList<(string Name, string Expression)> Of(IReadOnlyList<string> resources, IReadOnlyList<ImageExemption> exemptions)
    {
        List<(string, string)> variables = [("spec", Spec("object", resources)), ("oldSpec", Spec("oldObject", resources))];
        List<string> lists = [];
        foreach (var list in (string[])["containers", "initContainers", "ephemeralContainers"])
        {
            variables.Add((list, New(list, "image", exemptions)));
            lists.Add($"variables.{list}");
        }

        variables.Add(("volumes", New("volumes", "image.reference", exemptions)));
        variables.Add(("unpinned", $"{string.Join(" + ", lists)} + variables.volumes"));
        return variables;
    }

    // typed objects and raw ones alike: {} stands for what is not there
    private static string Spec(string from, IReadOnlyList<string> resources)
    {
        var paths = Kinds.Where(k => k.Resources.Split(' ').Any(resources.Contains)).Select(k => k.Path).ToList();
        return $"{from} == null ? {{}} : {string.Join(" : ", paths.Select(p => $"{Has(from, p)} ? dyn({from}.{string.Join('.', p)})"))} : {{}}";
    }

    private static string Has(string from, string[] path) =>
        string.Join(" && ", Enumerable.Range(1, path.Length).Select(n => $"has({from}.{string.Join('.', path[..n])})"));

    private static string New(string list, string place, IReadOnlyList<ImageExemption> exemptions)
    {
        var has = place.Contains('.', StringComparison.Ordinal) ? $"has(c.{place.Split('.')[0]}) && has(c.{place})" : $"has(c.{place})";
        var image = $"c.{place}";
        var isAllowed = exemptions.Count == 0 ? PinnedExpression.IsPinned(image) : $"({PinnedExpression.IsPinned(image)}) || ({PinnedExpression.IsExempt(image, "c.name", exemptions)})";
        var old = $"(has(variables.oldSpec.{list}) ? variables.oldSpec.{list} : [])";
        var oldHas = has.Replace("(c.", "(o.", StringComparison.Ordinal);

        // the name is compared for what was not there before only, so that it costs next to nothing on a label's edit
        return string.Create(CultureInfo.InvariantCulture, $"(has(variables.spec.{list}) ? variables.spec.{list} : []).filter(c, {has} && {image} != '' && !({isAllowed}) && !{old}.exists(o, o.name == c.name && {oldHas} && o.{place} == {image})).map(c, c.name + ' (' + {image} + ')')");
    }
}
