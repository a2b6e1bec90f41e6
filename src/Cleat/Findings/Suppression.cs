using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Findings;

/// <summary>One ignore that stands in a file.</summary>
/// <param name="Scope">The bytes that it holds for.</param>
/// <param name="Rules">The rules that it silences; empty means all.</param>
internal sealed record Suppression(TextSpan Scope, IReadOnlyList<string> Rules, Ignored Ignored)
{
    /// <summary>Where it stands, for a notice about it; null for the words of other tools: they serve the other tool too, so nothing is said about them.</summary>
    public Notice? Place { get; init; }

    /// <summary>What is wrong with its words, so that it silences nothing; null when they are right.</summary>
    public string? Wrong { get; init; }

    /// <summary>True where a comment has its line for itself.</summary>
    public bool OwnLine { get; init; }

    public bool Silences(string rule) => Wrong is null && (Rules.Count == 0 || Rules.Contains(rule));

    public Notice Told(Rule rule, string message) => Place! with { Rule = rule, Message = message };
}
