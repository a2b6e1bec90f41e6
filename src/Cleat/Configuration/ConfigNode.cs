using Cleat.Text;
using Cleat.Trees;

namespace Cleat.Configuration;

/// <summary>A node of the config that is being read; whatever is not as it should be is noted with its place.</summary>
internal sealed class ConfigNode
{
    private readonly Tree tree;
    private readonly int index;

    public ConfigNode(Tree tree, int index, ConfigProblems problems)
    {
        this.tree = tree;
        this.index = tree.Target(index);
        Problems = problems;
        Span = tree[index].Span;
    }

    public ConfigProblems Problems { get; }

    public TextSpan Span { get; }

    private NodeKind? Kind => index < 0 ? null : tree[index].Kind;

    public void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            Problems.Add(Span.Start, otherwise);
        }
    }

    /// <summary>The entries of a map of which all keys are known.</summary>
    public Dictionary<string, ConfigNode> Map(IReadOnlyList<string> known) => Entries(known, "key").ToDictionary(e => e.Key, e => e.Value);

    /// <summary>The entries of a map, each key once, without those whose value is null.</summary>
    /// <param name="known">The keys that there are; null when any will do.</param>
    public List<KeyValuePair<string, ConfigNode>> Entries(IReadOnlyList<string>? known, string what)
    {
        Require(Kind == NodeKind.Map, $"must be a map: {(known is null ? "name: …" : string.Join(", ", known.Take(3).Select(k => k + ": …")))}");
        List<KeyValuePair<string, ConfigNode>> entries = [];
        HashSet<string> seen = [];
        for (var key = Kind == NodeKind.Map ? tree[index].First : -1; key >= 0; key = tree[tree[key].Next].Next)
        {
            var name = tree[key].Value;
            if (tree[key].Kind != NodeKind.Scalar || (known is not null && !known.Contains(name)))
            {
                Problems.Add(tree[key].Span.Start, $"unknown {what} '{name}'{NearestWord.Hint(name, known ?? [])}");
            }
            else if (!seen.Add(name))
            {
                Problems.Add(tree[key].Span.Start, $"'{name}' stands here a second time");
            }
            else if (tree.Target(tree[key].Next) is var value && (value < 0 || !tree.IsNull(value)))
            {
                entries.Add(new(name, new(tree, tree[key].Next, Problems)));
            }
        }

        return entries;
    }

    public IEnumerable<ConfigNode> Items()
    {
        Require(Kind == NodeKind.Sequence, "must be a list: [ … ]");
        for (var item = Kind == NodeKind.Sequence ? tree[index].First : -1; item >= 0; item = tree[item].Next)
        {
            yield return new(tree, item, Problems);
        }
    }

    public List<string> Texts() => [.. Items().Select(i => i.Text())];

    public string Text()
    {
        Require(Kind == NodeKind.Scalar && !tree.IsNull(index), "must be text");
        return Kind == NodeKind.Scalar ? tree[index].Value : "";
    }

    /// <summary>A text that is one of a few.</summary>
    public string Word(IReadOnlyList<string> known)
    {
        var word = Text();
        Require(Kind != NodeKind.Scalar || known.Contains(word), $"'{word}' is not one of {string.Join(", ", known)}{(NearestWord.Of(word, known) is { } near ? $"; did you mean '{near}'?" : "")}");
        return word;
    }
}

/// <summary>What is wrong with a config.</summary>
internal sealed class ConfigProblems
{
    private readonly List<ReadProblem> all = [];

    /// <summary>The one that stands first in the file.</summary>
    public ReadProblem? First => all.MinBy(p => p.Offset);

    public void Add(int offset, string message) => all.Add(new(offset, message));
}

internal static class ConfigEntries
{
    public static ConfigNode? Get(this Dictionary<string, ConfigNode> keys, string name) => keys.GetValueOrDefault(name);
}
