using Cleat.Findings;
using Cleat.Formats.Kustomize;
using Cleat.Rewriting;
using Cleat.Uses;

namespace Cleat.Running.Kubernetes;

/// <summary>
/// Pins the manifests of a checkout that made the workloads of a cluster: each where its tag is decided, which is the manifest, or the entry in
/// <c>images:</c> of the kustomization that sets it. One place that serves workloads which run different digests is not pinned.
/// </summary>
/// <param name="kustomizations">Those of the checkout.</param>
/// <param name="folder">The checkout's, as it is called in messages.</param>
internal sealed class ManifestPins(ClusterLook look, IReadOnlyList<ManifestFile> files, IEnumerable<KustomizationFolder> kustomizations, string folder)
{
    private readonly ManifestIndex index = new(files);
    private readonly Coverage coverage = new(kustomizations);
    private readonly Dictionary<(string Path, int Item), ManifestPlace> entries = files.SelectMany(f => f.Findings, (file, finding) => new ManifestPlace(file, finding))
        .Where(p => p.Use is { Format: "kustomize", Steps: { Count: 2 } steps } && steps[0].Key == "images" && steps[1].IsItem)
        .DistinctBy(p => (p.File.FullPath, p.Use.Steps[1].Index)).ToDictionary(p => (p.File.FullPath, p.Use.Steps[1].Index));
    private readonly List<JobError> errors = [];
    private readonly List<string> notes = [];

    /// <summary>How a pin is written.</summary>
    public PinStyle Style { get; init; }

    /// <summary>Which digest is taken: of what runs, workloads that share a place may disagree.</summary>
    public PinTo To { get; init; }

    /// <summary>What could not be pinned, and why.</summary>
    public IReadOnlyList<JobError> Errors => errors;

    /// <summary>What was left because somebody chose to live with it.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>The changes of each file, in the order of their paths.</summary>
    public IReadOnlyList<(ManifestFile File, IReadOnlyList<PlannedChange> Changes)> Plan()
    {
        Dictionary<Finding, (ManifestPlace Place, List<ClusterUse> Wanted)> places = new(ReferenceEqualityComparer.Instance as IEqualityComparer<Finding>);
        foreach (var use in look.OpenWorkloads.SelectMany(w => w).Where(u => u.Use.IsOfWorkload))
        {
            if (use.Change is null)
            {
                Fail(use, $"is not pinned: {use.Use.Use.Text}: {use.Why}");
            }
            else if (Place(use.Use, out var why) is { } place)
            {
                places.TryAdd(place.Finding, (place, []));
                places[place.Finding].Wanted.Add(use);
            }
            else
            {
                Fail(use, why!);
            }
        }

        var others = To == PinTo.Running && places.Count > 0 ? Others() : null;
        return
        [
            .. places.Values.Select(p => (p.Place.File, Change: Change(p.Place, p.Wanted, others?[p.Place.Finding] ?? [])))
                .Where(p => p.Change is not null)
                .GroupBy(p => p.File, ReferenceEqualityComparer.Instance as IEqualityComparer<ManifestFile>)
                .Select(g => (g.Key, (IReadOnlyList<PlannedChange>)[.. g.Select(p => p.Change!)]))
                .OrderBy(f => f.Key.Path, StringComparer.Ordinal),
        ];
    }

    // what else runs from a place: also what is no finding, or cannot be changed itself
    private ILookup<Finding, ClusterUse> Others() => look.All.Where(u => u.Use is { IsOfWorkload: true, Use.Verdict: Verdict.Unpinned, Images.Count: > 0 })
        .Select(u => (Use: u, Place: Place(u.Use, out _))).Where(u => u.Place is not null)
        .ToLookup(u => u.Place!.Finding, u => u.Use, ReferenceEqualityComparer.Instance as IEqualityComparer<Finding>);

    private PlannedChange? Change(ManifestPlace place, List<ClusterUse> wanted, IEnumerable<ClusterUse> others)
    {
        var digest = wanted[0].Change!.Pin.Digest;
        if (wanted.Exists(w => w.Change!.Pin.Digest != digest) || others.Any(o => o.Use.Images.Any(i => i.Id.Digest is { } runs && runs != digest)))
        {
            List<string> run = [.. wanted.Select(w => (Workload: w.Use.Workload.ToString(), w.Change!.Pin.Digest))
                .Concat(others.SelectMany(o => o.Use.Images.Where(i => i.Id.Digest is not null).Select(i => (Workload: o.Use.Workload.ToString(), Digest: i.Id.Digest!.Value))))
                .Distinct().Select(r => $"{r.Workload} runs {r.Digest}").Order(StringComparer.Ordinal)];
            return Fail(place, $"{place.Use.Text} is not pinned: several workloads are made from it, which do not run the same: {string.Join(", ", run)}. Pin each in an overlay of its own (an entry in images: of its kustomization), or take what the tag means now with --to registry");
        }

        switch (ChangePermission.ToPin(place.Finding))
        {
            case { Kind: ObstacleKind.Ignored } when place.Finding.Ignored is { } ignored:
                notes.Add($"{place}: {place.Use.Text} is left: it is ignored there{(ignored.Reason is { } reason ? $" ({reason})" : "")}");
                return null;
            case { Kind: ObstacleKind.RuleOff } obstacle:
                notes.Add($"{place}: {place.Use.Text} is left: {obstacle.Why}");
                return null;
            case { Kind: ObstacleKind.Covered }:
                return Fail(place, $"{place.Use.Text} is not pinned: {place.Finding.CoveredBy} decides it when it is built: deploy that");
            default:
                break;
        }

        var asked = wanted[0].Use.Use.Reference!;
        if (place.Use.Verdict == Verdict.Unpinned && place.Use.Reference is { } here && (here.Registry, here.Repository, here.EffectiveTag) != (asked.Registry, asked.Repository, asked.EffectiveTag))
        {
            return Fail(place, $"{place.Use.Text} is not pinned: a kustomization makes {asked.WithoutDigest} of it, whose digest does not belong here: write newTag in its entry in images:, then run this again");
        }

        return Pinner.Pin(place.File.Source, place.Use, digest, Style, out var why) ?? Fail(place, $"{place.Use.Text} cannot be pinned here: {why}");
    }

    /// <summary>The one place of the checkout that decides which image a workload's container runs.</summary>
    private ManifestPlace? Place(WorkloadUse use, out string? why)
    {
        why = null;
        List<(ManifestPlace Place, string Built, bool IsExact)> built = [.. index.Of(use.Workload.Kind.Kind, use.Workload.Name)
            .Where(image => use.Container is null || image.Container == use.Container).SelectMany(image => Built(image, use.Workload.Namespace))];

        // a namespace that is said wins over one that is given later
        built = built.Exists(b => b.IsExact) ? built.FindAll(b => b.IsExact) : built;
        List<ManifestPlace> made = [.. built.Where(b => b.Built == use.Use.Text).Select(b => b.Place).DistinctBy(p => p.Finding, ReferenceEqualityComparer.Instance as IEqualityComparer<Finding>)];
        if (made is [var one])
        {
            return one;
        }

        why = made.Count > 1 ? $"is made by more than one manifest ({string.Join(", ", made)}): pin the right one with cleat pin"
            : built.Count > 0 && use.Container is not null ? $"is made by {built[0].Place.File.Path}, which says {built[0].Built} for {use.Container} and not {use.Use.Text}: deploy it, or change it by hand"
            : $"is not pinned: no manifest in {folder} makes it (kind, name, namespace and container): it may be made from a template or a chart";
        return null;
    }

    /// <summary>What an image of a manifest becomes in a namespace: in each kustomization that is built by itself, or as it stands where none includes it.</summary>
    private IEnumerable<(ManifestPlace Place, string Built, bool IsExact)> Built(ManifestImage image, string? space)
    {
        var isIncluded = false;
        foreach (var built in coverage.Built(image.Place.File.FullPath, image.Place.Use, namespaces: true))
        {
            isIncluded = true;
            var said = built.Namespace ?? image.Namespace;
            if ((said ?? space) == space && (built.Decider is not { } entry ? image.Place : Entry(entry.Path, entry.Item)) is { } place)
            {
                yield return (place, built.Image, said is not null);
            }
        }

        if (!isIncluded && (image.Namespace ?? space) == space)
        {
            yield return (image.Place, image.Place.Use.Text, image.Namespace is not null);
        }
    }

    // an entry of images[]; null when its kustomization lies outside the checkout
    private ManifestPlace? Entry(string kustomization, int item) => entries.GetValueOrDefault((kustomization, item));

    private PlannedChange? Fail(ManifestPlace place, string message)
    {
        errors.Add(new(place.File.Path, place.Finding.Position, "pin", message));
        return null;
    }

    private void Fail(ClusterUse use, string message) => errors.Add(new(null, null, "pin", $"{use.Use.Workload} {message}"));
}
