using Cleat.References;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Rewriting;

/// <summary>What is to happen to one use.</summary>
/// <param name="Digest">The digest it must have afterwards; null when it must have none.</param>
/// <param name="NewText">The reference as it will read.</param>
internal sealed record PlannedChange(ImageUse Use, Digest? Digest, string NewText, IReadOnlyList<Edit> Edits)
{
    /// <summary>The tag that it must have afterwards; null when it keeps its own, or loses it.</summary>
    public string? NewTag { get; init; }
}
