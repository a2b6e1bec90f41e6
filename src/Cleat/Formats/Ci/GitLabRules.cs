using Cleat.Trees.Paths;

namespace Cleat.Formats.Ci;

/// <summary>The rules of a job or a workflow that set variables.</summary>
internal sealed class GitLabRules
{
    private readonly GitLabDocument document;
    private readonly List<(int Node, Steps Path)> rules;
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <param name="holder">The node of the job or the workflow; -1 for none.</param>
    /// <param name="path">Where that is.</param>
    public GitLabRules(GitLabDocument document, int holder, Steps path)
    {
        this.document = document;
        rules = document.Rules(holder, path);
        foreach (var (node, _) in rules)
        {
            names.UnionWith(document.Setting(node));
        }
    }

    public int Count => rules.Count;

    /// <summary>True when one of them gives the variable a value.</summary>
    public bool Give(string name) => names.Contains(name);

    /// <summary>What one of them lets a variable be.</summary>
    public List<(int Node, Steps Path)> Values(int rule, string name) => document.Values(rules[rule].Node, rules[rule].Path, name);
}
