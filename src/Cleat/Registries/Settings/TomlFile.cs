using Cleat.Files;
using System.Diagnostics.CodeAnalysis;
using Cleat.Text;
using Cleat.Trees.Toml;
using Cleat.Trees;

namespace Cleat.Registries.Settings;

/// <summary>A small TOML file of another program's settings.</summary>
internal sealed class TomlFile
{
    private const int Longest = 1024 * 1024;
    private readonly Tree tree;

    private TomlFile(string path, Tree tree)
    {
        Path = path;
        this.tree = tree;
    }

    internal string Path { get; }

    internal static int Root => 0;

    /// <param name="problem">Why it cannot be used, naming it; null when it can, or is not there.</param>
    internal static bool TryRead(string path, [NotNullWhen(true)] out TomlFile? file, out string? problem)
    {
        file = null;
        var read = SettingsFile.Read(path, Longest);
        if (!read.Succeeded)
        {
            problem = read.Failure == ReadFailure.Vanished ? null : $"{path} cannot be read: {read.Message}";
            return false;
        }

        var trees = TomlTrees.Read(new SourceText(path, read.Bytes), out var wrong);
        problem = wrong is null ? null : $"{path} cannot be used: {wrong.Message}";
        file = wrong is null ? new(path, trees[0]) : null;
        return file is not null;
    }

    internal string? Text(int table, string key) => tree.Text(table, key) is { Length: > 0 } text ? text : null;

    internal bool IsTrue(int table, string key) => tree.Text(table, key) == "true";

    internal bool Has(int table, string key) => tree.Child(table, key) >= 0;

    /// <summary>The tables of an array of tables.</summary>
    internal IEnumerable<int> Tables(int table, string key) => Elements(tree.Child(table, key)).Where(i => tree[i].Kind == NodeKind.Map);

    /// <summary>A string, or an array of strings (and of such arrays), as a list; null when there is nothing.</summary>
    internal IReadOnlyList<string>? Texts(int table, string key) => tree.Child(table, key) is var v and >= 0 ? [.. Texts(v)] : null;

    /// <summary>The keys of a table with their own tables.</summary>
    internal IEnumerable<(string Key, int Table)> Entries(int table, string key)
    {
        var map = tree.Child(table, key);
        for (var k = map >= 0 && tree[map].Kind == NodeKind.Map ? tree[map].First : -1; k >= 0; k = tree[tree[k].Next].Next)
        {
            yield return (tree[k].Value, tree[k].Next);
        }
    }

    private IEnumerable<string> Texts(int node) => tree[node].Kind == NodeKind.Scalar ? [tree[node].Value] : Elements(node).SelectMany(Texts);

    private IEnumerable<int> Elements(int node)
    {
        for (var i = node >= 0 && tree[node].Kind == NodeKind.Sequence ? tree[node].First : -1; i >= 0; i = tree[i].Next)
        {
            yield return i;
        }
    }
}
