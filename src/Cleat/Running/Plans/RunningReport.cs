using Cleat.Configuration;
using Cleat.Findings;
using Cleat.Uses;

namespace Cleat.Running.Plans;

/// <summary>Makes findings of what runs: the rules as the config has them, its exemptions, and what an object says of itself.</summary>
internal static class RunningReport
{
    public static Report Of(IReadOnlyCollection<RunningUse> uses, IReadOnlyList<JobError> errors, CleatConfig config)
    {
        Exemptions exemptions = new(config, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date));
        var exempt = exemptions.OfRunning();
        return new()
        {
            Findings = [.. uses.Select(Judge).OrderBy(f => f.File, StringComparer.Ordinal)],
            Errors = errors,
            Notices = [.. exemptions.Notices().Select(n => config.Apply(n.Rule) is { } rule ? n with { Rule = rule } : null).OfType<Notice>()],
            FilesRead = uses.Select(u => u.Workload with { Container = null }).Distinct().Count(),
            IsRunning = true,
        };

        Finding Judge(RunningUse use)
        {
            var rule = use.Rules.Select(config.Apply).OfType<Rule>().FirstOrDefault();
            return new(use.Workload.FullName, default, "", use.Use, rule, use.Pin, rule is null ? null : use.Ignored ?? exempt(use.Use, rule.Name)) { Running = use };
        }
    }
}
