using Cleat.Text;

namespace Cleat.Trees.Comments;

/// <summary>A comment in a file.</summary>
/// <param name="Span">From its marker to the end of its line, or to its closing mark.</param>
/// <param name="Within">The string that it stands in, when what is written in that string has comments of its own (a Dockerfile in a YAML block); else null.</param>
internal readonly record struct Comment(TextSpan Span, TextSpan? Within = null);
