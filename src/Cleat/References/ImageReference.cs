using System.Diagnostics.CodeAnalysis;

namespace Cleat.References;

/// <summary>
/// An image reference, read by the grammar of the distribution project (github.com/distribution/reference) and normalised
/// the way the Docker client does: <c>nginx</c> is <c>docker.io/library/nginx</c>. The text as written is kept, and two
/// references are equal when they are written the same; <see cref="Canonical"/> is the same for all that mean the same.
/// </summary>
/// <remarks>It keeps its text and where the parts stand in it; the parts are made when they are asked for, since a file may have millions of references.</remarks>
public sealed record ImageReference
{
    private readonly int nameEnd;

    // -1 for none
    private readonly int tagStart;

    // of the name where there is no tag
    private readonly int tagEnd;

    private ImageReference(string original, in ReferenceGrammar.Parts parts)
    {
        Original = original;
        (nameEnd, tagStart, tagEnd) = (parts.NameEnd, parts.TagStart, parts.TagEnd);
    }

    /// <summary>The text that was parsed, unchanged.</summary>
    public string Original { get; }

    /// <summary>Host and port, normalised: <c>docker.io</c> when the text names none.</summary>
    public string Registry => Parts.Registry;

    /// <summary>Path inside the registry, normalised: <c>library/nginx</c> for <c>nginx</c>.</summary>
    public string Repository => Parts.Repository;

    /// <summary>The tag as written, or null.</summary>
    public string? Tag => HasTag ? Original[TagRange] : null;

    /// <summary>The digest as written, or null.</summary>
    public Digest? Digest => HasDigest ? Parts.Digest : null;

    /// <summary>Where registry and repository stand in <see cref="Original"/> (UTF-16 units, which are bytes here: the grammar is ASCII).</summary>
    public Range NameRange => ..nameEnd;

    /// <summary>Where the tag stands, without its colon; empty at the end of the name when there is none.</summary>
    public Range TagRange => HasTag ? tagStart..tagEnd : nameEnd..nameEnd;

    /// <summary>Where the digest stands, without its <c>@</c>; empty at the end when there is none.</summary>
    public Range DigestRange => (HasDigest ? tagEnd + 1 : Original.Length)..;

    /// <summary>Registry and repository as written: <c>nginx</c>, not <c>docker.io/library/nginx</c>.</summary>
    public string Name => Original[NameRange];

    internal bool HasTag => tagStart >= 0;

    internal bool HasDigest => tagEnd < Original.Length;

    /// <summary>The tag that selects the image when no digest does: <c>latest</c> when none is written.</summary>
    public string EffectiveTag => Tag ?? "latest";

    /// <summary>Registry, repository, tag and digest in full: one spelling for everything that means the same.</summary>
    public string Canonical => (Tag, Digest) switch
    {
        (var tag, null) => $"{Registry}/{Repository}:{tag ?? "latest"}",
        (null, { } digest) => $"{Registry}/{Repository}@{digest}",
        ({ } tag, { } digest) => $"{Registry}/{Repository}:{tag}@{digest}",
    };

    /// <summary>Name and tag as written, without the digest.</summary>
    public string WithoutDigest => Tag is null ? Name : $"{Name}:{Tag}";

    /// <summary>Name as written, and the tag that selects the image: <c>nginx:latest</c> for <c>nginx</c>.</summary>
    internal string Tagged => $"{Name}:{EffectiveTag}";

    /// <summary>As it is written with a digest. The tag is always there: what shows no tag is moved by nobody.</summary>
    internal string At(Digest digest) => $"{Tagged}@{digest}";

    /// <summary>Reads a reference.</summary>
    /// <param name="error">What is wrong and where, when the answer is false.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ImageReference? reference, [NotNullWhen(false)] out ReferenceError? error)
    {
        error = ReferenceGrammar.Read(text, out var parts);
        reference = error is null ? new ImageReference(text, parts) : null;
        return error is null;
    }

    public override string ToString() => Original;

    private ReferenceGrammar.Parts Parts
    {
        get
        {
            ReferenceGrammar.Read(Original, out var parts);
            return parts;
        }
    }
}

/// <summary>Why a text is no reference.</summary>
/// <param name="Message">What is wrong, one sentence without a full stop.</param>
/// <param name="Position">The first character that is wrong, 0-based; the length of the text when something is missing at its end.</param>
public sealed record ReferenceError(string Message, int Position);
