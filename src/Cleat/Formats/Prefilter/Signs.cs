namespace Cleat.Formats.Prefilter;

/// <summary>
/// What a row says so that files and documents with nothing of its format are told from a glance at their bytes. Most of what people have is such, and to read it
/// would cost the most. Beside these signs count the words of the row's paths and the keys that it requires.
/// </summary>
internal sealed record Signs
{
    public static Signs None { get; } = new();

    /// <summary>Words one of which a file must hold before it is read at all, in place of those of the paths.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Words beside those of the paths, for places that <see cref="Format.MorePaths"/> adds.</summary>
    public IReadOnlyList<string> MoreWords { get; init; } = [];

    /// <summary>Words one of which every file with a reference holds, where <see cref="Words"/> and the paths do not say: for telling what cannot be read from what does not matter.</summary>
    public IReadOnlyList<string> WordsOfAny { get; init; } = [];

    /// <summary>A document with <c>apiVersion</c> and <c>kind</c> at its root is never of this format, which saves a look at most of what people have.</summary>
    public bool NeverKubernetes { get; init; }

    /// <summary>The file's document is a list: one that starts otherwise is never of this format, whatever else it holds.</summary>
    public bool IsList { get; init; }

    /// <summary>Knows the syntax better than words do; asked with one document of the file.</summary>
    public GlanceAtDocument? MayHold { get; init; }
}

/// <summary>False when a document's bytes show that nothing is to be found in it.</summary>
internal delegate bool GlanceAtDocument(ReadOnlySpan<byte> text);
