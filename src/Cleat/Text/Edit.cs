namespace Cleat.Text;

/// <summary>Replaces the bytes of <paramref name="Span"/> with <paramref name="NewText"/> (written as UTF-8).</summary>
/// <param name="Span">What is replaced; a span of length 0 inserts.</param>
/// <param name="NewText">What stands there afterwards; empty deletes.</param>
public readonly record struct Edit(TextSpan Span, string NewText);
