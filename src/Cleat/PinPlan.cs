using Cleat.Findings;
using Cleat.Locking;
using Cleat.Run;

namespace Cleat;

/// <summary>What would change, file by file, and for each place that cannot be changed why. Nothing is written before <see cref="Write"/>.</summary>
public sealed class PinPlan
{
    private readonly Report before;

    /// <param name="before">The report with what went wrong in planning, without the pins.</param>
    internal PinPlan(Report before, IReadOnlyList<FileChange> changes)
    {
        this.before = before;
        Changes = changes;
    }

    /// <summary>In the order of the files.</summary>
    public IReadOnlyList<FileChange> Changes { get; }

    /// <summary>The report with the digests that references get, and with an error for each place that cannot be changed.</summary>
    public Report Report => field ??= WithPins();

    /// <summary>How many references change.</summary>
    public int References => Changes.Sum(c => c.Findings.Count);

    /// <summary>What is worth saying although nothing went wrong, for people, a line each.</summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    /// <summary>What should be pinned, or moved, and cannot be where it stands: each says why, and what to do (<see cref="Uses.ImageUse.NoPin"/>, or what is wrong with it).</summary>
    public IReadOnlyList<Finding> Left { get; internal init; } = [];

    /// <summary>Of an update: each image that moves or was held back, by name.</summary>
    public IReadOnlyList<ImageUpdate> Updates { get; internal init; } = [];

    /// <summary>How many references the lock gains, or says something else of; 0 without a lock.</summary>
    public int LockedReferences => LockFile is { Differs: true } ? LockFile.Changed : 0;

    /// <summary>The lock with what was learnt.</summary>
    internal LockFile? LockFile { get; init; }

    /// <summary>Writes the lock, then each file, whole and only when it is still what was read. A text that stands in no file is left to the caller.</summary>
    /// <returns>What was done: the plan without what could not be written, which its report says.</returns>
    /// <exception cref="OperationCanceledException">Cancelled, between two files; every file is whole, old or new.</exception>
    public PinPlan Write(CancellationToken cancellation = default)
    {
        List<JobError> errors = [.. before.Errors];
        List<FileChange> written = [];

        // the lock first: a run that is cut short never leaves a pin that no lock knows
        if (LockFile?.Write() is { } problem)
        {
            errors.Add(new(LockFile.Path, null, "write", $"{problem}. No file was changed"));
            return new(before with { Errors = JobErrors.Sorted(errors) }, written) { Notes = Notes, Left = Left };
        }

        FileWriting writing = new(errors.Add);
        foreach (var change in Changes)
        {
            cancellation.ThrowIfCancellationRequested();
            if (writing.Write(change))
            {
                written.Add(change);
            }
        }

        return new(before with { Errors = JobErrors.Sorted(errors) }, written)
        {
            Notes = Notes,
            Left = Left,
            Updates = ImageUpdate.In(Updates, written),
            LockFile = LockFile,
        };
    }

    private Report WithPins()
    {
        Dictionary<Finding, Finding> pinned = new(ReferenceEqualityComparer.Instance as IEqualityComparer<Finding>);
        foreach (var (finding, change) in Changes.SelectMany(c => c.Planned))
        {
            pinned[finding] = finding.With(change);
        }

        return before with { Findings = [.. before.Findings.Select(f => pinned.GetValueOrDefault(f, f))] };
    }
}
