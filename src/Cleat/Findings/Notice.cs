using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Findings;

/// <summary>Something to know about a file that is no reference: an ignore that silences nothing, or one without a reason.</summary>
/// <param name="Position">Line and column of the first byte of what is meant.</param>
/// <param name="LineText">The line it stands on, without its line break.</param>
/// <param name="Length">How many bytes of that line are meant.</param>
/// <param name="Message">What is so, and what to do next.</param>
public sealed record Notice(string File, LinePosition Position, string LineText, int Length, Rule Rule, string Message)
{
    /// <summary>Where in the line's text it stands.</summary>
    public LineRange Range { get; init; }
}
