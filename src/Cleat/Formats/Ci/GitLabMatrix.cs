using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Ci;

/// <summary>The entries of a job's <c>parallel:matrix</c>: maps of variables, each with a value or a list of them.</summary>
internal sealed class GitLabMatrix
{
    private readonly Tree tree;
    private readonly Steps path;
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Entry, string Name), IReadOnlyList<(int Node, Steps Path)>> values = [];

    /// <param name="holder">The job that has it.</param>
    public GitLabMatrix(GitLabJob holder)
    {
        tree = holder.Document.Tree;
        path = holder.Path.Add(Steps.Of("parallel", "matrix"));
        List<int> entries = [];
        foreach (var item in tree.Items(tree.Find(path)))
        {
            var entry = tree.Target(item);
            entries.Add(entry);
            foreach (var (key, _) in tree.Entries(entry))
            {
                if (tree[key].Kind == NodeKind.Scalar)
                {
                    names.Add(tree[key].Value);
                }
            }
        }

        Entries = entries;
    }

    public IReadOnlyList<int> Entries { get; }

    /// <summary>True when an entry gives the variable.</summary>
    public bool Gives(string name) => names.Contains(name);

    /// <summary>What an entry lets a variable be; none when it does not give it.</summary>
    public IReadOnlyList<(int Node, Steps Path)> Values(int entry, string name)
    {
        if (values.TryGetValue((entry, name), out var known))
        {
            return known;
        }

        List<(int, Steps)> found = [];
        if (tree.Child(Entries[entry], name) is var value and >= 0)
        {
            var at = path.Add(Steps.Of(entry, name));
            var index = 0;
            foreach (var item in tree.Items(value))
            {
                found.Add((tree.Target(item), at.Add(index++)));
            }

            if (found.Count == 0)
            {
                found.Add((value, at));
            }
        }

        return values[(entry, name)] = found;
    }
}
