using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Running.Kubernetes;

/// <summary>A use that was seen, what a report tells of it, and the change that pins it or why there is none.</summary>
internal sealed record ClusterUse(WorkloadUse Use, RunningUse Running, ImageChange? Change, string? Why);

/// <summary>What a cluster runs, and what pins are made from.</summary>
/// <param name="All">Every use that was seen.</param>
internal sealed record ClusterLook(Report Report, IReadOnlyList<ClusterUse> All)
{
    /// <summary>What runs by a tag and nobody chose to live with, by workload, in the order of namespace, kind and name.</summary>
    public IEnumerable<IGrouping<ClusterObject, ClusterUse>> OpenWorkloads
    {
        get
        {
            var open = Report.Findings.Where(f => f is { IsOpen: true, Use.Verdict: Verdict.Unpinned }).Select(f => f.Running).ToHashSet(ReferenceEqualityComparer.Instance);
            return All.Where(u => open.Contains(u.Running))
                .OrderBy(u => u.Use.Workload.Namespace, StringComparer.Ordinal).ThenBy(u => u.Use.Workload.Kind.Kind, StringComparer.Ordinal).ThenBy(u => u.Use.Workload.Name, StringComparer.Ordinal)
                .GroupBy(u => u.Use.Workload, ReferenceEqualityComparer.Instance as IEqualityComparer<ClusterObject>);
        }
    }
}

/// <summary>Makes the steps that pin what a cluster runs: the images of one workload are changed together, in one rollout.</summary>
internal sealed class ClusterPlan(ClusterLook look, string kubectl, bool force, ClusterUpdate update)
{
    public RunningPlan Plan() => new(look.Report, [.. look.OpenWorkloads.SelectMany(Steps)]);

    private IEnumerable<RunningStep> Steps(IGrouping<ClusterObject, ClusterUse> uses)
    {
        RunningObject workload = new(uses.Key.Kind.Kind, uses.Key.Namespace, uses.Key.Name, null, null);
        if (uses.First().Use.Deployer is { } deployer && !force)
        {
            yield return new(workload, [ShellWord.Comment($"{workload}: {deployer.Name} makes it, so that it is left alone (--force). Change {deployer.Change}")]);
            yield break;
        }

        List<ImageChange> changes = [];
        foreach (var use in uses)
        {
            if (use.Change is not null)
            {
                changes.Add(use.Change);
                continue;
            }

            var left = workload with { Container = use.Use.Container };
            yield return new(left, [ShellWord.Comment($"{left}: {use.Use.Use.Text} is left: {use.Why}")])
            {
                Problem = use is { Use.IsOfWorkload: true, Running.Mixed: true } ? new(null, null, "pin", $"{workload} is not pinned: {use.Use.Use.Text}: {use.Why}") : null,
            };
        }

        if (changes.Count > 0)
        {
            yield return new(workload, [.. KubectlLines.Of(changes, kubectl)])
            {
                Patch = KubectlLines.Patch(changes),
                Done = workload.ToString(),
                Trial = cancellation => update.TryAsync(changes, cancellation),
                Change = cancellation => update.ApplyAsync(changes, cancellation),
            };
        }
    }
}
