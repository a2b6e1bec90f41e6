using System.Collections.Immutable;

namespace Cleat.Formats.Helm.Templates;

/// <summary>
/// Renders templates with values (pkg.go.dev/text/template; helm.sh/docs, "Chart Template Guide"). What it does not know is an opaque value. A branch that is
/// not taken is rendered too, aside: a feature that is off by default names images as well.
/// </summary>
internal sealed partial class Evaluator
{
    private const int MostSteps = 400_000;
    private const int MostOutput = 4 << 20;
    private const int DeepestCall = 60;
    private const int DeepestAside = 6;

    private readonly Definitions definitions;
    private readonly bool onlyImages;
    private readonly List<Action> undo = [];
    private readonly List<(string Name, Value Value)> scope = [];

    // variables that were given another value, and what they were before
    private readonly List<(int Index, Value Before)> assigned = [];
    private readonly HashSet<int> reads = [];
    private readonly Dictionary<(Node, bool, long), Branch> aside = [];
    private readonly Dictionary<Spot, string> failures = [];
    private Output output = new();
    private TemplateFile file;
    private Spot spot;
    private ImmutableArray<int> conditions = [];

    // the calls and loops on the way here, as a hash: the same in every rendering
    private long way = 17;

    // the first of the variables that the running template sees
    private int floor;
    private int depth;
    private int steps;
    private int written;
    private int calls;

    // what is evaluated now may be part of an image's name: all of its text counts
    private bool isNear;

    private Evaluator(TemplateFile file, Definitions definitions, bool onlyImages)
    {
        this.file = file;
        this.definitions = definitions;
        this.onlyImages = onlyImages;
        isNear = !onlyImages;
    }

    private enum Flow
    {
        Next,
        Break,
        Continue,
    }

    /// <summary>Renders one file.</summary>
    /// <param name="root">What dot is: Values, Chart, Release, …</param>
    /// <param name="definitions">What is defined in any of the chart's files.</param>
    /// <param name="onlyImages">True to leave out what names no image; the lines of the output are others then.</param>
    public static Rendered Render(TemplateFile file, Value.Map root, Definitions definitions, bool onlyImages = false)
    {
        Evaluator evaluator = new(file, definitions, onlyImages);
        var (main, isCut) = (evaluator.output, false);
        try
        {
            evaluator.scope.Add(("", root));
            evaluator.Run(onlyImages ? file.Images : file.Whole, root);
        }
        catch (TemplateException e)
        {
            isCut = e.IsLimit;
            evaluator.Fail(e);
        }
        finally
        {
            for (var i = evaluator.undo.Count - 1; i >= 0; i--)
            {
                evaluator.undo[i]();
            }
        }

        return new(file, main, evaluator.aside, evaluator.reads, evaluator.failures) { IsCut = isCut };
    }

    private Flow Run(Node[] nodes, Value dot)
    {
        foreach (var node in nodes)
        {
            Step(node.At);
            var flow = Run(node, dot);
            if (flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }

    private Flow Run(Node node, Value dot)
    {
        switch (node)
        {
            case Node.Plain plain:
                Write(new(plain.Text, [], false, new(file, plain.At)));
                break;
            case Node.LineEnd:
                output.EndLine();
                break;
            case Node.Write write:
                Run(write, dot);
                break;
            case Node.Choice choice:
                return Choose(choice, dot);
            case Node.Loop loop:
                return Loop(loop, dot);
            case Node.Call call:
                spot = new(file, call.At);
                var argument = call.Argument is null ? Value.Nil : Whole(call.Argument.Pipeline, dot);
                var near = isNear;
                isNear |= call.IsNear;
                Write(Include(call.Name, argument), new(file, call.At));
                isNear = near;
                break;
            case Node.Leave leave:
                return leave.IsBreak ? Flow.Break : Flow.Continue;
        }

        return Flow.Next;
    }

    private void Run(Node.Write write, Value dot)
    {
        spot = new(file, write.At);
        var (pipeline, near) = (write.Code.Pipeline, isNear);
        isNear |= write.IsNear || pipeline.Variables.Length > 0;
        var value = Try(pipeline, dot);
        if (pipeline.Variables.Length == 0)
        {
            Write(value, new(file, write.At));
        }

        isNear = near;
    }

    // of conditions and what loops go over all counts
    private Value Whole(Pipeline pipeline, Value dot)
    {
        var near = isNear;
        isNear = true;
        var value = Try(pipeline, dot);
        isNear = near;
        return value;
    }

    // Helm stops at what fails, and renders nothing: what it would have said is not known, and the rest is looked at all the same
    private Value Try(Pipeline pipeline, Value dot)
    {
        try
        {
            return Evaluate(pipeline, dot);
        }
        catch (TemplateException e) when (!e.IsLimit)
        {
            Fail(e);
            foreach (var name in pipeline.Declares ? pipeline.Variables : [])
            {
                scope.Add((name, new Value.Opaque("$" + name)));
            }

            return new Value.Opaque("…");
        }
    }

    private void Fail(TemplateException e) => failures.TryAdd(new(file, e.At), e.Message);

    private Flow Choose(Node.Choice choice, Value dot)
    {
        var start = scope.Count;
        var condition = Whole(choice.Condition.Pipeline, dot);
        var inner = choice.IsWith ? condition : dot;
        var flow = Flow.Next;
        switch (condition.IsTrue)
        {
            case true:
                Aside(choice, false, choice.Else, dot, condition);
                flow = Run(choice.Then, inner);
                break;
            case false:
                if (!choice.IsWith)
                {
                    Aside(choice, true, choice.Then, dot, condition);
                }

                flow = Run(choice.Else, dot);
                break;
            default:
                Either(choice, dot, inner, condition);
                break;
        }

        Leave(start);
        return flow;
    }

    // which of the two is taken is not known: both are rendered aside, and what they would write is opaque
    private void Either(Node.Choice choice, Value dot, Value inner, Value condition)
    {
        List<int> changed = [];
        var then = Aside(choice, true, choice.Then, inner, condition, changed);
        var other = Aside(choice, false, choice.Else, dot, condition, changed);
        foreach (var i in changed.Distinct())
        {
            Assign(i, new Value.Opaque("$" + scope[i].Name) { From = Value.Union(scope[i].Value.Sources(), condition.Sources()) });
        }

        if (!string.IsNullOrWhiteSpace(then?.Text) || !string.IsNullOrWhiteSpace(other?.Text))
        {
            Write(new("{{ if … }}", [], true, new(file, choice.At)));
        }
    }

    // rendered into a text of its own, whatever it changes taken back
    private Output? Aside(Node.Choice choice, bool then, Node[] body, Value dot, Value condition, List<int>? changed = null)
    {
        if (body.Length == 0 || depth >= DeepestAside)
        {
            return null;
        }

        var (outer, conditionsBefore, fileBefore, spotBefore, callsBefore) = (output, conditions, file, spot, calls);
        var (variables, assignments) = (scope.Count, assigned.Count);
        output = new();
        conditions = onlyImages ? [] : Value.Union(conditions, condition.Sources());
        depth++;
        Run(body, dot);
        var made = output;
        if (!onlyImages || made.HasImage)
        {
            aside[(choice, then, way)] = new(made, conditions, depth);
        }

        depth--;
        (output, conditions, file, spot, calls) = (outer, conditionsBefore, fileBefore, spotBefore, callsBefore);
        for (var i = assigned.Count - 1; i >= assignments; i--)
        {
            // those that it declared itself are gone
            if (assigned[i].Index < variables)
            {
                scope[assigned[i].Index] = (scope[assigned[i].Index].Name, assigned[i].Before);
                changed?.Add(assigned[i].Index);
            }
        }

        assigned.RemoveRange(assignments, assigned.Count - assignments);
        Leave(variables);
        return made;
    }

    private Flow Loop(Node.Loop loop, Value dot)
    {
        var start = scope.Count;
        var names = loop.Over.Pipeline.Variables;
        var over = Whole(loop.Over.Pipeline with { Variables = [] }, dot);
        List<(Value Key, Value Item)> items = over switch
        {
            Value.Map map => [.. map.Entries.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => (Value.Of(e.Key), e.Value))],
            Value.List list => [.. list.Items.Select((item, i) => (Value.Of((object)(long)i), item))],
            Value.Plain { Data: long count } when count < 1000 => [.. Enumerable.Range(0, (int)count).Select(i => (Value.Of((object)(long)i), Value.Of((object)(long)i)))],
            Value.Opaque opaque => [(opaque, opaque)],
            _ => [],
        };
        if (items.Count == 0)
        {
            Run(loop.Else, dot);
            return Flow.Next;
        }

        // a name may be in one value, and the image in another
        var body = onlyImages && (isNear || items.Exists(i => i.Key.HasImage || i.Item.HasImage)) ? loop.Whole.Value : loop.Body;
        var (wayBefore, round) = (way, 0);
        foreach (var (key, item) in items)
        {
            Step(loop.At);
            Go(loop.At, ++round);
            Read(item);
            if (names.Length == 2)
            {
                scope.Add((names[0], key));
            }

            if (names.Length > 0)
            {
                scope.Add((names[^1], item));
            }

            var flow = Run(body, item);
            Leave(start);
            way = wayBefore;
            if (flow == Flow.Break)
            {
                break;
            }
        }

        return Flow.Next;
    }

    private Value Include(string name, Value argument)
    {
        if (definitions.Find(name) is not { } found || calls >= DeepestCall)
        {
            return new Value.Opaque($"include \"{name}\"") { From = argument.Sources() };
        }

        calls++;
        var (outer, fileBefore, spotBefore, wayBefore) = (output, file, spot, way);
        Go(spot.At, file.Name.Length);
        var (floorBefore, assignments) = (Enter(argument), assigned.Count);
        output = new();
        file = found.Template;
        Run(isNear ? found.Body : found.Images, argument);
        var made = output;
        (output, file, spot, way) = (outer, fileBefore, spotBefore, wayBefore);
        Exit(floorBefore, assignments);
        calls--;
        written -= made.Length;
        return new Value.Text(made.Pieces);
    }

    private void Write(Value value, Spot where)
    {
        // Helm takes Go's <no value> out of what it renders
        if (value is Value.Plain { Data: null } || (!isNear && !value.HasImage))
        {
            return;
        }

        foreach (var piece in value.Pieces())
        {
            Write(piece.Spot.File is null ? piece with { Spot = where } : piece);
        }
    }

    private void Write(Piece piece)
    {
        output.Add(piece);
        if ((written += piece.Text.Length) > MostOutput)
        {
            throw new TemplateException(spot.At, "it renders too much") { IsLimit = true };
        }
    }

    private void Go(int at, int count) => way = unchecked((way * 1_000_003) + (at * 31L) + count);

    private void Step(int at)
    {
        if (++steps > MostSteps)
        {
            throw new TemplateException(at, "it takes too many steps") { IsLimit = true };
        }
    }

    private void Leave(int count) => scope.RemoveRange(count, scope.Count - count);

    private void Assign(int index, Value value)
    {
        assigned.Add((index, scope[index].Value));
        scope[index] = (scope[index].Name, value);
    }

    // a template sees its own variables only; `$` is what it is called with
    private int Enter(Value argument)
    {
        var before = floor;
        floor = scope.Count;
        scope.Add(("", argument));
        return before;
    }

    private void Exit(int floorBefore, int assignments)
    {
        Leave(floor);
        floor = floorBefore;
        assigned.RemoveRange(assignments, assigned.Count - assignments);
    }
}
