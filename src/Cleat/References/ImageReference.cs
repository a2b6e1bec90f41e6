using System.Diagnostics.CodeAnalysis;

namespace Cleat.References;

/// <summary>
/// An image reference, read by the grammar of the distribution project (github.com/distribution/reference) and normalised
/// the way the Docker client does: <c>nginx</c> is <c>docker.io/library/nginx</c>. The text as written is kept.
/// </summary>
public sealed record ImageReference
{
    internal ImageReference()
    {
    }

    /// <summary>The text that was parsed, unchanged.</summary>
    public required string Original { get; init; }

    /// <summary>Host and port, normalised: <c>docker.io</c> when the text names none.</summary>
    public required string Registry { get; init; }

    /// <summary>Path inside the registry, normalised: <c>library/nginx</c> for <c>nginx</c>.</summary>
    public required string Repository { get; init; }

    /// <summary>The tag as written, or null.</summary>
    public string? Tag { get; init; }

    /// <summary>The digest as written, or null.</summary>
    public Digest? Digest { get; init; }

    /// <summary>Where registry and repository stand in <see cref="Original"/> (UTF-16 units, which are bytes here: the grammar is ASCII).</summary>
    public required Range NameRange { get; init; }

    /// <summary>Where the tag stands, without its colon; empty at the end of the name when there is none.</summary>
    public required Range TagRange { get; init; }

    /// <summary>Where the digest stands, without its <c>@</c>; empty at the end when there is none.</summary>
    public required Range DigestRange { get; init; }

    /// <summary>Registry and repository as written: <c>nginx</c>, not <c>docker.io/library/nginx</c>.</summary>
    public string Name => Original[NameRange];

    /// <summary>The tag that selects the image when no digest does: <c>latest</c> when none is written.</summary>
    public string EffectiveTag => Tag ?? "latest";

    /// <summary>Registry, repository, tag and digest in full: one spelling for everything that means the same.</summary>
    public string Canonical => $"{Registry}/{Repository}{(Tag is null && Digest is null ? ":latest" : Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    /// <summary>Name and tag as written, without the digest.</summary>
    public string WithoutDigest => Tag is null ? Name : $"{Name}:{Tag}";

    /// <summary>Reads a reference.</summary>
    /// <param name="error">What is wrong and where, when the answer is false.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ImageReference? reference, [NotNullWhen(false)] out ReferenceError? error)
    {
        reference = null;
        error = ReferenceGrammar.Read(text, out var parts);
        if (error is not null)
        {
            return false;
        }

        reference = new ImageReference
        {
            Original = text,
            Registry = parts.Registry,
            Repository = parts.Repository,
            Tag = parts.TagStart < 0 ? null : text[parts.TagStart..parts.TagEnd],
            Digest = parts.Digest.IsValid ? parts.Digest : null,
            NameRange = ..parts.NameEnd,
            TagRange = parts.TagStart < 0 ? parts.NameEnd..parts.NameEnd : parts.TagStart..parts.TagEnd,
            DigestRange = parts.Digest.IsValid ? (parts.TagEnd + 1)..text.Length : text.Length..text.Length,
        };
        return true;
    }

    public override string ToString() => Original;
}

/// <summary>Why a text is no reference.</summary>
/// <param name="Message">What is wrong, one sentence without a full stop.</param>
/// <param name="Position">The first character that is wrong, 0-based.</param>
public sealed record ReferenceError(string Message, int Position);
