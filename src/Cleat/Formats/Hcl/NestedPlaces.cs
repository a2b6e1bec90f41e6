using System.Text;
using Cleat.Formats.Embedded;
using Cleat.Text;
using Cleat.Trees.Braces;
using Cleat.Trees.Json;
using Cleat.Trees.Paths;
using Cleat.Trees.Yaml;
using Cleat.Trees;

namespace Cleat.Formats.Hcl;

/// <summary>The references in a value that is a structure, JSON or YAML in a string or heredoc, or the name of such a value.</summary>
/// <param name="paths">Where in the value references stand.</param>
/// <param name="tree">The file in which the value stands.</param>
/// <param name="nodes">The structures that names stand for.</param>
/// <param name="mustHold">There is no such value without a reference: one that cannot be seen through is a use that is not known.</param>
/// <param name="problem">Takes what cannot be read in the text of this file, with its offset; null for a file that another run reports on.</param>
internal sealed class NestedPlaces(Tree tree, NestedPaths paths, bool mustHold, Func<IReadOnlyList<string>, IEnumerable<(Tree Tree, int Node, Steps Path)>> nodes, Action<int, string>? problem)
{
    private const string EachItem = "[].";
    private const int MostSteps = 1_000;

    private int steps;

    public IEnumerable<ValueText> Of(int node, Steps path) => Of(tree, node, path, 0);

    private IEnumerable<ValueText> Of(Tree from, int node, Steps path, int depth, bool isItem = false)
    {
        if (from[node].Kind != NodeKind.Scalar)
        {
            var found = Matches(from, node, isItem).SelectMany(m => Values.Texts(from, m.Node, path.Add(m.Steps)));
            return mustHold && from[node].Kind == NodeKind.Sequence ? found.Concat(Items(from, node, path, depth)) : found;
        }

        var written = ValueText.Of(from, node, path);
        if (written.Expression() is not { } expression)
        {
            return isItem || from.IsNull(node) || written.Value.Length == 0 ? [] : Text(written, from[node].IsPlain);
        }

        var named = depth < 8 && ++steps < MostSteps && Traversal.Read(expression) is { } names ? nodes(names).ToList() : [];
        return named.Count > 0 || !mustHold
            ? named.SelectMany(n => Of(n.Tree, n.Node, n.Path, depth + 1, isItem && n.Tree[n.Node].Kind == NodeKind.Map))
            : [written with { IsAround = true }];
    }

    // items that stand somewhere else: [local.web, local.log]
    private List<ValueText> Items(Tree from, int list, Steps path, int depth)
    {
        List<ValueText> found = [];
        var index = 0;
        foreach (var item in from.Items(list))
        {
            if (depth > 0 && ++steps >= MostSteps)
            {
                break;
            }

            if (from[item].Kind == NodeKind.Scalar)
            {
                found.AddRange(Of(from, item, path.Add(index), depth, isItem: true));
            }

            index++;
        }

        return found;
    }

    private List<ValueText> Text(ValueText outer, bool isPlain)
    {
        var source = outer.Tree.Source;
        var start = outer.Span.Start;
        var written = source.Span.Slice(start, outer.Span.Length).ToArray();
        var parts = outer.Parts() ?? [];
        foreach (var part in parts)
        {
            // a number stands well in text and by itself
            written.AsSpan(part.Start - start, part.Length).Fill((byte)(written[part.Start - start] == '$' ? '1' : ' '));
        }

        var text = written;
        if (!isPlain && source.Span[start - 1] == '"')
        {
            text = Encoding.UTF8.GetBytes(BraceReader.Decoded(Encoding.UTF8.GetString(text)));
        }

        if (EmbeddedText.Align(text, written, new(0, written.Length)) is not { } map)
        {
            Problem(outer, start, "holds escapes that cannot be followed: write it as a heredoc or with jsonencode");
            return [];
        }

        SourceText inner = new(source.Path, text);
        var isJson = inner.Span.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];
        ReadProblem? wrong;
        var trees = isJson ? JsonTrees.Read(inner, out wrong) : YamlTrees.Read(inner, new(0, text.Length), out wrong);
        if (wrong is not null)
        {
            Problem(outer, start + map[wrong.Offset], wrong.Message);
        }

        List<ValueText> found = [];
        foreach (var document in trees)
        {
            foreach (var match in Matches(document, 0, isItem: false))
            {
                ref readonly var node = ref document[match.Node];
                var span = TextSpan.FromBounds(start + map[node.Span.Start], start + map[node.Span.End]);
                if (node.Kind == NodeKind.Scalar && !document.IsNull(match.Node) && node.Value.Length > 0 && span.Length == node.Span.Length)
                {
                    found.Add(new(outer.Tree, span, node.Value, outer.Path.Add(match.Steps), IsInner: true));
                }
            }
        }

        return found.Count > 0 || parts.Count == 0 || !mustHold ? found : [outer with { Span = parts[0], IsAround = true }];
    }

    private IEnumerable<Match> Matches(Tree from, int root, bool isItem) =>
        paths(from, root)
            .Select(p => isItem ? new PathSet([.. p.Paths.Select(t => t.StartsWith(EachItem, StringComparison.Ordinal) ? t[EachItem.Length..] : t)]) : p)
            .SelectMany(p => TreeWalk.Find(from, p, out _, root));

    private void Problem(ValueText outer, int offset, string message)
    {
        if (outer.Tree == tree)
        {
            problem?.Invoke(offset, message);
        }
    }
}

/// <summary>Where references stand in the value at a node.</summary>
internal delegate IEnumerable<PathSet> NestedPaths(Tree tree, int root);
