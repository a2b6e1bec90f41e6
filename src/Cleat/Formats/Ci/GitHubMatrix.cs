using Cleat.Formats.Variables;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Paths;
using Cleat.Trees.Yaml;

namespace Cleat.Formats.Ci;

/// <summary>
/// The matrix of a job (docs.github.com, "Workflow syntax": jobs.&lt;job_id&gt;.strategy.matrix): the product of its lists without <c>exclude</c>, and each entry of
/// <c>include</c> added to what it fits, or else a job of its own. A list may be a text: <c>${{ fromJSON('["a"]') }}</c>.
/// </summary>
internal sealed class GitHubMatrix
{
    private readonly Tree tree;
    private readonly string job;
    private readonly Dictionary<string, List<Item>> lists = new(StringComparer.Ordinal);
    private readonly List<Item> includes = [];
    private readonly List<int> excludes = [];
    private readonly HashSet<string> included = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> texts = new(StringComparer.Ordinal);

    // lists that an expression makes
    private readonly HashSet<string> unknown = new(StringComparer.Ordinal);

    public GitHubMatrix(Tree tree, string job)
    {
        (this.tree, this.job) = (tree, job);
        var path = Steps.Of("jobs", job, "strategy", "matrix");
        var map = tree.Find(path);
        var source = tree;
        if (map >= 0 && tree[map].Kind == NodeKind.Scalar && Json(map) is { } inner)
        {
            (source, map) = (inner, 0);
        }

        if (map < 0 || source[map].Kind != NodeKind.Map)
        {
            IsUnknown = map >= 0;
            return;
        }

        foreach (var (key, value) in source.Entries(map))
        {
            var name = source[key].Value;
            var items = Items(source, source.Target(value), path.Add(name));
            if (name == "include")
            {
                includes = items ?? [];
                IsUnknown = items is null;
            }
            else if (name == "exclude")
            {
                excludes.AddRange(items?.Where(i => i.Tree == tree).Select(i => i.Node) ?? []);
            }
            else if (items is null)
            {
                unknown.Add(name);
            }
            else
            {
                lists.TryAdd(name, items);
            }
        }

        foreach (var item in includes)
        {
            foreach (var (key, _) in item.Tree.Entries(item.Node))
            {
                included.Add(item.Tree[key].Value);
            }
        }

        foreach (var (name, items) in lists)
        {
            texts.Add(name, [.. items.Select(i => i.Tree[i.Node].Value)]);
        }
    }

    private readonly record struct Item(Tree Tree, int Node, Steps Path);

    /// <summary>True when jobs are added that an expression makes.</summary>
    public bool IsUnknown { get; }

    /// <summary>The value of a key in the job that is chosen: its node with the tree it is in; null when it is not known.</summary>
    /// <param name="keys">The key, and those below it.</param>
    public (Tree Tree, int Node, Steps Path)? Value(string[] keys, Choices choices)
    {
        var name = keys[0];
        if (unknown.Contains(name) || (!lists.ContainsKey(name) && !included.Contains(name)))
        {
            return null;
        }

        // jobs that come of an expression are one more way
        var rows = (lists.Count > 0 || unknown.Count > 0 ? 1 : 0) + includes.Count + (IsUnknown ? 1 : 0);
        var row = choices.Take((tree, job), rows);
        if (IsUnknown && row == rows - 1)
        {
            return null;
        }

        row -= lists.Count > 0 || unknown.Count > 0 ? 1 : 0;
        if (row >= 0)
        {
            var include = includes[row];
            if (include.Tree.Child(include.Node, name) is var own and >= 0)
            {
                return Below(new(include.Tree, own, include.Path.Add(name)), keys);
            }

            if (!lists.ContainsKey(name) || IsAlone(include))
            {
                choices.Drop();
                return null;
            }
        }
        else if (!lists.ContainsKey(name))
        {
            choices.Drop();
            return null;
        }

        if (lists[name].Count == 0)
        {
            choices.Drop();
            return null;
        }

        var item = lists[name][choices.Take((tree, job, name), lists[name].Count)];
        if (row < 0 && excludes.Exists(e => IsExcluded(e, choices)))
        {
            choices.Drop();
        }

        return Below(item, keys);
    }

    private static (Tree, int, Steps)? Below(Item item, string[] keys)
    {
        var (node, path) = (item.Node, item.Path);
        foreach (var key in keys.AsSpan(1))
        {
            (node, path) = (item.Tree.Child(node, key), path.Add(key));
        }

        return node < 0 ? null : (item.Tree, node, path);
    }

    // an entry that fits no combination is a job of its own, without the keys of the lists
    private bool IsAlone(Item include)
    {
        foreach (var (key, value) in include.Tree.Entries(include.Node))
        {
            if (texts.TryGetValue(include.Tree[key].Value, out var known) && include.Tree.Target(value) is var node and >= 0 && !known.Contains(include.Tree[node].Value))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsExcluded(int exclude, Choices choices)
    {
        foreach (var (key, value) in tree.Entries(exclude))
        {
            var name = tree[key].Value;
            if (!lists.TryGetValue(name, out var items) || choices.Taken((tree, job, name)) is not { } taken || !IsSame(items[taken], tree, tree.Target(value)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSame(Item item, Tree tree, int node) =>
        node >= 0 && item.Tree[item.Node].Kind == NodeKind.Scalar && tree[node].Kind == NodeKind.Scalar && item.Tree[item.Node].Value == tree[node].Value;

    private List<Item>? Items(Tree source, int list, Steps path)
    {
        if (list < 0)
        {
            return null;
        }

        if (source[list].Kind == NodeKind.Scalar && source == tree && Json(list) is { } inner)
        {
            (source, list) = (inner, 0);
        }

        if (source[list].Kind != NodeKind.Sequence)
        {
            return null;
        }

        List<Item> items = [];
        var index = 0;
        foreach (var item in source.Items(list))
        {
            if (source.Target(item) is var node and >= 0)
            {
                items.Add(new(source, node, path.Add(index)));
            }

            index++;
        }

        return items;
    }

    // what stands in ${{ fromJSON('…') }}, read where it is
    private Tree? Json(int node)
    {
        const string Open = "fromjson(";
        var text = tree[node].Value;
        if (tree.Source.Slice(tree[node].Span) != text || !text.StartsWith("${{", StringComparison.Ordinal) || !text.EndsWith("}}", StringComparison.Ordinal))
        {
            return null;
        }

        var inner = ExpressionText.Inner(text, out var at);
        var begin = inner.IndexOf('\'', StringComparison.Ordinal);
        var end = inner.LastIndexOf('\'');
        if (!inner.StartsWith(Open, StringComparison.OrdinalIgnoreCase) || begin < 0 || end <= begin + 1 || inner[Open.Length..begin].Trim().Length > 0
            || inner[(end + 1)..].Trim() != ")" || inner[(begin + 1)..end].Contains('\'', StringComparison.Ordinal) || !System.Text.Ascii.IsValid(inner))
        {
            return null;
        }

        TextSpan span = new(tree[node].Span.Start + at + begin + 1, end - begin - 1);
        return YamlTrees.Read(tree.Source, span, out var problem) is [{ Count: > 0 } json] && problem is null ? json : null;
    }
}
