using System.Text;
using Cleat.Text;
using Cleat.Trees.Paths;

namespace Cleat.Running.Kubernetes;

/// <summary>What a user of kubectl runs to pin the images of one workload. Every name comes from the cluster and is quoted.</summary>
internal static class KubectlLines
{
    /// <param name="kubectl"><c>kubectl</c> with the options that choose the cluster.</param>
    public static IEnumerable<string> Of(IReadOnlyList<ImageChange> changes, string kubectl)
    {
        var workload = changes[0].Use.Workload;
        var at = workload.Namespace is { } space ? $"{kubectl} -n {ShellWord.Of(space)}" : kubectl;
        var name = ShellWord.Of(Name(workload));
        var (byName, byPath) = Split(changes);
        if (byName.Count > 0)
        {
            yield return $"{at} set image {name} {ShellWord.Operands(byName.Select(c => $"{c.Use.Container}={c.Pin.Text}"))}";
        }

        if (byPath.Count > 0)
        {
            yield return $"{at} patch {name} --type json -p {ShellWord.Of(Encoding.UTF8.GetString(ImageChange.JsonPatch(byPath)))}";
        }

        if (workload.Kind is { Kind: "ReplicaSet" or "ReplicationController" })
        {
            yield return ShellWord.Comment($"its pods stay as they are until they are deleted: {at} delete pod -l <its selector>");
        }
    }

    /// <summary>A strategic-merge patch that names its object, in YAML; null for a kind that takes none.</summary>
    public static string? Patch(IReadOnlyList<ImageChange> changes)
    {
        var workload = changes[0].Use.Workload;
        if (Split(changes) is not { Path.Count: 0, Name: { } byName } || byName[0].Use.Use.Steps is not { } image)
        {
            return null;
        }

        StringBuilder yaml = new();
        yaml.Append("apiVersion: ").Append(YamlWord.Of(workload.Kind.ApiVersion)).Append("\nkind: ").Append(YamlWord.Of(workload.Kind.Kind)).Append("\nmetadata:\n  name: ").Append(YamlWord.Of(workload.Name)).Append('\n');
        if (workload.Namespace is { } space)
        {
            yaml.Append("  namespace: ").Append(YamlWord.Of(space)).Append('\n');
        }

        var indent = "";
        foreach (var step in image.Take(image.Count - 3).Span)
        {
            yaml.Append(indent).Append(step.Key).Append(":\n");
            indent += "  ";
        }

        foreach (var list in byName.GroupBy(c => List(c.Use.Use.Steps)))
        {
            yaml.Append(indent).Append(list.Key).Append(":\n");
            foreach (var change in list)
            {
                yaml.Append(indent).Append("- name: ").Append(YamlWord.Of(change.Use.Container!)).Append('\n').Append(indent).Append("  image: ").Append(YamlWord.Of(change.Pin.Text)).Append('\n');
            }
        }

        return yaml.ToString();
    }

    // kubectl set image knows the pod specs of built-in kinds, and their containers
    private static (List<ImageChange> Name, List<ImageChange> Path) Split(IReadOnlyList<ImageChange> changes)
    {
        var groups = changes.ToLookup(c => IsBuiltIn(c.Use.Workload) && c.Use.Container is not null && c.Use.Use.Steps.Key == "image" && List(c.Use.Use.Steps) is "containers" or "initContainers");
        return ([.. groups[true]], [.. groups[false]]);
    }

    private static bool IsBuiltIn(ClusterObject workload) => workload.Kind.Group is "" or "apps" or "batch";

    private static string Name(ClusterObject workload) => IsBuiltIn(workload)
        ? $"{workload.Kind.Kind.ToLowerInvariant()}/{workload.Name}"
        : $"{workload.Kind.Plural}.{workload.Kind.Group}/{workload.Name}";

    // the name of the list that holds an image: spec.containers[0].image
    private static string? List(Steps image) => image is { Count: > 2 } && image[image.Count - 2].IsItem ? image[image.Count - 3].Key : null;
}

/// <summary>Text as YAML takes it for one string.</summary>
internal static class YamlWord
{
    private static readonly string[] OtherTypes = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"];

    // what begins with a letter and holds no white space is no number, and has no sign that YAML reads
    public static string Of(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text[^1] != ':' && text.All(c => char.IsAsciiLetterOrDigit(c) || "._-/:@".Contains(c, StringComparison.Ordinal))
        && !OtherTypes.Contains(text, StringComparer.OrdinalIgnoreCase)
            ? text
            : $"\"{System.Text.Json.JsonEncodedText.Encode(text)}\"";
}
