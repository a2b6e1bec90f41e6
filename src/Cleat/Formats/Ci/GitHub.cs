using Cleat.Formats.Variables;
using Cleat.Trees.Paths;
using Cleat.Trees;
using Cleat.Uses;

namespace Cleat.Formats.Ci;

/// <summary>
/// GitHub Actions (docs.github.com, "Workflow syntax": jobs.&lt;job_id&gt;.container, .services, .steps[*].uses, .strategy.matrix) and the systems
/// that took its syntax. A value of a matrix, or the default of an input, is judged where it stands. An expression that is empty means no container.
/// </summary>
internal static class GitHub
{
    public static IReadOnlyList<Format> All { get; } =
    [
        new("github-actions", "GitHub Actions workflow (Gitea, Forgejo)", ".github/workflows/*.yml", ".github/workflows/*.yaml", ".gitea/workflows/*.yml", ".gitea/workflows/*.yaml", ".forgejo/workflows/*.yml", ".forgejo/workflows/*.yaml")
        {
            Paths = new("jobs.*.container", "jobs.*.container.image", "jobs.*.services.*", "jobs.*.services.*.image", "jobs.*.steps[].uses = docker://"),
            Take = Take,
        },
        new("github-action", "GitHub action", "action.yml", "action.yaml")
        {
            Requires = ["runs"],
            Paths = new("runs.image = docker://", "runs.steps[].uses = docker://"),
        },
    ];

    private static void Take(Place place)
    {
        if (place.Match.Prefix.Length > 0 || place.Node.Kind != NodeKind.Scalar || place.Tree.Source.Slice(place.Node.Span) != place.Node.Value
            || Expressions.Find(place.Node.Value, out _) is not { Count: > 0 } expressions)
        {
            place.Judge();
            return;
        }

        var text = place.Node.Value;
        var followed = ExpressionText.Inner(text[expressions[0].Start..expressions[0].End], out _);
        var leaves = expressions.Count == 1 ? Leaves(place.Tree, place.Match.Steps[1].Key!, followed) : [];
        var isWhole = leaves.Count > 0;
        foreach (var (node, path) in leaves)
        {
            if (KnownValue.At(place.Tree, node, path, followed) is { } leaf)
            {
                // an empty value is no container
                if (leaf.Value.Length > 0)
                {
                    Add(place, text, _ => leaf);
                }
            }
            else
            {
                isWhole = isWhole && node >= 0 && place.Tree[node] is { Kind: NodeKind.Scalar, Value: "" };
            }
        }

        if (!isWhole)
        {
            Add(place, text, _ => null);
        }
    }

    private static void Add(Place place, string text, Func<string, KnownValue?> value)
    {
        var pieces = new ExpressionText(place.Node.Span.Start, value, Why).Read(text);
        place.Sink.AddOnce(pieces.Use(place.Format.Name, place.Match.Steps, text, place.Node.Span, "#"));
    }

    private static string Why(string expression) => expression.Split('.')[0] switch
    {
        "matrix" => "the matrix comes from an expression: pin what makes it",
        "inputs" => "whoever runs the workflow gives the input: pin its value there, or give it a default with a digest",
        "vars" or "secrets" => "it is a setting of the repository: pin its value there",
        _ => "the expression's value is not in this file: pin it where it is set",
    };

    // every literal that the expression may stand for, with its path
    private static List<(int Node, Steps Path)> Leaves(Tree tree, string job, string expression)
    {
        List<(int, Steps)> leaves = [];
        var parts = expression.Split('.');
        if (!parts.All(p => p.Length > 0 && p.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')))
        {
            return leaves;
        }

        if (parts is ["matrix", var name, .. var rest])
        {
            var matrix = tree.Child(tree.Child(tree.Child(tree.Child(0, "jobs"), job), "strategy"), "matrix");
            Items(tree, tree.Child(matrix, name), Steps.Of("jobs", job, "strategy", "matrix", name), rest, leaves);
            Items(tree, tree.Child(matrix, "include"), Steps.Of("jobs", job, "strategy", "matrix", "include"), [name, .. rest], leaves);
        }
        else if (parts is ["inputs", var input])
        {
            foreach (var trigger in (string[])["workflow_call", "workflow_dispatch"])
            {
                var given = tree.Child(tree.Child(tree.Child(tree.Child(0, "on"), trigger), "inputs"), input);
                if (tree.Child(given, "default") is var value and >= 0)
                {
                    leaves.Add((value, Steps.Of("on", trigger, "inputs", input, "default")));
                }
            }
        }

        return leaves;
    }

    private static void Items(Tree tree, int list, Steps path, string[] keys, List<(int, Steps)> leaves)
    {
        if (list < 0)
        {
            return;
        }

        if (tree[list].Kind != NodeKind.Sequence)
        {
            leaves.Add((-1, path));
            return;
        }

        var index = 0;
        for (var item = tree[list].First; item >= 0; item = tree[item].Next, index++)
        {
            var node = tree.Target(item);
            foreach (var key in keys)
            {
                node = tree.Child(node, key);
            }

            // an entry of `include` need not have the key
            if (node >= 0 || keys.Length == 0)
            {
                leaves.Add((node, path.Add(index).Add(Steps.Of([.. keys.Select(Step.FromString)]))));
            }
        }
    }
}
