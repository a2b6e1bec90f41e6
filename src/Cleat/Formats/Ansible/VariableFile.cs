using Cleat.Formats.Variables;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Ansible;

/// <summary>A file of variables: a map of names to values, which may be made of other variables.</summary>
internal sealed class VariableFile
{
    private const int Deepest = 8;

    private readonly List<Tree> trees = [];

    public VariableFile(SourceText source)
    {
        foreach (var part in TreeReading.Parts(source, TreeSyntax.Yaml))
        {
            trees.AddRange(TreeReading.Read(source, part, TreeSyntax.Yaml, out _).Where(t => t.Count > 0 && t[0].Kind == NodeKind.Map));
        }
    }

    public bool Has(string name) => Find(name) is not null;

    /// <summary>The value of a variable with what this file says put in.</summary>
    public string Text(string name) => Find(name) is { } value ? value.Value.Contains("{{", StringComparison.Ordinal) ? Pieces(value.Value, 0, static _ => null, static _ => 0).Text : value.Value : "";

    /// <summary>A text with this file's values put in.</summary>
    /// <param name="start">Where the text stands in this file.</param>
    /// <param name="elsewhere">Values of other files.</param>
    /// <param name="mentions">How often a variable is named at all: at its value, and where it is used.</param>
    public Assembled Pieces(string text, int start, Func<string, KnownValue?> elsewhere, Func<string, int> mentions, int depth = 0) =>
        new ExpressionText(start, expression => Value(expression, elsewhere, mentions, depth), static _ => "another file gives the variable: pin its value there").Read(text);

    private KnownValue? Value(string expression, Func<string, KnownValue?> elsewhere, Func<string, int> mentions, int depth)
    {
        if (depth > Deepest || JinjaDefault.Read(expression) is not { } read)
        {
            return null;
        }

        if (Find(read.Name) is not { } own)
        {
            return elsewhere(read.Name);
        }

        own = own with { IsShared = mentions(read.Name) > 2 };
        return own.Value.Contains("{{", StringComparison.Ordinal) ? own with { Pieces = Pieces(own.Value, own.Span!.Value.Start, elsewhere, mentions, depth + 1) } : own;
    }

    private KnownValue? Find(string name)
    {
        foreach (var tree in trees)
        {
            if (KnownValue.At(tree, tree.Child(0, name), Steps.Of(name), name) is { Value.Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }
}
