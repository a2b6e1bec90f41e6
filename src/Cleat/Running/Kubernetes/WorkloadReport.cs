using Cleat.Findings;
using Cleat.Running.Plans;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Running.Kubernetes;

/// <summary>Makes of a workload's references what a report tells of them.</summary>
/// <param name="context">What the cluster is called.</param>
/// <param name="kubectl"><c>kubectl</c> with the options that choose the cluster.</param>
/// <param name="to">Which digest a pin is made to.</param>
internal sealed class WorkloadReport(string context, string kubectl, PinTo to)
{
    public ClusterUse Of(WorkloadUse use, TagMeaning? now)
    {
        var comparison = DigestComparison.Of(use.Images, now);
        string? why = null;
        var change = use.Use.Verdict == Verdict.Unpinned ? ImageChange.Of(use, to, now, out why) : null;
        RunningUse running = new()
        {
            Workload = use.Object(context),
            Use = use.Use,
            Running = [.. use.Images.Select(i => new RunningDigest(i.Id.Digest, i.Id.Why, i.Count, i.Nodes, i.Platform))],
            Mixed = comparison.IsMixed,
            Pin = change?.Pin,
            MeansNow = now?.Now,
            Fix = use.Use.Verdict == Verdict.Unpinned ? Fix(use, change, why) : [],
            Notes = [.. use.Notes, .. Notes(use, comparison, now)],
            Ignored = Ignored(use.Workload, comparison.IsMixed),
        };
        return new(use, running, change, why);
    }

    private IReadOnlyList<string> Fix(WorkloadUse use, ImageChange? change, string? why) =>
        use is { Deployer: { } deployer, IsOfWorkload: true } ? [ShellWord.Comment($"{deployer.Name} makes it: change {deployer.Change}")]
        : change is not null ? [.. KubectlLines.Of([change], kubectl)]
        : why is not null ? [ShellWord.Comment(why)]
        : [];

    private static IEnumerable<string> Notes(WorkloadUse use, DigestComparison comparison, TagMeaning? now)
    {
        if (comparison.Unknown is { } unknown)
        {
            yield return unknown;
        }

        if (use.Images.FirstOrDefault(i => i.Id.Repository is not null) is { } other)
        {
            yield return $"{(other.Nodes.Count > 0 ? other.Nodes[0] : "a node")} knows the image as {other.Id.Repository}";
        }

        List<PodImage> own = [.. use.Images.Where(i => i.Id is { Digest: not null, Repository: null })];
        if (now is not null && own.Count > 0 && !own.Exists(i => now.Has(i.Id.Digest!.Value)))
        {
            yield return TagMeaning.Moved(now.Now);
        }
    }

    private static Ignored? Ignored(ClusterObject workload, bool isMixed) => workload.Annotations
        .Select(a => SuppressionWord.OfAnnotation(a.Key, a.Value)).OfType<SuppressionWord>()
        .Where(w => w.Rules.Count == 0 || (!isMixed && w.Rules.Contains(Rule.UnpinnedImage.Name)))
        .Select(w => new Ignored(IgnoredBy.Annotation, w.Reason)).FirstOrDefault();
}
