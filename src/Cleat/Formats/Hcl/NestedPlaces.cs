using System.Text;
using Cleat.Formats.Embedded;
using Cleat.Text;
using Cleat.Trees.Braces;
using Cleat.Trees.Json;
using Cleat.Trees.Paths;
using Cleat.Trees.Yaml;
using Cleat.Trees;

namespace Cleat.Formats.Hcl;

/// <summary>
/// The references in a value that is a structure, JSON or YAML in a string or heredoc, or an expression that gives one: a name, a condition of which
/// every branch counts, a call that reads another file.
/// </summary>
/// <param name="tree">The file in which the value stands.</param>
/// <param name="paths">Where in the value references stand.</param>
/// <param name="mustHold">There is no such value without a reference: one that cannot be seen through is a use that is not known.</param>
/// <param name="names">What names stand for.</param>
/// <param name="problem">Takes what cannot be read in the text of this file, with its offset; null for a file that another run reports on.</param>
internal sealed class NestedPlaces(Tree tree, NestedPaths paths, bool mustHold, NamePath names, Action<int, string>? problem)
{
    private const string EachItem = "[].";
    private const int MostSteps = 1_000;
    private const int Deepest = 8;

    private int steps;

    /// <summary>The texts of another file that an expression reads, as places here; null when it is no such expression.</summary>
    public Func<ValueText, IEnumerable<ValueText>?>? OtherFile { get; init; }

    public IEnumerable<ValueText> Of(int node, Steps path) => Of(new(tree, node, path), 0);

    private IEnumerable<ValueText> Of(Located at, int depth, bool isItem = false)
    {
        var (from, node, path, data) = at;
        if (from[node].Kind == NodeKind.Scalar)
        {
            var text = ValueText.Of(from, node, path);
            return text.Whole() is not null ? Expression(text, depth, isItem)
                : isItem || from.IsNull(node) || text.Value.Length == 0 ? []
                : Text(text, from[node].IsPlain, depth);
        }

        var found = Matches(from, node, isItem).SelectMany(m => new Located(from, m.Node, path.Add(m.Steps), data).Texts());
        return mustHold && from[node].Kind == NodeKind.Sequence ? found.Concat(Items(at, depth))
            : from[node].Kind == NodeKind.Map ? found.Concat(Merged(at, depth, isItem))
            : found;
    }

    private IEnumerable<ValueText> Expression(ValueText text, int depth, bool isItem)
    {
        if (depth >= Deepest || ++steps >= MostSteps)
        {
            return mustHold ? [text with { IsAround = true }] : [];
        }

        if (OtherFile?.Invoke(text) is { } read)
        {
            return read;
        }

        if (text.Names() is null && NamePath.Structure(text) is { } structure)
        {
            return Of(new(structure, 0, text.Path), depth + 1, isItem);
        }

        if (text.Names() is null && Operation.Of(text) is Operation.Choice choice)
        {
            var found = choice.Values.Where(v => v.Expression() is not "null").SelectMany(v => v.IsExpression
                ? Expression(v, depth + 1, isItem).Where(p => !(choice.IsFallback && p.IsAround))
                : v.Value.Length > 0 ? Text(v, false, depth + 1) : []).ToList();
            return found.Count > 0 || !mustHold || choice.Values.All(v => !v.IsExpression || NamePath.Structure(v) is not null) ? found : [text with { IsAround = true }];
        }

        if (text.Names() is null && (Operation.Arguments(text, "concat") ?? Operation.Arguments(text, "union")) is { } joined)
        {
            return joined.SelectMany(v => Expression(v, depth + 1, isItem));
        }

        var isValues = Operation.Argument(text, "values") is not null;
        var named = (Operation.Argument(text, "values") is { } map ? names.Of(map with { Named = map.Names() is { } n ? [.. n, Traversal.Any] : null }) : names.Of(text)).ToList();
        return named.Count > 0 || !mustHold
            ? named.SelectMany(n => Of(n, depth + 1, (isItem || isValues) && n.Tree[n.Node].Kind == NodeKind.Map))
            : [text with { IsAround = true }];
    }

    // the objects that stand elsewhere and are merged into this one; what is not known matters when the object names no image by itself
    private List<ValueText> Merged(Located map, int depth, bool isItem = true)
    {
        List<ValueText> merged = [.. map.Tree.Children(map.Node, HclTrees.Spread).SelectMany(s => Expression(ValueText.Of(map.Tree, s, map.Path), depth, isItem))];
        if (merged.Exists(m => m.IsAround) && (merged.Exists(m => !m.IsAround) || Matches(map.Tree, map.Node, isItem).Any()))
        {
            merged.RemoveAll(m => m.IsAround);
        }

        return merged;
    }

    // items that stand somewhere else: [local.web, local.log]
    private List<ValueText> Items(Located list, int depth)
    {
        List<ValueText> found = [];
        var index = 0;
        foreach (var item in list.Tree.Items(list.Node))
        {
            if (depth > 0 && ++steps >= MostSteps)
            {
                break;
            }

            if (list.Tree[item].Kind == NodeKind.Scalar)
            {
                found.AddRange(Of(list with { Node = item, Path = list.Path.Add(index) }, depth, isItem: true));
            }
            else if (list.Tree[item].Kind == NodeKind.Map)
            {
                found.AddRange(Merged(list with { Node = item, Path = list.Path.Add(index) }, depth));
            }

            index++;
        }

        return found;
    }

    private List<ValueText> Text(ValueText outer, bool isPlain, int depth)
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

        // whole items that are expressions: "[${jsonencode(local.web)}]"
        foreach (var part in mustHold && isJson ? parts.Where(p => IsItem(written, p.Start - start, p.End - start)) : [])
        {
            found.AddRange(Expression(outer with { Span = part, Value = "" }, depth + 1, isItem: true));
        }

        return found.Count > 0 || parts.Count == 0 || !mustHold ? found : [outer with { Span = parts[0], IsAround = true }];
    }

    private static bool IsItem(ReadOnlySpan<byte> text, int start, int end) =>
        text[..start].TrimEnd(" \t\r\n"u8) is [.., (byte)'[' or (byte)','] && text[end..].TrimStart(" \t\r\n"u8) is [(byte)']' or (byte)',', ..];

    private IEnumerable<Match> Matches(Tree from, int root, bool isItem) =>
        paths(from, root)
            .Select(p => isItem ? new PathSet([.. p.Paths.Select(t => t.StartsWith(EachItem, StringComparison.Ordinal) ? t[EachItem.Length..] : t)]) : p)
            .SelectMany(p => TreeWalk.Find(from, p, out _, root));

    private void Problem(ValueText outer, int offset, string message)
    {
        if (outer.Tree.Source == tree.Source)
        {
            problem?.Invoke(offset, message);
        }
    }
}

/// <summary>Where references stand in the value at a node.</summary>
internal delegate IEnumerable<PathSet> NestedPaths(Tree tree, int root);
