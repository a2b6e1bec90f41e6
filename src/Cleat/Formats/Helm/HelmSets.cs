using Cleat.Formats.Hcl;
using Cleat.Text;
using Cleat.Trees.Braces;
using Cleat.Trees;

namespace Cleat.Formats.Helm;

/// <summary>The <c>set</c> of a Helm release as the values that it makes: <c>name = "web.image.tag"</c> is a key <c>tag</c> in <c>image</c> in <c>web</c>.</summary>
internal static class HelmSets
{
    private const char Dot = '.';

    // a dot within a key, and how it is written in a string of HCL
    private const string EscapedDot = @"\.";
    private const string WrittenDot = @"\\.";

    // no chart's values nest so deep
    private const int Deepest = 100;

    /// <summary>The values; the nodes stand where they are written. Names with other escapes than of a dot, names of annotations and labels, names that are no literals and those of very many keys are left out.</summary>
    public static Tree Read(Tree file, int release)
    {
        List<(TextSpan[] Keys, string[] Names, int Value)> entries = [];
        foreach (var (set, _) in ((string[][])[["set"], ["set", Traversal.Any]]).SelectMany(keys => Values.Of(file, release, keys)).Where(s => file[s.Node].Kind == NodeKind.Map))
        {
            var (name, value) = (file.Child(set, "name"), file.Child(set, "value"));
            if (name >= 0 && value >= 0 && file[value] is { Kind: NodeKind.Scalar, IsPlain: false } or { Kind: NodeKind.Scalar, Tag: HclTrees.Expression }
                && file[name] is { Kind: NodeKind.Scalar, IsPlain: false, Tag: null, Value: { Length: > 0 } } && Keys(file.Source.Slice(file[name].Span), file[name].Value) is { Length: <= Deepest } keys
                && !keys[^1].Name.Contains('/', StringComparison.Ordinal))
            {
                entries.Add(([.. keys.Select(k => new TextSpan(file[name].Span.Start + k.Start, k.Length))], [.. keys.Select(k => k.Name)], value));
            }
        }

        TreeBuilder builder = new();
        if (entries.Count > 0)
        {
            Map(file, builder, entries, 0);
        }

        return builder.Build(file.Source, TreeSyntax.Hcl);
    }

    // image.tag, images.example\\.com.tag; null for a name with other escapes
    private static (string Name, int Start, int Length)[]? Keys(string written, string text)
    {
        if (written.Replace(WrittenDot, EscapedDot, StringComparison.Ordinal) != text || text.Replace(EscapedDot, "", StringComparison.Ordinal).Contains('\\', StringComparison.Ordinal))
        {
            return null;
        }

        List<(string, int, int)> keys = [];
        var start = 0;
        for (var i = 0; i <= written.Length; i++)
        {
            if (i == written.Length || (written[i] == Dot && (i == 0 || written[i - 1] != '\\')))
            {
                keys.Add((written[start..i].Replace(WrittenDot, ".", StringComparison.Ordinal), start, i - start));
                start = i + 1;
            }
        }

        return [.. keys];
    }

    private static void Map(Tree file, TreeBuilder builder, List<(TextSpan[] Keys, string[] Names, int Value)> entries, int level)
    {
        builder.Open(NodeKind.Map, entries[0].Keys[level].Start);
        foreach (var group in entries.GroupBy(e => e.Names[level]))
        {
            // of two that set the same the last one counts
            var last = group.Last();
            builder.Scalar(group.Key, last.Keys[level], plain: true);
            if (group.Where(e => e.Names.Length > level + 1).ToList() is { Count: > 0 } below)
            {
                Map(file, builder, below, level + 1);
            }
            else
            {
                var value = file[last.Value];
                builder.Scalar(value.Value, value.Span, value.IsPlain, tag: value.Tag);
            }
        }

        builder.Close(entries[0].Keys[level].End);
    }
}
