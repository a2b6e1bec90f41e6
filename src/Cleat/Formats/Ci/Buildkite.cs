using Cleat.Formats.Variables;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Ci;

/// <summary>
/// Buildkite (buildkite.com/docs, "Pipelines": image, plugins, matrix, env). The docker plugin may be named with its owner or by the address of its repository. A
/// variable of <c>env</c> and a value of the matrix are judged where they stand; the matrix reaches plugins, not <c>image</c>.
/// </summary>
internal static class Buildkite
{
    private const string Matrix = "matrix";

    public static Format Format { get; } = new(
        "buildkite", "Buildkite pipeline",
        ".buildkite/**/*.yml", ".buildkite/**/*.yaml", "buildkite.yml", "buildkite.yaml", "buildkite/pipeline*.yml", "buildkite/pipeline*.yaml")
    {
        Paths = new(
            "image", "steps[].image", "steps[].steps[].image",
            "**.plugins[].*.image", "**.plugins.*.image", "**.containers[].image", "**.initContainers[].image", "**.sidecars[].image"),
        Take = Take,
        Where = "image, steps[].image, the image of the docker plugin, the pods of the kubernetes plugin",
    };

    private static void Take(Place place)
    {
        var (tree, match) = (place.Tree, place.Match);
        var isPlugin = match.Pattern.Contains("plugins", StringComparison.Ordinal);
        if (isPlugin && !IsDocker(match.Steps[match.Steps.Count - 2].Key!))
        {
            return;
        }

        if (place.Node.Kind != NodeKind.Scalar || tree.IsNull(match.Node))
        {
            place.Judge();
            return;
        }

        VariableScalar.Add(place, 0, (text, start, choices) => isPlugin && text.Contains("{{" + Matrix, StringComparison.Ordinal)
            ? new ExpressionText(start, name => name.StartsWith(Matrix, StringComparison.Ordinal) ? OfMatrix(tree, match.Steps, name, choices) : Variable(tree, name.TrimStart('$')), static _ => "it is set outside this file: pin its value there").Read(text)
            : new Interpolation(start, name => Variable(tree, name)) { DoubleIsForLater = true, Choices = choices }.Read(text));
    }

    // docker, docker#v1, owner/docker#v1, https://github.com/buildkite-plugins/docker-buildkite-plugin.git#v1
    private static bool IsDocker(string plugin)
    {
        var name = plugin.Split('#')[0];
        name = name[(name.LastIndexOf('/') + 1)..];
        return name is "docker" or "docker-buildkite-plugin" or "docker-buildkite-plugin.git";
    }

    private static KnownValue? Variable(Tree tree, string name) =>
        KnownValue.At(tree, tree.Child(tree.Child(0, "env"), name), Steps.Of("env", name), "$" + name, "${" + name);

    // of the step around the plugin
    private static KnownValue? OfMatrix(Tree tree, Steps place, string name, Choices choices)
    {
        for (var count = place.Count; count > 0; count--)
        {
            var path = place.Take(count).Add(Matrix);
            if (tree.Find(path) is not (var matrix and >= 0))
            {
                continue;
            }

            // a list; or a list or map under `setup`, with more combinations beside it
            var isList = tree[matrix].Kind == NodeKind.Sequence;
            var key = name == Matrix ? "" : name[(Matrix.Length + 1)..];
            return key.Length > 0
                ? new CiMatrix(tree, path.Add("setup"), path.Add("adjustments"), "with").Value(key, choices, "matrix." + key)
                : new CiMatrix(tree, isList ? path.Parent : path, path.Add("adjustments")) { EntryKey = "with" }.Value(isList ? Matrix : "setup", choices, "{{matrix");
        }

        return null;
    }
}
