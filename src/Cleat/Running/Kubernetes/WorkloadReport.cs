using Cleat.Findings;
using Cleat.References;
using Cleat.Uses;

namespace Cleat.Running.Kubernetes;

/// <summary>Makes of a workload's references what a report tells of them.</summary>
/// <param name="context">What the cluster is called.</param>
/// <param name="kubectl"><c>kubectl</c> with the options that choose the cluster.</param>
/// <param name="to">Which digest a pin is made to.</param>
internal sealed class WorkloadReport(string context, string kubectl, PinTo to)
{
    public RunningUse Of(WorkloadUse use, TagMeaning? now)
    {
        var race = Race.Of(use.Seen, now);
        var change = use.Use.Verdict == Verdict.Unpinned ? ImageChange.Of(use, to, now, out var why) : Nothing(out why);
        return new()
        {
            Workload = use.Object(context),
            Use = use.Use,
            Running = [.. use.Seen.Select(s => new RunningDigest(s.Id.Digest, s.Id.Why, s.Count, s.Nodes, s.Platform))],
            Mixed = race.Mixed,
            Pin = change?.Pin,
            MeansNow = now?.Now,
            Fix = use.Use.Verdict == Verdict.Unpinned ? [.. Fix(use, change, why)] : [],
            Notes = [.. use.Notes, .. Notes(use, race, now)],
            CanApply = change is not null,
            Ignored = Ignored(use.Workload, race.Mixed),
        };
    }

    private static ImageChange? Nothing(out string? why)
    {
        why = null;
        return null;
    }

    private IEnumerable<string> Fix(WorkloadUse use, ImageChange? change, string? why)
    {
        if (use.DeployedBy is { } deployer && use.IsNamed)
        {
            yield return $"# {deployer.By} makes it: change {deployer.Change}";
        }
        else if (change is not null)
        {
            foreach (var line in ImageChange.Lines([change], kubectl))
            {
                yield return line;
            }
        }
        else if (why is not null)
        {
            yield return $"# {why}";
        }
    }

    private static IEnumerable<string> Notes(WorkloadUse use, Race race, TagMeaning? now)
    {
        if (race.Unknown is { } unknown)
        {
            yield return unknown;
        }

        if (use.Seen.FirstOrDefault(s => s.Id.Repository is not null) is { } other)
        {
            yield return $"{(other.Nodes.Count > 0 ? other.Nodes[0] : "a node")} knows the image as {other.Id.Repository}";
        }

        if (now is not null && use.Seen.Any(s => s.Id is { Digest: not null, Repository: null }) && use.Seen.Where(s => s.Id is { Digest: not null, Repository: null }).All(s => !now.Has(s.Id.Digest!.Value)))
        {
            yield return $"the tag means {now.Now} at the registry now: it was moved since this was started";
        }
    }

    private static Ignored? Ignored(ClusterObject workload, bool mixed) => workload.Annotations
        .Select(a => SuppressionWord.OfAnnotation(a.Key, a.Value)).OfType<SuppressionWord>()
        .Where(w => w.Rules.Count == 0 || (!mixed && w.Rules.Contains(Rule.UnpinnedImage.Name)))
        .Select(w => new Ignored(IgnoredBy.Annotation, w.Reason)).FirstOrDefault();
}
