namespace Cleat.Trees;

/// <summary>Names of files from which a template engine or a build makes others: <c>deploy.yaml.tmpl</c>, <c>compose.yml.j2</c>, <c>pod.yaml.in</c>.</summary>
internal static class TemplateName
{
    private static readonly string[] Endings = [".tmpl", ".tpl", ".gotmpl", ".j2", ".jinja", ".jinja2", ".in", ".template", ".erb"];

    /// <summary>The name of what is made, when that is YAML; else the name itself.</summary>
    public static ReadOnlySpan<char> OfResult(ReadOnlySpan<char> path)
    {
        var dot = path.LastIndexOf('.');
        return dot > 0 && path[..dot] is var made && IsYaml(made) && IsEnding(path[dot..]) ? made : path;
    }

    public static bool IsYaml(ReadOnlySpan<char> path) => path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal);

    private static bool IsEnding(ReadOnlySpan<char> ending)
    {
        foreach (var known in Endings)
        {
            if (ending.SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }
}
