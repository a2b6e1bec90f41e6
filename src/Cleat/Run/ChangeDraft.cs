using Cleat.Findings;
using Cleat.Formats;
using Cleat.Locking;
using Cleat.Rewriting;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Run;

/// <summary>A plan in the making: file by file the changes are applied to a copy, which is read again and confirmed.</summary>
internal sealed class ChangeDraft
{
    private readonly Report report;
    private readonly List<JobError> errors;
    private readonly Dictionary<Finding, Finding> left = new(ReferenceEqualityComparer.Instance as IEqualityComparer<Finding>);
    private readonly List<(JudgedFile File, Dictionary<Finding, PlannedChange> Planned)> refused = [];
    private readonly CancellationToken cancellation;

    /// <exception cref="InvalidOperationException">Nothing can be planned from the report.</exception>
    public ChangeDraft(Report report, CancellationToken cancellation)
    {
        this.report = report;
        this.cancellation = cancellation;
        Tree = report.PlannableTree;
        errors = [.. report.Errors];
    }

    public ImageTree Tree { get; }

    public CleatConfig Config => Tree.Options.Config;

    /// <summary>What is worth saying although nothing went wrong.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The lock with what was learnt; null without one.</summary>
    public LockFile? LockFile { get; set; }

    /// <summary>Of an update: what becomes of each image. A place that comes to nothing is taken out when the plan is made.</summary>
    public IReadOnlyList<ImageUpdate> Updates { get; set; } = [];

    public void Add(JobError error) => errors.Add(error);

    public void Fail(Finding finding, string code, string message) => Add(new(finding.File, finding.Position, code, message));

    /// <param name="cause">What went wrong, which may be the same for many images.</param>
    public void Fail(Finding finding, string code, string image, string cause) => Add(new(finding.File, finding.Position, code, $"{image}: {cause}") { Cause = cause, Image = image });

    /// <summary>Says something once.</summary>
    public void Note(string note)
    {
        if (!Notes.Contains(note))
        {
            Notes.Add(note);
        }
    }

    /// <summary>Leaves what should be pinned, and cannot be where it stands.</summary>
    public void Leave(Finding finding, string why) => left[finding] = finding.Use.Verdict == Verdict.Malformed ? finding : finding with { Use = finding.Use with { Site = new PinSite.Nowhere(why) } };

    /// <summary>Plans every file.</summary>
    /// <param name="plan">The change of one reference; null for none. What stands against it is said with Fail or Leave.</param>
    public PinPlan Make(Func<JudgedFile, Finding, PlannedChange?> plan)
    {
        List<FileChange> changes = [];
        foreach (var file in report.Findings.Where(f => f.In is not null).GroupBy(f => f.In!))
        {
            cancellation.ThrowIfCancellationRequested();
            FileGuard.Run(file.Key.Path, () => Plan(file, plan, changes), errors.Add);
        }

        Again(changes);

        var updates = ImageUpdate.In(Updates, changes);
        return new(report with { Errors = JobErrors.Sorted(errors), Findings = left.Count == 0 ? report.Findings : [.. report.Findings.Select(f => left.GetValueOrDefault(f, f))] }, changes)
        {
            Left = [.. report.Findings.Select(f => left.GetValueOrDefault(f)).OfType<Finding>()],
            LockFile = LockFile,
            Updates = updates,
            Notes = [.. Notes, .. updates.Where(u => u.Note is not null).Select(u => u.Note!)],
        };
    }

    private void Plan(IGrouping<JudgedFile, Finding> group, Func<JudgedFile, Finding, PlannedChange?> plan, List<FileChange> changes)
    {
        var file = group.Key;
        Dictionary<Finding, PlannedChange> planned = new(ReferenceEqualityComparer.Instance as IEqualityComparer<Finding>);
        foreach (var finding in group)
        {
            cancellation.ThrowIfCancellationRequested();
            if (plan(file, finding) is { } change)
            {
                planned[finding] = change;
            }
        }

        if (planned.Count > 0)
        {
            Confirm(file, planned, changes, file.Beside, isLast: false);
        }
    }

    // what another file was in the way of, now as that one will be: a chart's values, and those that are laid over them
    private void Again(List<FileChange> changes)
    {
        var texts = refused.Count == 0 ? [] : changes.Where(c => c.FullPath is not null).ToDictionary(c => c.FullPath!, c => new SourceText(c.FullPath!, c.NewText), StringComparer.Ordinal);
        foreach (var (file, planned) in refused)
        {
            FileGuard.Run(file.Path, () => Confirm(file, planned, changes, new PlannedFiles(file.Beside, texts), isLast: true), errors.Add);
        }
    }

    private void Confirm(JudgedFile file, Dictionary<Finding, PlannedChange> planned, List<FileChange> changes, Surroundings beside, bool isLast)
    {
        List<Edit> edits = [.. planned.Values.SelectMany(c => c.Edits).Distinct().OrderBy(e => e.Span.Start)];
        for (var i = 1; i < edits.Count; i++)
        {
            if (edits[i].Span.Start < edits[i - 1].Span.End || edits[i].Span == edits[i - 1].Span)
            {
                errors.Add(new(file.Path, file.Source.Position(edits[i].Span.Start), "write", "two references share this text but mean different images: not changed. Write them apart first"));
                return;
            }
        }

        var after = FileReading.Read(file.Source.Apply(edits), named: true, Tree.Formats, beside);
        var byUse = planned.Values.ToDictionary(c => c.Use, ReferenceEqualityComparer.Instance as IEqualityComparer<ImageUse>);
        if (Confirmation.Refusal(file.Found, after, byUse) is { } refusal)
        {
            if (isLast)
            {
                errors.Add(new(file.Path, null, "verify", $"not written: {refusal}"));
            }
            else
            {
                refused.Add((file, planned));
            }

            return;
        }

        changes.Add(new(file, planned, edits));
    }
}
