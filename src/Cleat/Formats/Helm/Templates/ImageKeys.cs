using System.Text;
using Cleat.Trees;

namespace Cleat.Formats.Helm.Templates;

/// <summary>The keys in a chart's values below which something is said of images: a template that reads none of them names no image, whatever it does with the others.</summary>
internal sealed class ImageKeys
{
    private readonly HashSet<string> keys = new(StringComparer.Ordinal) { "Values" };
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> bySpan;

    public ImageKeys() => bySpan = keys.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsImage(ReadOnlySpan<byte> text) => text.IndexOf("mage"u8) >= 0 || text.IndexOf("MAGE"u8) >= 0;

    public void Add(Tree tree, int root) => Visit(tree, root);

    public bool Contains(ReadOnlySpan<byte> name)
    {
        if (name.Length > 128)
        {
            return true;
        }

        Span<char> text = stackalloc char[128];
        return bySpan.Contains(text[..Encoding.Latin1.GetChars(name, text)]);
    }

    private bool Visit(Tree tree, int node)
    {
        if (node < 0)
        {
            return false;
        }

        ref readonly var raw = ref tree.Raw(node);
        switch (raw.Kind)
        {
            case NodeKind.Scalar:
                // a text may be a template itself
                var text = tree.Source.Span.Slice(raw.Span.Start, raw.Span.Length);
                return IsImage(text) || text.IndexOf("{{"u8) >= 0;
            case NodeKind.Alias:
                return true;
        }

        var any = false;
        foreach (var (key, value) in tree.Entries(node))
        {
            if (Visit(tree, key) | Visit(tree, value))
            {
                keys.Add(tree[key].Value);
                any = true;
            }
        }

        foreach (var item in tree.Items(node))
        {
            any |= Visit(tree, item);
        }

        return any;
    }
}
