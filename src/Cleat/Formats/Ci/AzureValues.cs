using Cleat.Formats.Variables;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Ci;

/// <summary>
/// What the expressions of a pipeline stand for (learn.microsoft.com, "Define variables", "Template types and usage", "Expressions"): a value of the matrix;
/// a variable of the job, the stage or the whole; a parameter's default, one of its <c>values</c>, or what a file gives that uses this one.
/// </summary>
/// <param name="lists">What the files list, kept for the document.</param>
/// <param name="through">The files from which values are to come; null for all.</param>
internal sealed class AzureValues(CiFileView view, AzureLists lists, IReadOnlySet<CiFile>? through, Choices choices)
{
    private const string Parameters = "parameters";
    private const string Variables = "variables";
    private const int Deepest = 30;

    private int depth;

    /// <summary>What to say of an expression that is not known.</summary>
    public static string Why(string expression) => expression.StartsWith(Parameters + ".", StringComparison.Ordinal)
        ? "whoever runs the pipeline gives the parameter: pin its value there, or give it a default with a digest"
        : "the variable is set outside this file: pin its value there";

    /// <summary>A text at a place, its expressions put in.</summary>
    public Assembled Text(AzureFile file, Steps place, string text, int start, Steps path) => new ExpressionText(
        start,
        (expression, at) =>
        {
            var isMacro = text.AsSpan(0, at).TrimEnd().EndsWith("$(");
            return isMacro
                ? Variable(file, place, expression, hasMatrix: true)
                : new CiExpression(expression, start + at, path, file == view.Own ? null : view.Name(file), choices, name => new(Named(file, place, name, hasMatrix: !text.StartsWith("${{", StringComparison.Ordinal)))).Value(Why);
        },
        Why).Read(text);

    private KnownValue? Named(AzureFile file, Steps place, string name, bool hasMatrix) =>
        name.StartsWith(Parameters + ".", StringComparison.Ordinal) ? Of(file, place, OneParameter(file, place, name[(Parameters.Length + 1)..]), name)
        : name.StartsWith(Variables + ".", StringComparison.Ordinal) ? Variable(file, place, name[(Variables.Length + 1)..], hasMatrix)
        : Loop(file, place, name);

    private KnownValue? Variable(AzureFile file, Steps place, string name, bool hasMatrix)
    {
        if (++depth > Deepest)
        {
            return null;
        }

        for (var count = place.Count; count >= 0; count--)
        {
            var holder = file.Tree.Find(place.Take(count));
            if (hasMatrix && Leg(file, place.Take(count), holder, name) is var (node, path))
            {
                return Of(file, place, new AzureValue(file, node, path), name);
            }

            if (file.Tree.Child(holder, Variables) is var list and >= 0 && lists.Named(file, list, place.Take(count).Add(Variables), "value").TryGetValue(name, out var found))
            {
                return Of(found.File, found.File == file ? place : Steps.Root, found, name);
            }
        }

        return Caller(file) is { } call ? Variable((AzureFile)call.From, call.Steps, name, hasMatrix) : null;
    }

    // the value in a leg of the matrix of a job
    private (int Node, Steps Path)? Leg(AzureFile file, Steps path, int holder, string name)
    {
        var matrix = lists.Matrix(file, holder);
        if (!matrix.Gives(name))
        {
            return null;
        }

        var (leg, values) = matrix.Legs[choices.Take((file, path, "matrix"), matrix.Legs.Count)];
        return file.Tree.Child(values, name) is var node and >= 0 ? (node, path.Add(Steps.Of("strategy", "matrix", leg, name))) : null;
    }

    // the file that uses this one, of several the one that is chosen
    private CiCall? Caller(AzureFile file)
    {
        var calls = view.CallsTo(file, through);
        var own = through is null || calls.Count == 0 || file == view.Own ? 1 : 0;
        var caller = choices.Take((file, "caller"), calls.Count + own);
        return caller < own ? null : calls[caller - own];
    }

    // a parameter's value: its literals are one list, in which one is chosen
    private AzureValue? OneParameter(AzureFile file, Steps place, string name)
    {
        if (++depth > Deepest)
        {
            return null;
        }

        if (Caller(file) is { } call && call.From.Tree.Child(call.Arguments, name) is var given and >= 0)
        {
            return new((AzureFile)call.From, given, call.Steps.Add(name));
        }

        var values = lists.Parameter(file, name);
        if (values.Count == 0 && file.Tree.Child(0, Parameters) >= 0 && view.CallsTo(file, through).Count > 0)
        {
            // one of those that use the file gives it
            choices.Drop();
        }

        return values.Count == 0 ? null : values[choices.Take((file, Parameters, name), values.Count)];
    }

    // ${{ each x in parameters.list }}: x, x.key
    private KnownValue? Loop(AzureFile file, Steps place, string name)
    {
        var variable = name.Split('.')[0];
        for (var count = place.Count - 1; count >= 0; count--)
        {
            if (place[count].Key is not { } key || ExpressionText.Inner(key, out _).Split(' ', StringSplitOptions.RemoveEmptyEntries) is not ["each", var each, "in", var list] || each != variable
                || !list.StartsWith(Parameters + ".", StringComparison.Ordinal) || OneParameter(file, place, list[(Parameters.Length + 1)..]) is not var (from, node, path))
            {
                continue;
            }

            var keys = name.Split('.')[1..];
            List<(int Node, Steps Path)> items = [];
            var index = 0;
            foreach (var item in from.Tree.Items(node))
            {
                var steps = Steps.Of([.. keys.Select(Step.FromString)]);
                if (from.Tree.Find(steps, from.Tree.Target(item)) is var at and >= 0)
                {
                    items.Add((at, path.Add(index).Add(steps)));
                }

                index++;
            }

            if (items.Count > 0)
            {
                var (one, at) = items[choices.Take((file, place.Take(count), name), items.Count)];
                return Of(from, from == file ? place : path, new AzureValue(from, one, at), name, isItem: true);
            }
        }

        return null;
    }

    private KnownValue? Of(AzureFile file, Steps place, AzureValue? found, string name, bool isItem = false)
    {
        if (found is not var (from, node, path) || KnownValue.At(from.Tree, node, path) is not { } value || ++depth > Deepest)
        {
            return null;
        }

        // what a file gives is seen from where it gives it, and used where it is asked for
        value = value.Value.Contains('$', StringComparison.Ordinal) ? value with { Pieces = Text(from, from == file ? place : path, value.Value, from.Tree[node].Span.Start, path) } : value;
        return Seen(from, value with { IsShared = isItem || Uses(from, name) + (from == file ? 0 : Uses(file, name)) > 1 });
    }

    private static int Uses(AzureFile file, string name)
    {
        var bare = name[(name.IndexOf('.', StringComparison.Ordinal) is var dot && name.StartsWith(Parameters + ".", StringComparison.Ordinal) ? dot + 1 : 0)..];
        return ((string[])[$"({bare})", $"variables.{bare}", $"parameters.{bare}", $"['{bare}']"]).Sum(file.Tree.Source.WordCounts.Of);
    }

    private KnownValue Seen(AzureFile file, KnownValue value) => file == view.Own || value.OtherFile is not null ? value : value.Elsewhere(view.Name(file));
}
