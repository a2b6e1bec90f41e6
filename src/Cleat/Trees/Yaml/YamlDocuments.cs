using Cleat.Text;
using Cleat.Trees.Paths;

namespace Cleat.Trees.Yaml;

/// <summary>Finds documents and likely keys in YAML without parsing it, so that what cannot match is never parsed.</summary>
internal static class YamlDocuments
{
    /// <summary>
    /// The parts of a file between lines that start with <c>---</c>. Such a line always separates documents (YAML 1.2.2, 9.1.2:
    /// not even a block scalar may hold one). A file with directives (<c>%TAG</c>) is one part, since they belong to what follows.
    /// </summary>
    public static List<TextSpan> Split(ReadOnlySpan<byte> text, int start)
    {
        List<TextSpan> parts = [];
        if (HasDirective(text, start))
        {
            return [TextSpan.FromBounds(start, text.Length)];
        }

        for (var from = start; from < text.Length || parts.Count == 0;)
        {
            var end = End(text, from);
            parts.Add(TextSpan.FromBounds(from, end));
            from = end;
        }

        return parts;
    }

    /// <summary>Where the document that starts at an offset ends: at the next line that starts with <c>---</c>, or with the file.</summary>
    public static int End(ReadOnlySpan<byte> text, int start)
    {
        // dashes are rarer than line breaks
        for (var at = start + 1; at < text.Length && text[at..].IndexOf("---"u8) is var found and >= 0;)
        {
            at += found;
            if (text[at - 1] == '\n' && (at + 3 == text.Length || text[at + 3] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r'))
            {
                return at;
            }

            at += text[(at + 3)..].IndexOfAnyExcept((byte)'-') is var more and >= 0 ? 3 + more : text.Length - at;
        }

        return text.Length;
    }

    // a percent sign at a line's start
    private static bool HasDirective(ReadOnlySpan<byte> text, int start)
    {
        for (var at = start; text[at..].IndexOf((byte)'%') is var found and >= 0;)
        {
            at += found;
            if (at == start || text[at - 1] == '\n')
            {
                return true;
            }

            at++;
        }

        return false;
    }

    /// <summary>
    /// True when the text may hold the key with a scalar as its value. It may say true where a parse then finds nothing, never the other way:
    /// quoted keys, explicit keys (<c>? key</c>), anchored keys, values on the next line and escapes in keys are all taken into account.
    /// </summary>
    /// <param name="scalars">The key that a path ends with must have a scalar as its value.</param>
    public static bool MayHold(ref WordSearch words, IReadOnlyList<PathWords> paths, bool scalars)
    {
        for (var p = 0; p < paths.Count; p++)
        {
            var path = paths[p];
            // many paths end with the same key: it is looked for before their words, another one after
            var keyFirst = p == 0 || ReferenceEquals(path.Key, paths[p - 1].Key);
            var all = !keyFirst || HoldsKey(ref words, path, scalars);
            for (var i = 0; all && i < path.All.Count; i++)
            {
                all = words.Holds(path.All[i]);
            }

            if (all && (keyFirst || HoldsKey(ref words, path, scalars)))
            {
                return true;
            }
        }

        return words.HasEscapedKey;
    }

    private static bool HoldsKey(ref WordSearch words, PathWords path, bool scalars) => path.Key.Length == 0 || words.HoldsKey(path.Key, scalars && path.IsScalar);

    /// <summary>True when the text may hold the key.</summary>
    /// <param name="scalar">With a scalar as its value.</param>
    public static bool MayHold(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key, bool scalar)
    {
        for (var at = 0; text[at..].IndexOf(key) is var found and >= 0;)
        {
            var start = at + found;
            at = start + key.Length;
            if ((start == 0 || !IsWord(text[start - 1])) && (at == text.Length || !IsWord(text[at])) && IsKey(text, start, at, scalar))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when keys at the first lines' start say for certain that the document is a Kubernetes object.</summary>
    public static bool IsKubernetes(ReadOnlySpan<byte> text)
    {
        var head = text[..int.Min(text.Length, 4096)];
        return IsAtLineStart(head, "kind:"u8, "\nkind:"u8) && IsAtLineStart(head, "apiVersion:"u8, "\napiVersion:"u8);
    }

    /// <summary>
    /// True when the document defines a kind of object (<c>CustomResourceDefinition</c>): it has the names of fields in it, and no object. Such
    /// documents are long, and there are many.
    /// </summary>
    public static bool IsDefinition(ReadOnlySpan<byte> text)
    {
        var head = text[..int.Min(text.Length, 4096)];
        return IsAtLineStart(head, "kind: CustomResourceDefinition"u8, "\nkind: CustomResourceDefinition"u8);
    }

    private static bool IsAtLineStart(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key, ReadOnlySpan<byte> below) => text.StartsWith(key) || text.IndexOf(below) >= 0;

    /// <summary>
    /// True when the key may stand at the root of the document: in a block map it stands at the indentation of the first line.
    /// JSON, flow maps, merged maps and quoted keys with escapes are not looked into: true where they hold the word or could.
    /// </summary>
    public static bool MayHaveRootKey(ref WordSearch words, byte[] key)
    {
        var text = words.Text;
        var indent = RootIndent(text);
        if (!words.Holds(key))
        {
            return words.HasEscapedKey || (indent < 0 && text.Contains((byte)'\\'));
        }

        if (indent < 0)
        {
            return true;
        }

        for (var at = 0; text[at..].IndexOf(key) is var found and >= 0;)
        {
            var start = at + found;
            at = start + key.Length;
            var line = text[..start].LastIndexOf((byte)'\n') + 1;
            var lead = text[line..start];
            var isFirst = lead.Length == indent || (lead.Length == indent + 1 && lead[^1] is (byte)'"' or (byte)'\'');
            if ((isFirst && IsFollowedByColon(text, at)) || lead.IndexOfAny((byte)'?', (byte)'&', (byte)'!') >= 0)
            {
                return true;
            }
        }

        return text.IndexOf("<<"u8) >= 0 || words.HasEscapedKey;
    }

    /// <summary>False when the first document of a text, YAML or JSON, is for certain no list.</summary>
    public static bool MayBeList(ReadOnlySpan<byte> text)
    {
        for (text = text.StartsWith("\uFEFF"u8) ? text[3..] : text; ;)
        {
            text = text.TrimStart(" \t\r\n"u8);
            if (text is not ([(byte)'#' or (byte)'%', ..] or [(byte)'-', (byte)'-', (byte)'-', ..]))
            {
                return text is [(byte)'-' or (byte)'[' or (byte)'&' or (byte)'!', ..];
            }

            // a comment, a directive, or what starts a document; what stands behind it there is not looked at
            var end = text.IndexOf((byte)'\n');
            if (end < 0)
            {
                return text[0] == '-' || text.Contains((byte)'\r');
            }

            if (text[0] == '-' && text[3..end].IndexOfAny("[&!"u8) >= 0)
            {
                return true;
            }

            text = text[(end + 1)..];
        }
    }

    // the column of the first key, or -1 when the root is no plain block map
    private static int RootIndent(ReadOnlySpan<byte> text)
    {
        for (var at = text.StartsWith("\uFEFF"u8) ? 3 : 0; at < text.Length;)
        {
            var stop = text[at..].IndexOfAny((byte)'\n', (byte)'\r');
            var line = text[at..(stop < 0 ? text.Length : at + stop)];
            var content = line.TrimStart((byte)' ');
            if (content.Length > 0 && content[0] != '#' && content[0] != '\t')
            {
                if (!content.SequenceEqual("---"u8) && !content.StartsWith("--- #"u8))
                {
                    return char.IsAsciiLetterOrDigit((char)content[0]) ? line.Length - content.Length : -1;
                }
            }

            at = stop < 0 ? text.Length : at + stop + 1;
        }

        return -1;
    }

    private static bool IsFollowedByColon(ReadOnlySpan<byte> text, int at)
    {
        at += at < text.Length && text[at] is (byte)'"' or (byte)'\'' ? 1 : 0;
        at = SkipBlanks(text, at);
        return at < text.Length && text[at] == ':';
    }

    private static bool IsKey(ReadOnlySpan<byte> text, int start, int end, bool scalar)
    {
        var at = end;
        var isQuoted = at < text.Length && text[at] is (byte)'"' or (byte)'\'';
        at = SkipBlanks(text, isQuoted ? at + 1 : at);
        if (isQuoted && at < text.Length && text[at] is (byte)'\n' or (byte)'\r')
        {
            // JSON: the colon may stand on the next line
            return true;
        }

        if (at == text.Length || text[at] is (byte)'\n' or (byte)'\r' or (byte)'#')
        {
            // `? key` or `&anchor key`, with its colon somewhere else
            var line = text[(text[..start].LastIndexOf((byte)'\n') + 1)..start];
            return line.IndexOfAny((byte)'?', (byte)'&') >= 0;
        }

        return text[at] == ':' && (!scalar || HasValue(text, at + 1));
    }

    // a map or a list on the lines below is no scalar
    private static bool HasValue(ReadOnlySpan<byte> text, int at)
    {
        at = SkipBlanks(text, at);
        while (at < text.Length && text[at] is (byte)'\n' or (byte)'\r' or (byte)'#')
        {
            var end = text[at..].IndexOf((byte)'\n');
            if (end < 0)
            {
                return false;
            }

            at = SkipBlanks(text, at + end + 1);
            if (at < text.Length && text[at] is not ((byte)'\n' or (byte)'\r' or (byte)'#'))
            {
                var stop = text[at..].IndexOf((byte)'\n');
                var line = text[at..(stop < 0 ? text.Length : at + stop)];
                line = (line.IndexOf(" #"u8) is var comment && comment < 0 ? line : line[..comment]).TrimEnd(" \t\r"u8);
                return !line.StartsWith("- "u8) && (line[0] is (byte)'"' or (byte)'\'' or (byte)'&' or (byte)'!' or (byte)'*'
                    || (!line.EndsWith(":"u8) && line.IndexOf(": "u8) < 0));
            }
        }

        return at < text.Length;
    }

    internal static bool HasEscapedKey(ReadOnlySpan<byte> text)
    {
        for (var at = 0; text[at..].IndexOf((byte)'\\') is var found and >= 0;)
        {
            at += found + 1;
            if (at < text.Length && text[at] is (byte)'x' or (byte)'u' or (byte)'U')
            {
                var stop = text[at..].IndexOf((byte)'\n');
                var line = text[at..(stop < 0 ? text.Length : at + stop)];
                for (var quote = line.IndexOf((byte)'"'); quote >= 0; quote = line[(quote + 1)..].IndexOf((byte)'"') is var more && more < 0 ? -1 : quote + 1 + more)
                {
                    // the end of a key, also of one whose colon stands on the next line
                    if (line[(quote + 1)..].TrimStart(" \t"u8) is [] or [(byte)':', ..] or [(byte)'\r', ..])
                    {
                        return true;
                    }
                }

                at += line.Length;
            }
        }

        return false;
    }

    private static int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    private static bool IsWord(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'_' or (byte)'-' or (byte)'.' or >= 0x80;
}
