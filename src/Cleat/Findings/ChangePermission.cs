using Cleat.Rewriting;
using Cleat.Uses;

namespace Cleat.Findings;

/// <summary>
/// May this reference be changed? The one place that answers it, from the verdict, the place, ignores and exemptions, what a kustomization decides,
/// and rules that are off. Null is yes.
/// </summary>
internal static class ChangePermission
{
    private static readonly Rule[] ToldByVerify = [Rule.MovedTag, Rule.MissingDigest, Rule.TagDigestMismatch, Rule.SinglePlatform, Rule.UnsignedImage];

    /// <summary>Why no digest is to be written.</summary>
    public static Obstacle? ToPin(Finding finding) => finding switch
    {
        { Use.Verdict: not (Verdict.Unpinned or Verdict.Malformed) } => OfVerdict(finding),
        { CoveredBy: { } by } => new(ObstacleKind.Covered, $"{by} decides it"),
        { Ignored: { } ignored } => OfIgnored(ignored),
        { Rule: null } => new(ObstacleKind.RuleOff, $"the rule {Rule.Of(finding.Use)?.Name} is off"),
        { Use.Verdict: Verdict.Malformed } => new(ObstacleKind.Malformed, finding.Use.Problem ?? "it is no reference"),
        { Running: null, Use.Site: PinSite.Nowhere nowhere } => new(ObstacleKind.NoPlace, nowhere.Why),
        { Use.Reference: null } => new(ObstacleKind.NoPlace, UnknownName),
        _ => null,
    };

    /// <summary>Why the digest is not to be taken out.</summary>
    public static Obstacle? ToUnpin(Finding finding) => OfPinned(finding)
        ?? (finding.Use.Site is PinSite.Nowhere nowhere ? new(ObstacleKind.NoPlace, nowhere.Why) : null);

    /// <summary>Why the pin is not to follow its tag.</summary>
    public static Obstacle? ToUpdate(Finding finding) => OfPinned(finding) ?? finding switch
    {
        { In.Rules: { } rules } when rules.IsOff(Rule.MovedTag) => new(ObstacleKind.RuleOff, $"the rule {Rule.MovedTag.Name} is off"),
        { Use.Reference: null } => new(ObstacleKind.NoTag, UnknownName),
        { In: { } file } when PinMove.Tagged(file.Source, finding.Use) is null => new(ObstacleKind.NoTag, "no tag says what to move it to"),
        _ => null,
    };

    /// <summary>Why no registry is to be asked about the pin. What is ignored is asked about: an ignore holds for some rules only, and which is broken is known afterwards.</summary>
    public static Obstacle? ToVerify(Finding finding) => finding switch
    {
        not { Use: { Verdict: Verdict.Pinned, Reference.Digest: not null } } => OfVerdict(finding),
        { In: { } file } when Array.TrueForAll(ToldByVerify, file.Rules.IsOff) => new(ObstacleKind.RuleOff, "every rule that a registry can tell is off"),
        _ => null,
    };

    /// <summary>Why the pin is not to be compared with a lock.</summary>
    public static Obstacle? ToCompare(Finding finding) => OfPinned(finding)
        ?? (finding.Use.Reference?.Digest is null ? new(ObstacleKind.NoTag, UnknownName) : null);

    private const string UnknownName = "its name is not known here in full";

    private static Obstacle? OfPinned(Finding finding) => finding switch
    {
        { Use.Verdict: not Verdict.Pinned } => OfVerdict(finding),
        { KeptBy: { } kept } => OfIgnored(kept),
        _ => null,
    };

    private static Obstacle OfIgnored(Ignored ignored) =>
        new(ObstacleKind.Ignored, $"it is ignored by {ignored.By.ToString().ToLowerInvariant()}{(ignored.Reason is { } reason ? $": {reason}" : "")}");

    private static Obstacle OfVerdict(Finding finding) => new(ObstacleKind.Verdict, finding.Use.Verdict switch
    {
        Verdict.Pinned => "it is pinned",
        Verdict.Unpinned => "it is not pinned",
        _ => finding.Use.Problem ?? "it is no whole reference",
    });
}

/// <summary>What stands against a change.</summary>
/// <param name="Why">In words that fit behind a colon.</param>
internal sealed record Obstacle(ObstacleKind Kind, string Why);

internal enum ObstacleKind
{
    /// <summary>The verdict leaves nothing to do.</summary>
    Verdict,

    /// <summary>A kustomization decides it when it is built.</summary>
    Covered,

    /// <summary>Somebody chose to leave it: a comment, an annotation, an exemption, a baseline.</summary>
    Ignored,

    /// <summary>The config turns off the rule that asks for the change.</summary>
    RuleOff,

    /// <summary>It would have to be changed, but it is no reference.</summary>
    Malformed,

    /// <summary>It would have to be changed, but not here.</summary>
    NoPlace,

    /// <summary>It could be moved, but nothing says what to.</summary>
    NoTag,
}
