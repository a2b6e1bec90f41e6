using System.Text;
using Cleat.Trees;

namespace Cleat.Formats.Helm.Templates;

/// <summary>The keys in a chart's values below which something is said of images: a template that reads none of them names no image, whatever it does with the others.</summary>
internal sealed class ImageKeys
{
    private readonly HashSet<string> keys = new(StringComparer.Ordinal) { "Values" };
    private readonly ImageKeys? below;

    public ImageKeys()
    {
    }

    /// <param name="below">The keys of other values, with which these are looked at.</param>
    public ImageKeys(ImageKeys below, Tree? tree, int root = 0)
    {
        this.below = below;
        Add(tree, root);
    }

    public static bool IsImage(ReadOnlySpan<byte> text) => text.IndexOf("mage"u8) >= 0 || text.IndexOf("MAGE"u8) >= 0;

    public void Add(Tree? tree, int root = 0)
    {
        if (tree is not null)
        {
            Visit(tree, root);
        }
    }

    public bool Contains(ReadOnlySpan<byte> name)
    {
        if (name.Length > 128)
        {
            return true;
        }

        Span<char> text = stackalloc char[128];
        return Contains(text[..Encoding.Latin1.GetChars(name, text)]);
    }

    private bool Contains(ReadOnlySpan<char> name) => keys.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name) || below?.Contains(name) == true;

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
