using Cleat.References;

namespace Cleat.Uses;

/// <summary>The digest a reference means now.</summary>
/// <param name="Text">The reference as it is, or would be, written with the digest.</param>
public sealed record Pin(Digest Digest, string Text)
{
    /// <summary>True when <see cref="Text"/> in place of the bytes of <see cref="ImageUse.Span"/> is all that it takes.</summary>
    public bool IsInPlace { get; init; }

    /// <summary>The field that is to be added for the digest, <c>digest: sha256:…</c>; null where the reference itself is rewritten.</summary>
    public string? Field { get; init; }
}
