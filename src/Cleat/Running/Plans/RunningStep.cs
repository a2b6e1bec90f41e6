using Cleat.Findings;
using Cleat.Running;

namespace Cleat;

/// <summary>How one object that runs is pinned: as lines for a shell, or at once.</summary>
public sealed class RunningStep
{
    private static readonly Func<CancellationToken, Task<string?>> Nothing = static _ => Task.FromResult<string?>(null);

    internal RunningStep(RunningObject workload, IReadOnlyList<string> lines)
    {
        Workload = workload;
        Lines = lines;
    }

    /// <summary>What is pinned; without a container where several are pinned together.</summary>
    public RunningObject Workload { get; }

    /// <summary>Each a command as a POSIX shell takes it, every name in it quoted, or a comment that begins with <c>#</c>.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The same as a strategic-merge patch in YAML, for <c>kubectl patch --patch-file</c> and for kustomize; null where there is none.</summary>
    public string? Patch { get; init; }

    /// <summary>What is so once it is applied, in one line; null where it cannot be applied.</summary>
    public string? Done { get; init; }

    /// <summary>Why it cannot be decided how to pin it; null when it can, or is left for a reason that <see cref="Lines"/> say.</summary>
    public JobError? Problem { get; init; }

    /// <summary>True when <see cref="ApplyAsync"/> does it.</summary>
    public bool CanApply => Done is not null;

    internal Func<CancellationToken, Task<string?>> Trial { get; init; } = Nothing;

    internal Func<CancellationToken, Task<string?>> Change { get; init; } = Nothing;

    /// <summary>The <see cref="JobError.Code"/> of what goes wrong.</summary>
    internal string Code { get; init; } = "pin";

    /// <summary>Asks the other side whether it would do it, without effect, where it can be asked.</summary>
    /// <returns>Why it would not; null when it would, or cannot be asked.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task<JobError?> TryAsync(CancellationToken cancellation = default) => ReportAsync(Trial(cancellation));

    /// <summary>Does it, only while the images are what was seen.</summary>
    /// <returns>What went wrong; null when it is done.</returns>
    /// <exception cref="InvalidOperationException"><see cref="CanApply"/> is false.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; it may be done or not.</exception>
    public Task<JobError?> ApplyAsync(CancellationToken cancellation = default) =>
        CanApply ? ReportAsync(Change(cancellation)) : throw new InvalidOperationException($"{Workload} cannot be pinned at once: its lines say what to do");

    // credentials that are gone in mid-run are one object's failure, like any other
    private async Task<JobError?> ReportAsync(Task<string?> step)
    {
        string? problem;
        try
        {
            problem = await step;
        }
        catch (CleatException e)
        {
            problem = $"was not changed: {e.Message}";
        }

        return problem is null ? null : new(null, null, Code, $"{Workload} {problem}");
    }
}
