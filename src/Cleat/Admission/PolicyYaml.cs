using System.Text;

namespace Cleat.Admission;

/// <summary>Pieces of YAML that the policies share.</summary>
internal static class PolicyYaml
{
    /// <summary>A text as YAML writes it on one line.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A list on one line.</summary>
    public static string List(IEnumerable<string> items) => $"[{string.Join(", ", items)}]";

    public static void Variables(StringBuilder text, string indent, IEnumerable<(string Name, string Expression)> variables)
    {
        foreach (var (name, expression) in variables)
        {
            text.Append($"{indent}- name: {name}\n{indent}  expression: {Quoted(expression)}\n");
        }
    }

    /// <summary>Which API groups have which of the resources.</summary>
    public static IEnumerable<(string Group, IReadOnlyList<string> Resources)> Groups(IReadOnlyList<string> resources) => resources
        .GroupBy(r => r switch
        {
            "deployments" or "replicasets" or "statefulsets" or "daemonsets" => "apps",
            "jobs" or "cronjobs" => "batch",
            _ => "",
        })
        .Select(g => (g.Key, (IReadOnlyList<string>)[.. g.SelectMany(r => r == "pods" ? (string[])["pods", "pods/ephemeralcontainers"] : [r])]));

    /// <summary>A <c>namespaceSelector</c> that leaves out what is exempt.</summary>
    public static void NamespaceSelector(StringBuilder text, string indent, PolicyOptions options)
    {
        text.Append($"{indent}namespaceSelector:\n{indent}  matchExpressions:\n");
        text.Append($"{indent}  - {{key: kubernetes.io/metadata.name, operator: NotIn, values: {List(options.ExemptNamespaces)}}}\n");
        if (options.OptOutLabel?.Split('=') is [var key, var value])
        {
            text.Append($"{indent}  - {{key: {key}, operator: NotIn, values: {List([value])}}}\n");
        }
    }
}
