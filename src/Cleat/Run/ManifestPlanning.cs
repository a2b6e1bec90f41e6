using Cleat.Running.Kubernetes;
using Cleat.Uses;

namespace Cleat.Run;

/// <summary>Plans, in the manifests that made what a cluster runs, the digests that it runs.</summary>
internal static class ManifestPlanning
{
    public static PinPlan Plan(Report report, ClusterLook look, PinTo to, CancellationToken cancellation)
    {
        ChangeDraft draft = new(report, cancellation);
        var files = report.Findings.Where(f => f.In?.FullPath is not null).GroupBy(f => f.In!).Select(g => new ManifestFile(g.Key.Path, g.Key.FullPath!, g.Key.Source, [.. g])).ToList();
        ManifestPins pins = new(look, files, report.Kustomizations, string.Join(", ", draft.Tree.Paths)) { Style = draft.Config.Pin.Style ?? PinStyle.TagDigest, To = to };
        var planned = pins.Plan().SelectMany(f => f.Changes).ToDictionary(c => c.Use, ReferenceEqualityComparer.Instance as IEqualityComparer<ImageUse>);
        foreach (var error in look.Report.Errors.Concat(pins.Errors))
        {
            draft.Add(error);
        }

        draft.Notes.AddRange(pins.Notes);
        return draft.Make((_, finding) => planned.GetValueOrDefault(finding.Use));
    }
}
