using Cleat.Configuration;
using Cleat.Findings;
using Cleat.Running;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Run;

/// <summary>Makes findings of uses: the rules as the config has them, and what was chosen to be ignored.</summary>
internal sealed class Judging(CleatConfig config)
{

    private readonly Exemptions exemptions = new(config, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date));

    /// <summary>What there is to know about the exemptions in the config.</summary>
    public IEnumerable<Notice> ConfigNotices => exemptions.Notices().Select(n => config.Apply(n.Rule) is { } rule ? n with { Rule = rule } : null).OfType<Notice>();

    /// <summary>Judges what stands in a file.</summary>
    /// <param name="added">The lines that count; null for all.</param>
    public (JudgedFile File, List<Finding> Findings) Judge(FileUses file, IReadOnlyList<(int First, int Last)>? added, CancellationToken cancellation)
    {
        JudgedFile judged = new(file, Suppressions.Find(file.Source, file.Found.Comments), exemptions.Of(file.FullPath, file.Path), config.Apply) { Lines = added };
        List<Finding> findings = new(file.Found.Uses.Count);
        var (line, text) = (0, "");
        LineCursor lines = new(file.Source.Span);
        foreach (var use in file.Found.Uses)
        {
            cancellation.ThrowIfCancellationRequested();
            var position = lines.Position(use.Span.Start, out var start);
            if (position.Line != line)
            {
                (line, text) = (position.Line, file.Source.LineFrom(start));
            }

            findings.Add(judged.Under(new(file.Path, position, text, use, null) { KeptBy = judged.Kept(use) }, Rule.Of(use)));
        }

        return (judged, findings);
    }

    /// <summary>Judges what runs.</summary>
    public IReadOnlyList<Finding> Judge(IEnumerable<RunningUse> running)
    {
        var exempt = exemptions.OfRunning();
        return [.. running.Select(use =>
        {
            var rule = use.Rules.Select(config.Apply).OfType<Rule>().FirstOrDefault();
            return new Finding(use.Workload.FullName, default, "", use.Use, rule, use.Pin, rule is null ? null : use.Ignored ?? exempt(use.Use, rule.Name)) { Running = use };
        })];
    }
}
