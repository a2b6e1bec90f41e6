using Cleat.Text;

namespace Cleat.Configuration;

/// <summary>References that the config takes out of the rules. What is left out of it holds for all.</summary>
/// <param name="Image">Registry and repository, or the first parts of their path; perhaps a tag.</param>
/// <param name="File">A glob in the syntax of <c>.gitignore</c>.</param>
/// <param name="Until">The last day it holds.</param>
/// <param name="Place">Where it stands in the config.</param>
internal sealed record Exemption(string? Image, string? File, string? Rule, string? Reason, DateOnly? Until, TextSpan Place)
{
    public bool IsOver(DateOnly today) => Until < today;
}
