namespace Cleat.Uses;

/// <summary>That somebody chose to live with a finding.</summary>
/// <param name="Reason">Why, in their words; null when they gave none.</param>
public sealed record Ignored(IgnoredBy By, string? Reason);

/// <summary>What an ignore is written in.</summary>
public enum IgnoredBy
{
    Comment,
    Annotation,
    Config,
    Baseline,
}
