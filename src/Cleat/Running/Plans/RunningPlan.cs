using Cleat.Findings;

namespace Cleat;

/// <summary>What pins everything that runs by a tag.</summary>
/// <param name="Report">What was seen.</param>
/// <param name="Steps">One for each thing to be done, or left; those of one object stand together.</param>
public sealed record RunningPlan(Report Report, IReadOnlyList<RunningStep> Steps)
{
    /// <summary>What could not be seen, and what could not be decided.</summary>
    public IReadOnlyList<JobError> Errors => [.. Report.Errors, .. Steps.Select(s => s.Problem).OfType<JobError>()];
}
