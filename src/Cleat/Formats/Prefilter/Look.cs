using System.Text;
using Cleat.Trees.Paths;
using Cleat.Trees.Yaml;

namespace Cleat.Formats.Prefilter;

/// <summary>Tells from bytes, without reading them, that nothing of one format is in them: from its <see cref="Signs"/>, its paths, and the keys it requires.</summary>
internal sealed class Look
{
    private readonly Format format;
    private readonly byte[][] required;

    // what it requires is what makes a Kubernetes object
    private readonly bool requiresKubernetes;

    public Look(Format format)
    {
        this.format = format;
        required = [.. format.Requires.Select(PathWords.Word)];
        requiresKubernetes = format.Requires is ["apiVersion", "kind"];
        var (signs, paths) = (format.Signs, format.Paths);
        Gates = signs.Words.Count > 0 ? [.. signs.Words.Select(PathWords.Word)]
            : paths is null || paths.Words.Any(w => w.Gate is null) ? []
            : [.. paths.Words.Select(w => w.Gate!).Concat(signs.MoreWords.Select(PathWords.Word)).Distinct()];
    }

    /// <summary>Words one of which a file of this format with a reference in it holds. Empty: every file may matter.</summary>
    public byte[][] Gates { get; }

    /// <summary>False when the start of a file shows that it is not of this format.</summary>
    /// <param name="isKubernetes">What <see cref="YamlDocuments.IsKubernetes"/> says of it, where that was asked already.</param>
    public bool MayStart(ReadOnlySpan<byte> text, ref bool? isKubernetes) =>
        (!format.Signs.IsList || YamlDocuments.MayBeList(text)) && !(format.Signs.NeverKubernetes && (isKubernetes ??= YamlDocuments.IsKubernetes(text)));

    /// <summary>False when a document holds nothing of this format.</summary>
    /// <param name="looksAtKeys">True for YAML and JSON, in which keys can be told from other words.</param>
    public bool MayBeIn(ref WordSearch document, bool looksAtKeys) => looksAtKeys ? MayHold(ref document) : HoldsGate(ref document);

    /// <summary>True when a text that cannot be read holds a word of the format, in the encoding it is in.</summary>
    public bool MayMatter(ReadOnlySpan<byte> text, Encoding encoding)
    {
        foreach (var word in Words())
        {
            if (text.IndexOf(encoding.GetBytes(word)) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private IEnumerable<string> Words() =>
        format.Signs.WordsOfAny.Count > 0 ? format.Signs.WordsOfAny
        : format.Signs.Words.Count > 0 ? format.Signs.Words
        : (format.Paths?.Words ?? []).Select(w => w.Key.Length > 0 ? w.Key : w.All.Count > 0 ? w.All[0] : []).Where(w => w.Length > 0).Select(Encoding.UTF8.GetString);

    private bool MayHold(ref WordSearch words)
    {
        if ((requiresKubernetes && words.AreDefinition) || !HoldsGate(ref words) || (format.Signs.NeverKubernetes && words.AreKubernetes))
        {
            return false;
        }

        foreach (var key in words.AreKubernetes && requiresKubernetes ? [] : required)
        {
            if (!YamlDocuments.MayHaveRootKey(ref words, key))
            {
                return false;
            }
        }

        return format.Signs.Words.Count > 0
            || YamlDocuments.MayHold(ref words, format.Paths!.Words, scalars: !format.TakesMaps)
            || (format.Signs.MayHold is { } may && may(words.Text));
    }

    private bool HoldsGate(ref WordSearch words)
    {
        foreach (var gate in Gates)
        {
            if (words.Holds(gate))
            {
                return true;
            }
        }

        return Gates.Length == 0 || words.HasEscapedKey;
    }
}
