using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Json;
using Cleat.Trees.Paths;
using Cleat.Trees.Yaml;

namespace Cleat.Formats.Hcl;

/// <summary>A file that an expression reads for what stands in it: JSON, YAML, or one text. What a format finds in it by itself is judged there.</summary>
internal sealed class DataFile
{
    private readonly HashSet<TextSpan> judged;

    private DataFile(Tree? tree, IEnumerable<TextSpan> judged)
    {
        Tree = tree;
        this.judged = [.. judged];
    }

    /// <summary>Its first document; null when it cannot be read.</summary>
    public Tree? Tree { get; }

    /// <summary>What an expression gets that reads it.</summary>
    public Located? ReadAt(ValueText place) => Tree is { Count: > 0 } ? new(Tree, 0, Steps.Root, new FileRead(this, place)) : null;

    /// <summary>True for a text that is judged where it stands.</summary>
    public bool IsJudged(TextSpan text) => judged.Contains(text);

    public static DataFile Read(SourceText source)
    {
        var isJson = source.Span.TrimStart("\uFEFF \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];
        var trees = isJson ? JsonTrees.Read(source, out var problem) : YamlTrees.Read(source, new(source.BomLength, source.Bytes.Length - source.BomLength), out problem);
        return trees is [var tree, ..] && problem is null ? new(tree, FileReading.Read(source, sites: false).Uses.Select(u => u.Span)) : new(null, []);
    }
}

/// <summary>That something was read from another file, which does not judge all that stands in it.</summary>
/// <param name="File">The file of data; null for one of the language itself.</param>
/// <param name="Place">The expression that reads it.</param>
internal sealed record FileRead(DataFile? File, ValueText Place);
