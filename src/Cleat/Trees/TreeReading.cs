using Cleat.Text;
using Cleat.Trees.Json;
using Cleat.Trees.Toml;
using Cleat.Trees.Yaml;

namespace Cleat.Trees;

/// <summary>Which syntax a file has, and its documents.</summary>
internal static class TreeReading
{
    /// <summary>By the name; a name that says nothing is YAML unless it starts as JSON does.</summary>
    public static TreeSyntax Syntax(SourceText source)
    {
        var path = TemplateName.OfResult(source.Path);
        if (path.EndsWith(".json", StringComparison.Ordinal) || path.EndsWith(".jsonc", StringComparison.Ordinal))
        {
            return TreeSyntax.Json;
        }

        if (path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal))
        {
            return TreeSyntax.Yaml;
        }

        if (path.EndsWith(".toml", StringComparison.Ordinal))
        {
            return TreeSyntax.Toml;
        }

        return source.Span[source.BomLength..].TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..] ? TreeSyntax.Json : TreeSyntax.Yaml;
    }

    /// <summary>The parts that can be read by themselves: a YAML file's documents, else the whole.</summary>
    public static List<TextSpan> Parts(SourceText source, TreeSyntax syntax) =>
        syntax == TreeSyntax.Yaml ? YamlDocuments.Split(source.Span, source.BomLength) : [new(0, source.Bytes.Length)];

    /// <param name="problem">Why the rest of the part was not read, or null.</param>
    public static List<Tree> Read(SourceText source, TextSpan part, TreeSyntax syntax, out ReadProblem? problem) =>
        syntax == TreeSyntax.Json ? JsonTrees.Read(source, out problem)
        : syntax == TreeSyntax.Toml ? TomlTrees.Read(source, out problem)
        : YamlTrees.Read(source, part, out problem);
}
