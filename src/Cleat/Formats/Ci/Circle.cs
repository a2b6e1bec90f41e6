using Cleat.Formats.Variables;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Ci;

/// <summary>
/// CircleCI (circleci.com/docs, "Configuration reference": jobs, executors, inline orbs, parameters). The default of a parameter, each word of its
/// <c>enum</c>, and what a workflow or a job gives are judged where they stand. <c>machine.image</c> is a machine.
/// </summary>
internal sealed class Circle
{
    private const string OfPipeline = "pipeline.parameters.";
    private const string Own = "parameters.";
    private const int Deepest = 20;

    private readonly Tree tree;

    // where jobs and executors are used, by where they are
    private readonly Lazy<Dictionary<Steps, List<Call>>> calls;
    private readonly Dictionary<(Steps Holder, string Name), List<(int Node, Steps Path)>> declared = [];
    private readonly Dictionary<(Call, string Name), List<(int Node, Steps Path)>> given = [];

    private Circle(Tree tree)
    {
        this.tree = tree;
        calls = new(() => Calls().GroupBy(c => c.To).ToDictionary(g => g.Key, g => g.ToList()));
    }

    /// <param name="To">The job or executor that is used.</param>
    /// <param name="Scope">The job that uses it; null for a workflow.</param>
    /// <param name="Arguments">The node of the values that it is given; -1 for none.</param>
    private sealed record Call(Steps To, Steps? Scope, int Arguments, Steps Path);

    public static Format Format { get; } = new("circleci", "CircleCI configuration", ".circleci/**/*.yml", ".circleci/**/*.yaml")
    {
        Paths = new("jobs.*.docker[].image", "executors.*.docker[].image", "orbs.*.jobs.*.docker[].image", "orbs.*.executors.*.docker[].image"),
        Open = document => new Circle(document.Tree).Take,
    };

    private void Take(Place place)
    {
        if (place.Node.Kind != NodeKind.Scalar)
        {
            place.Judge();
            return;
        }

        // jobs.build.docker[0].image: the parameters are those of jobs.build
        var holder = place.Match.Steps.Take(place.Match.Steps.Count - 3);
        VariableScalar.Add(place, 0, (text, start, choices) => Text(holder, text, start, choices, 0));
    }

    private static string Why(string name) => name.StartsWith("pipeline.", StringComparison.Ordinal)
        ? "whoever starts the pipeline gives the parameter: give it a default with a digest"
        : "whoever uses the job gives the parameter: pin its value there, or give it a default with a digest";

    private Assembled Text(Steps? holder, string text, int start, Choices choices, int depth) =>
        new ExpressionText(start, expression => Value(holder, expression, choices, depth + 1), Why).Read(text);

    private KnownValue? Value(Steps? holder, string expression, Choices choices, int depth)
    {
        if (depth > Deepest)
        {
            return null;
        }

        if (expression.StartsWith(OfPipeline, StringComparison.Ordinal))
        {
            return OneOf(Declared(Steps.Root, expression[OfPipeline.Length..]), null, expression, choices, depth);
        }

        if (holder is null || !expression.StartsWith(Own, StringComparison.Ordinal))
        {
            return null;
        }

        var name = expression[Own.Length..];
        var users = calls.Value.GetValueOrDefault(holder) ?? [];
        var user = choices.Take((holder, "caller"), users.Count + 1);
        if (user > 0 && Given(users[user - 1], name) is { Count: > 0 } values)
        {
            return OneOf(values, users[user - 1].Scope, expression, choices, depth);
        }

        var own = Declared(holder, name);
        if (own.Count == 0 && users.Count > 0)
        {
            // one of those that use it gives it
            choices.Drop();
        }

        return OneOf(own, null, expression, choices, depth);
    }

    private KnownValue? OneOf(List<(int Node, Steps Path)> values, Steps? scope, string expression, Choices choices, int depth)
    {
        if (values.Count == 0)
        {
            return null;
        }

        var (node, path) = values[choices.Take((values[0].Path, expression), values.Count)];
        return KnownValue.At(tree, node, path, expression) is not { } value ? null
            : value.Value.Contains("<<", StringComparison.Ordinal) ? value with { Pieces = Text(scope, value.Value, tree[node].Span.Start, choices, depth) } : value;
    }

    // the default, and what else an enum lets in
    private List<(int Node, Steps Path)> Declared(Steps holder, string name)
    {
        if (declared.TryGetValue((holder, name), out var known))
        {
            return known;
        }

        List<(int, Steps)> found = declared[(holder, name)] = [];
        var path = holder.Add(Steps.Of("parameters", name));
        var parameter = tree.Find(path);
        if (tree.Child(parameter, "default") is var value and >= 0)
        {
            found.Add((value, path.Add("default")));
        }

        Items(tree.Child(parameter, "enum"), path.Add("enum"), found);
        return found;
    }

    private List<(int Node, Steps Path)> Given(Call call, string name)
    {
        if (given.TryGetValue((call, name), out var known))
        {
            return known;
        }

        List<(int, Steps)> found = given[(call, name)] = [];
        if (tree.Child(call.Arguments, name) is var value and >= 0)
        {
            found.Add((value, call.Path.Add(name)));
        }
        else
        {
            var matrix = Steps.Of("matrix", "parameters", name);
            Items(tree.Find(matrix, call.Arguments), call.Path.Add(matrix), found);
        }

        return found;
    }

    private void Items(int list, Steps path, List<(int, Steps)> found)
    {
        var index = 0;
        foreach (var item in tree.Items(list))
        {
            found.Add((tree.Target(item), path.Add(index++)));
        }
    }

    private List<Call> Calls()
    {
        List<Call> found = [];
        OfWorkflows(found);
        OfJobs(Steps.Root, found);
        foreach (var (orb, _) in tree.Entries(tree.Child(0, "orbs")))
        {
            OfJobs(Steps.Of("orbs", tree[orb].Value), found);
        }

        return found;
    }

    private void OfWorkflows(List<Call> found)
    {
        foreach (var (workflow, value) in tree.Entries(tree.Child(0, "workflows")))
        {
            var index = 0;
            foreach (var item in tree.Items(tree.Child(tree.Target(value), "jobs")))
            {
                var path = Steps.Of("workflows", tree[workflow].Value, "jobs", index++);
                var node = tree.Target(item);
                if (node >= 0 && tree[node].Kind == NodeKind.Scalar)
                {
                    found.Add(new(Holder(Steps.Root, "jobs", tree[node].Value), null, -1, path));
                }

                foreach (var (job, arguments) in tree.Entries(node))
                {
                    found.Add(new(Holder(Steps.Root, "jobs", tree[job].Value), null, tree.Target(arguments), path.Add(tree[job].Value)));
                }
            }
        }
    }

    // the executors that jobs use
    private void OfJobs(Steps above, List<Call> found)
    {
        foreach (var (job, value) in tree.Entries(tree.Child(tree.Find(above), "jobs")))
        {
            var path = above.Add(Steps.Of("jobs", tree[job].Value));
            var executor = tree.Child(tree.Target(value), "executor");
            if (executor >= 0 && (tree[executor].Kind == NodeKind.Scalar ? tree[executor].Value : tree.Text(executor, "name")) is { } name)
            {
                found.Add(new(Holder(above, "executors", name), path, tree[executor].Kind == NodeKind.Map ? executor : -1, path.Add("executor")));
            }
        }
    }

    // x, or orb/x
    private static Steps Holder(Steps above, string kind, string name) => name.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0
        ? Steps.Of("orbs", name[..slash], kind, name[(slash + 1)..])
        : above.Add(Steps.Of(kind, name));
}
