using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Findings;

/// <summary>Makes notices about places in one file, which best come in their order there.</summary>
internal sealed class NoticePlaces(SourceText source)
{
    private readonly LineCursor lines = new(source.Bytes);

    /// <param name="message">What is so, and what to do next.</param>
    public Notice At(TextSpan span, Rule rule, string message)
    {
        var place = lines.Place(span);
        return new(source.Path, place.Position, place.Text, span.Length, rule, message) { Range = place.Range };
    }
}
