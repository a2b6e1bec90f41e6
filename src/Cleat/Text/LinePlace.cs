namespace Cleat.Text;

/// <summary>A place in a file and the line that it stands on.</summary>
/// <param name="Position">Line and column of its first byte.</param>
/// <param name="Text">The line without its line break; bytes that are not UTF-8 are U+FFFD.</param>
/// <param name="Range">Where in the line's text it stands.</param>
internal readonly record struct LinePlace(LinePosition Position, string Text, LineRange Range);

/// <summary>Where something stands in the text of its line, in UTF-16 units.</summary>
/// <param name="Start">Index of the first character.</param>
/// <param name="End">Index behind the last one that is on this line.</param>
/// <param name="RunsOn">True when it goes on in the next line.</param>
public readonly record struct LineRange(int Start, int End, bool RunsOn);
