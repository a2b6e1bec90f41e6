using Cleat.Formats.Variables;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Ci;

/// <summary>
/// What the expressions of workflows stand for (docs.github.com, "Contexts"): a value of the matrix; an input's default, one of its options, or what a
/// workflow beside this one gives; an output of another job that is a literal.
/// </summary>
/// <param name="through">The files from which values are to come; null for all.</param>
internal sealed class GitHubValues(CiFileView view, IReadOnlySet<CiFile>? through, Choices choices)
{
    // as deep as GitHub lets workflows call workflows, and more
    private const int Deepest = 20;

    private int depth;

    /// <summary>What to say of an expression that is not known.</summary>
    public static string Why(string expression) => expression.Split('.')[0] switch
    {
        "matrix" => "the matrix comes from an expression: pin what makes it",
        "inputs" => "whoever runs the workflow gives the input: pin its value there, or give it a default with a digest",
        "vars" or "secrets" => "it is a setting of the repository: pin its value there",
        _ => "the expression's value is not in this file: pin it where it is set",
    };

    /// <summary>A text in a job, its expressions put in.</summary>
    public Assembled Text(GitHubWorkflow workflow, string job, string text, int start, Steps path) => new ExpressionText(
        start,
        (expression, at) => new CiExpression(expression, start + at, path, workflow == view.Own ? null : view.Name(workflow), choices, name => Variable(workflow, job, name)).Value(Why),
        Why).Read(text);

    private ExpressionValue Variable(GitHubWorkflow workflow, string job, string name) => name.Split('.') switch
    {
        ["matrix", _, ..] parts when workflow.Matrix(job).Value(parts[1..], choices) is var (tree, node, path) => new(Value(workflow, job, tree, node, path, name)),
        ["inputs", var input] => new(Input(workflow, input, isEvent: false), MayBeEmpty: true),
        ["github", "event", "inputs", var input] => new(Input(workflow, input, isEvent: true), MayBeEmpty: true),
        ["needs", var other, "outputs", var output] => new(Value(workflow, other, workflow.Tree, workflow.Tree.Find(Steps.Of("jobs", other, "outputs", output)), Steps.Of("jobs", other, "outputs", output), name)),
        ["steps", var step, "outputs", var output] => new(Output(workflow, job, step, output)),
        _ => default,
    };

    // echo "name=value" >> "$GITHUB_OUTPUT", in the text of a step
    private KnownValue? Output(GitHubWorkflow workflow, string job, string id, string output)
    {
        List<KnownValue> values = [];
        foreach (var (run, path) in workflow.Scripts(job, id))
        {
            foreach (var (text, span) in GitHubOutputs.Find(workflow.Tree.Source, workflow.Tree[run].Span, output))
            {
                // others may read the output
                values.Add(new(text, span, path, IsShared: true));
            }
        }

        return values.Count == 0 ? null : Seen(workflow, values[choices.Take((workflow, job, id + "." + output), values.Count)]);
    }

    private KnownValue? Input(GitHubWorkflow workflow, string name, bool isEvent)
    {
        var word = "inputs." + name;
        var calls = isEvent ? [] : view.CallsTo(workflow, through);
        List<(int Node, Steps Path)> own = [];
        foreach (var trigger in (string[])["workflow_call", "workflow_dispatch"])
        {
            var path = Steps.Of("on", trigger, "inputs", name);
            var input = through is not null || (isEvent && trigger == "workflow_call") ? -1 : workflow.Tree.Find(path);
            Add(workflow.Tree, workflow.Tree.Child(input, "default"), path.Add("default"), own);
            var index = 0;
            foreach (var option in workflow.Tree.Items(workflow.Tree.Child(input, "options")))
            {
                Add(workflow.Tree, workflow.Tree.Target(option), path.Add(Steps.Of("options", index++)), own);
            }
        }

        if (own.Count + calls.Count == 0)
        {
            return null;
        }

        var caller = choices.Take((workflow, "caller"), calls.Count + 1);
        if (caller > 0 && calls[caller - 1] is var call && call.From.Tree.Child(call.Arguments, name) is var given and >= 0)
        {
            var from = (GitHubWorkflow)call.From;
            return Value(from, call.Steps[1].Key!, from.Tree, given, call.Steps.Add(name), null) is { } value
                ? value with { IsShared = workflow.Tree.Source.WordCounts.Of(word) > 1 }
                : null;
        }

        if (own.Count == 0)
        {
            // it always is one of the callers that gives it
            choices.Drop();
            return null;
        }

        var (node, at) = own[choices.Take((workflow, word), own.Count)];
        return Value(workflow, "", workflow.Tree, node, at, word);
    }

    private static void Add(Tree tree, int node, Steps path, List<(int, Steps)> found)
    {
        if (node >= 0 && tree[node].Kind == NodeKind.Scalar && (tree[node].Value.Length > 0 || !tree[node].IsPlain))
        {
            found.Add((node, path));
        }
    }

    // a literal, or a text with expressions of its own
    private KnownValue? Value(GitHubWorkflow workflow, string job, Tree tree, int node, Steps path, string? word)
    {
        if (KnownValue.At(tree, node, path, word is null ? [] : [word]) is not { } value || ++depth > Deepest)
        {
            return null;
        }

        if (value.Value.Contains("${{", StringComparison.Ordinal))
        {
            value = value with { Pieces = Text(workflow, job, value.Value, tree[node].Span.Start, path) };
        }

        return Seen(workflow, value);
    }

    private KnownValue Seen(GitHubWorkflow workflow, KnownValue value) => workflow == view.Own || value.OtherFile is not null ? value : value.Elsewhere(view.Name(workflow));
}
