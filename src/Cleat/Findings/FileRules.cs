using Cleat.Uses;

namespace Cleat.Findings;

/// <summary>What the ignores in a file and the config say of the rules there. It keeps none of the file's bytes.</summary>
/// <param name="exempt">Whether the config exempts a use from a rule.</param>
/// <param name="asSet">A rule with the severity that the config gives it; null when it is off.</param>
internal sealed class FileRules(Suppressions ignores, Func<ImageUse, string, Ignored?> exempt, Func<Rule?, Rule?> asSet)
{
    /// <summary>The lines that a run looks at; null for all.</summary>
    public IReadOnlyList<(int First, int Last)>? Lines { get; init; }

    public bool IsOff(Rule rule) => asSet(rule) is null;

    /// <summary>A finding under a rule, as the config has it and the ignores in the file. An ignore that silences it counts as used.</summary>
    /// <param name="broken">Null when no rule is broken.</param>
    public Finding Under(Finding finding, Rule? broken) => asSet(broken) is { } rule
        ? finding with { Rule = rule, Ignored = ignores.Of(finding.Use.Span, rule.Name) ?? exempt(finding.Use, rule.Name) }
        : finding with { Rule = null, Ignored = null };

    /// <summary>Who chose that a pinned reference stays as it is: an ignore or an exemption that holds for pinning, or for moved tags.</summary>
    public Ignored? Kept(ImageUse use) => use.Verdict != Verdict.Pinned ? null
        : ignores.Keeping(use.Span) ?? exempt(use, Rule.UnpinnedImage.Name) ?? exempt(use, Rule.MovedTag.Name);

    /// <summary>What there is to know about the ignores in the file, after all that was asked of them.</summary>
    public IReadOnlyList<Notice> Notices() =>
        [
            .. ignores.Notices(Rule.All)
                .Where(n => Lines?.Any(l => l.First <= n.Position.Line && n.Position.Line <= l.Last) != false)
                .Select(n => asSet(n.Rule) is { } rule ? n with { Rule = rule } : null).OfType<Notice>(),
        ];
}
