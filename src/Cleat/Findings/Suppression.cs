using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Findings;

/// <summary>One ignore that stands in a file.</summary>
/// <param name="At">The words themselves, for a notice about them.</param>
/// <param name="Scope">The bytes that it holds for.</param>
/// <param name="Rules">The rules that it silences; empty means all.</param>
/// <param name="Own">True for Cleat's own words; those of other tools serve the other tool too, so nothing is said about them.</param>
internal sealed record Suppression(TextSpan At, TextSpan Scope, IReadOnlyList<string> Rules, Ignored Ignored, bool Own)
{
    public bool Silences(string rule) => Rules.Count == 0 || Rules.Contains(rule);
}
