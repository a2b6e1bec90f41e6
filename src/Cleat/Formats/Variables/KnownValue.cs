using System.Text;
using Cleat.Text;
using Cleat.Trees;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Variables;

/// <summary>The value of a variable, a parameter or an input, and where it is written.</summary>
/// <param name="Value">The text as it is written there; with variables of its own in it when <see cref="Pieces"/> is not null.</param>
/// <param name="Span">Where the value stands in the file that is read; null when it stands in another one.</param>
/// <param name="Path">Where that is in its document.</param>
/// <param name="IsShared">It is used in other places of the file too: it may take a digest only when it is the whole reference.</param>
internal readonly record struct KnownValue(string Value, TextSpan? Span, Steps Path, bool IsShared)
{
    /// <summary>Stands for nothing: what an expression gives that names no image.</summary>
    public static KnownValue Nothing { get; } = new("", null, Steps.Root, false);

    /// <summary>The other file that it stands in, for people; null when it is the file that is read.</summary>
    public string? OtherFile { get; init; }

    /// <summary>The value with its own variables put in; null when it is a plain literal.</summary>
    public Assembled? Pieces { get; init; }

    /// <summary>What the value comes to.</summary>
    public string Text => Pieces?.Text ?? Value;

    /// <summary>A value that stands in another file, where it is judged.</summary>
    public static KnownValue In(string file, string value) => new(value, null, Steps.Root, false) { OtherFile = file };

    /// <summary>The literal at a node of a document; null when there is none, or when it is written with escapes, so that its bytes are not its text.</summary>
    /// <param name="path">Where the node is in the document.</param>
    /// <param name="words">How the file refers to the value: when they stand there more than once it is shared.</param>
    public static KnownValue? At(Tree tree, int node, Steps path, params ReadOnlySpan<string> words)
    {
        if (node < 0 || tree[node].Kind != NodeKind.Scalar || tree.IsNull(node) || tree[node].Tag is not null
            || tree.Source.Slice(tree[node].Span) is var raw && (raw != tree[node].Value || !Ascii.IsValid(raw)))
        {
            return null;
        }

        var uses = 0;
        foreach (var word in words)
        {
            uses += tree.Source.WordCounts.Of(word);
        }

        return new KnownValue(raw, tree[node].Span, path, uses > 1);
    }

    /// <summary>The same value for the reader of another file.</summary>
    public KnownValue Elsewhere(string file) => this with { Span = null, OtherFile = file };
}
