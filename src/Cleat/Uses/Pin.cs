using Cleat.References;

namespace Cleat.Uses;

/// <summary>The digest a reference means now.</summary>
/// <param name="Text">The reference as it is, or would be, written with the digest.</param>
public sealed record Pin(Digest Digest, string Text);
