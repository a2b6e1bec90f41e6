using Cleat.Formats.Variables;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Ci;

/// <summary>
/// What the variables and inputs of a pipeline may be (docs.gitlab.com, "CI/CD variables": precedence; "CI/CD inputs"). Of the variables in the files the strongest are
/// those of a job that starts the pipeline with the file, then of <c>parallel:matrix</c>, then of the job's <c>rules</c>, of the job with what it extends, of the workflow's <c>rules</c>, and of the whole pipeline: all
/// its files' <c>variables</c> are one map. What comes from a rule may not come, so what is behind it counts as well.
/// </summary>
/// <param name="onlyOwn">Inputs come from the document that is read alone.</param>
internal sealed class GitLabValues(GitLabView view, bool onlyOwn, Choices choices)
{
    private const int Deepest = 20;

    private int depth;

    /// <summary>A text of a job, its variables put in.</summary>
    public Assembled Text(GitLabJob job, string text, int start) => new Interpolation(start, name => Variable(job, name), view.Why).Read(text);

    private KnownValue? Variable(GitLabJob job, string name)
    {
        if (++depth > Deepest)
        {
            return null;
        }

        const string Inputs = "inputs.";
        if (name.StartsWith(Inputs, StringComparison.Ordinal))
        {
            return Input(job, name[Inputs.Length..]);
        }

        var mayCome = false;
        var found = OfTriggers(job, name, ref mayCome) ?? (job.Name is null ? null : OfMatrix(job, name, ref mayCome) ?? OfRules(view.Nearest(job, "rules", null), name, ref mayCome) ?? OfJob(job, name))
            ?? OfWorkflow(job, name, ref mayCome) ?? OfAll(job, name);
        if (found is null && mayCome)
        {
            // it is set where it is used
            choices.Drop();
        }

        return found is var (from, node, path) ? Known(job, from, node, path, name, "$" + name, "${" + name) : null;
    }

    // what a job gives that starts a pipeline with the file counts over all that the file says
    private (GitLabJob From, int Node, Steps Path)? OfTriggers(GitLabJob job, string name, ref bool mayCome)
    {
        var holders = view.Starting(job.File, name);
        if (holders.Count == 0)
        {
            return null;
        }

        mayCome = true;
        var trigger = choices.Take((job.File, "trigger", name), holders.Count + 1);
        return trigger == 0 ? null : One(holders[trigger - 1], holders[trigger - 1].Document.Values(holders[trigger - 1].Node, holders[trigger - 1].Path, name), name);
    }

    private (GitLabJob From, int Node, Steps Path)? OfMatrix(GitLabJob job, string name, ref bool mayCome)
    {
        if (view.Nearest(job, "parallel", "matrix") is not { } holder)
        {
            return null;
        }

        var matrix = view.Matrix(holder);
        var isIn = matrix.Gives(name);
        mayCome |= isIn;
        if (!isIn || matrix.Values(choices.Take((job, "matrix"), matrix.Entries.Count), name) is not { Count: > 0 } values)
        {
            return null;
        }

        var (node, path) = values[values.Count == 1 ? 0 : choices.Take((job, "matrix", name), values.Count)];
        return (holder, node, path);
    }

    private (GitLabJob From, int Node, Steps Path)? OfRules(GitLabJob? holder, string name, ref bool mayCome) => holder is not { } job ? null
        : OfRules(job, view.Rules(job.Document, job.Node, job.Path), name, ref mayCome);

    private (GitLabJob From, int Node, Steps Path)? OfRules(GitLabJob job, GitLabRules rules, string name, ref bool mayCome)
    {
        if (!rules.Give(name))
        {
            return null;
        }

        mayCome = true;
        var rule = choices.Take((job, "rules"), rules.Count + 1);
        return rule == 0 ? null : One(job, rules.Values(rule - 1, name), name);
    }

    private (GitLabJob From, int Node, Steps Path)? OfJob(GitLabJob job, string name) =>
        view.Nearest(job, GitLabDocument.Variables, name) is { } holder ? One(holder, holder.Document.Values(holder.Node, holder.Path, name), name) : null;

    private (GitLabJob From, int Node, Steps Path)? OfWorkflow(GitLabJob job, string name, ref bool mayCome)
    {
        List<GitLabJob> documents = [new(job.Document, job.File, null)];
        if (view.Pipeline is { } pipeline && pipeline.Root != job.File)
        {
            documents.AddRange(view.Documents(pipeline.Root).Select(d => new GitLabJob(d, pipeline.Root, null)));
        }

        foreach (var document in documents)
        {
            var rules = view.Rules(document.Document, document.Document.Tree.Child(0, "workflow"), Steps.Of("workflow"));
            if (OfRules(document, rules, name, ref mayCome) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private (GitLabJob From, int Node, Steps Path)? OfAll(GitLabJob job, string name) =>
        view.SetBy(name, job.File, job.Document) is { } file && view.Documents(file).FirstOrDefault(d => d.Sets(0, name)) is { } document
            ? One(new(document, file, null), document.Values(0, Steps.Root, name), name) : null;

    private (GitLabJob From, int Node, Steps Path)? One(GitLabJob from, List<(int Node, Steps Path)> values, string name)
    {
        if (values.Count == 0)
        {
            return null;
        }

        var (node, path) = values[choices.Take((from, values[0].Path, name), values.Count)];
        return (from, node, path);
    }

    private KnownValue? Input(GitLabJob job, string name)
    {
        var word = "inputs." + name;
        var calls = view.CallsTo(job.File).Where(c => !onlyOwn || c.Call.From == view.Own).Where(c => c.Call.From.Tree.Child(c.Call.Node, name) >= 0).ToList();
        var own = view.Header(job.File) is { } document && document.Tree.Find(Steps.Of("spec", "inputs", name)) is var input and >= 0
            ? document.Possible(input, Steps.Of("spec", "inputs", name), "default") : [];
        var skipped = onlyOwn || (own.Count == 0 && calls.Count > 0) ? 1 : 0;
        if (own.Count + calls.Count == 0 || (onlyOwn && calls.Count == 0))
        {
            return null;
        }

        var caller = choices.Take((job.File, word), calls.Count + 1 - skipped) + skipped;
        if (caller > 0)
        {
            var (file, call) = calls[caller - 1];
            return Known(new(call.From, file, null), new(call.From, file, null), call.From.Tree.Child(call.Node, name), call.Path.Add(name), name) is { } given
                ? given with { IsShared = job.Document.Tree.Source.WordCounts.Of(word) > 1 } : null;
        }

        GitLabJob header = new(view.Header(job.File)!, job.File, null);
        return One(header, own, word) is var (from, node, path) ? Known(job, from, node, path, name, word) : null;
    }

    // a literal, or a text with variables of its own, which are those of the job that uses it
    private KnownValue? Known(GitLabJob job, GitLabJob from, int node, Steps path, string name, params ReadOnlySpan<string> words)
    {
        if (KnownValue.At(from.Document.Tree, node, path, words) is not { } value)
        {
            return null;
        }

        if (value.Value.Contains('$', StringComparison.Ordinal))
        {
            value = value with { Pieces = Text(job, value.Value, from.Document.Tree[node].Span.Start) };
        }

        return from.File != view.Self ? value.Elsewhere(from.File)
            : view.Pipeline is { } pipeline && !value.IsShared ? value with { IsShared = pipeline.TimesNamed(name, view.Self) + view.Own.Tree.Source.WordCounts.OfVariable(name) > 1 }
            : value;
    }
}
