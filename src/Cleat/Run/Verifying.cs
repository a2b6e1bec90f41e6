using Cleat.Findings;

namespace Cleat.Run;

/// <summary>Adds to a report what only registries know of the pins.</summary>
internal sealed class Verifying(Report report, RegistryClient registry, VerifyOptions options, CancellationToken cancellation)
{
    public async Task<Report> RunAsync()
    {
        _ = report.PlannableTree;
        var locked = ChosenLock.Read(options.Lock);
        PinFacts facts = new(new(registry, null, options.Signature, options.Progress, tolerant: false), locked, options.ReadAll);
        List<Finding> asked = [.. report.Findings.Where(f => f.In is not null && ChangePermission.ToVerify(f) is null)];
        await facts.GatherAsync([.. asked.Select(f => AskedPin.Of(f.In!, f))], cancellation);

        List<JobError> errors = [.. report.Errors];
        var verified = 0;
        Dictionary<Finding, Finding> told = new(ReferenceEqualityComparer.Instance as IEqualityComparer<Finding>);
        foreach (var finding in asked)
        {
            var fact = facts.Of(AskedPin.Of(finding.In!, finding));
            if (fact.Error is { } error)
            {
                errors.Add(new(finding.File, finding.Position, "verify", $"{finding.Use.Image}: {error}") { Image = finding.Use.Image, Cause = error });
            }

            verified += fact is { Error: null, Rule: null } ? 1 : 0;
            if (fact.Rule is { } rule)
            {
                told[finding] = finding.In!.Rules.Under(finding with { Says = fact.Says }, rule);
            }
        }

        return report with
        {
            Findings = [.. report.Findings.Select(f => told.GetValueOrDefault(f, f))],
            Notices = NoticesNow(),
            Verified = verified,
            Errors = JobErrors.Sorted(errors),
        };
    }

    // an ignore may have silenced something that was not known before
    private List<Notice> NoticesNow()
    {
        HashSet<string> files = [.. report.Findings.Where(f => f.In is not null).Select(f => f.File)];
        return [.. report.Notices.Where(n => !files.Contains(n.File)), .. report.Findings.Select(f => f.In).OfType<JudgedFile>().Distinct().SelectMany(f => f.Rules.Notices())];
    }
}
