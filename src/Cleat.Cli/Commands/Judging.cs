using Cleat.Findings;
using Cleat.Formats;
using Cleat.Text;

namespace Cleat.Cli.Commands;

/// <summary>What stands in a file, judged.</summary>
/// <param name="Notices">What there is to know about the ignores in it.</param>
/// <param name="Protects">True for a place that an ignore keeps from being rewritten, whatever its verdict.</param>
internal sealed record JudgedFile(ScannedFile File, IReadOnlyList<Finding> Findings, IReadOnlyList<Notice> Notices, Func<ImageUse, bool> Protects);

/// <summary>Makes findings of uses: rules, and what was chosen to be ignored.</summary>
/// <param name="severities">What the config says of rules: a severity, or null for off.</param>
internal sealed class Judging(IReadOnlyDictionary<string, Severity?> severities)
{
    /// <summary>Judges a file; null when nothing stands in it.</summary>
    public JudgedFile? Judge(ScannedFile file)
    {
        if (file.Found.Uses.Count == 0)
        {
            return null;
        }

        var ignores = Suppressions.Find(file.Source);
        List<Finding> findings = new(file.Found.Uses.Count);
        var (line, text) = (0, "");
        foreach (var use in file.Found.Uses)
        {
            var position = file.Source.Position(use.Span.Start);
            if (position.Line != line)
            {
                (line, text) = (position.Line, file.Source.LineText(position.Line));
            }

            findings.Add(Judge(file.Path, position, text, use, ignores));
        }

        return new(file, findings, [.. Notices(ignores, file.Source)], use => ignores.Protects(use.Span));
    }

    private IEnumerable<Notice> Notices(Suppressions ignores, SourceText source) =>
        ignores.Notices(source, Rule.All).Select(n => Set(n.Rule) is { } rule ? n with { Rule = rule } : null).OfType<Notice>();

    private Rule? Set(Rule? rule) => rule is null || !severities.TryGetValue(rule.Name, out var severity) ? rule
        : severity is { } given ? rule with { Severity = given } : null;

    private Finding Judge(string path, LinePosition position, string line, ImageUse use, Suppressions ignores)
    {
        var rule = Set(Rule.Of(use.Verdict));
        return new(path, position, line, use, rule, Ignored: rule is null ? null : ignores.Of(use.Span, rule.Name));
    }
}
