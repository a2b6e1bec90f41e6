using Cleat.Trees;

namespace Cleat.Formats.Variables;

/// <summary>A literal in a document that something else in it refers to.</summary>
internal static class Leaf
{
    /// <summary>The literal as a variable's value; null when the node is none, or is written with escapes.</summary>
    /// <param name="path">Where it stands, in the path language.</param>
    /// <param name="word">How the file refers to it: more than one such word make it shared.</param>
    public static KnownValue? Of(Tree tree, int node, string path, params ReadOnlySpan<string> word)
    {
        if (node < 0 || tree[node].Kind != NodeKind.Scalar || tree.IsNull(node) || tree[node].Tag is not null
            || tree.Source.Slice(tree[node].Span) is var raw && (raw != tree[node].Value || !System.Text.Ascii.IsValid(raw)))
        {
            return null;
        }

        var uses = 0;
        foreach (var w in word)
        {
            uses += Count(tree.Source.Span, System.Text.Encoding.UTF8.GetBytes(w));
        }

        return new KnownValue(raw, tree[node].Span, path, uses > 1);
    }

    /// <summary>How often a text holds a word that does not go on behind it.</summary>
    public static int Count(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        var count = 0;
        for (var at = 0; text[at..].IndexOf(word) is var found and >= 0;)
        {
            at += found + word.Length;
            count += at < text.Length && (char.IsAsciiLetterOrDigit((char)text[at]) || text[at] is (byte)'_' or (byte)'-') ? 0 : 1;
        }

        return count;
    }
}
