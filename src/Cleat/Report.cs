using Cleat.Files;
using Cleat.Findings;
using Cleat.Formats.Kustomize;
using Cleat.References;
using Cleat.Run;
using Cleat.Uses;

namespace Cleat;

/// <summary>Everything one run saw, in the order of file and offset; and what can be planned from it.</summary>
public sealed record Report
{
    public required IReadOnlyList<Finding> Findings { get; init; }

    public required IReadOnlyList<JobError> Errors { get; init; }

    /// <summary>What there is to know beside the references.</summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];

    /// <summary>How many files were read, or how many objects that run something.</summary>
    public required int FilesRead { get; init; }

    /// <summary>Files that were named, or texts, of which no format reads anything.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    /// <summary>True when this is about what runs, not about files.</summary>
    public bool IsRunning { get; init; }

    /// <summary>True when something is worse than a note.</summary>
    public bool Fails => FailsOn(Severity.Warning);

    /// <summary>True when something is as bad as this, or worse.</summary>
    public bool FailsOn(Severity least) => Findings.Any(f => f.IsOpen && f.Rule!.Severity <= least) || Notices.Any(n => n.Rule.Severity <= least);

    /// <summary>What the files are called from the root of their repository.</summary>
    public RepositoryPaths Repository => new(Tree?.Paths ?? []);

    /// <summary>The bytes of a file of this report, as they are now; null when they cannot be read.</summary>
    /// <param name="file">As the report calls it.</param>
    public ReadOnlyMemory<byte>? Read(string file) =>
        Tree?.Texts.LastOrDefault(t => t.Path == file) is { } text ? text.Bytes
        : FileReader.Read(Path.GetFullPath(file)) is { Succeeded: true } read ? read.Bytes
        : null;

    /// <summary>How many references a kustomization decides.</summary>
    public int Covered => Findings.Count(f => f.CoveredBy is not null);

    /// <summary>How many pins the registries were asked about and confirmed; null when they were not asked.</summary>
    public int? Verified { get; init; }

    /// <summary>What was looked at; null for what runs.</summary>
    internal ImageTree? Tree { get; init; }

    /// <summary>The kustomizations that were read.</summary>
    internal IReadOnlyList<KustomizationFolder> Kustomizations { get; init; } = [];

    /// <summary>What was looked at, where its texts were kept.</summary>
    internal ImageTree PlannableTree => Tree is { Options.ReadOnly: false } ? Tree
        : throw new InvalidOperationException(Tree is null ? "this report is about what runs: its files are to be looked at" : $"the tree was opened with {nameof(TreeOptions.ReadOnly)}: the texts of its files are gone");

    /// <summary>How many references have the verdict, without those that a kustomization decides.</summary>
    public int Count(Verdict verdict) => Findings.Count(f => f.Use.Verdict == verdict && f.CoveredBy is null);

    /// <summary>The report with what stands in the baseline ignored, and a notice for each entry of it that is there no more.</summary>
    public Report Without(Baseline baseline)
    {
        var (findings, stale) = baseline.Apply(Findings, file => Tree?.Holds(file) == true);
        return this with { Findings = findings, Notices = [.. Notices, .. stale] };
    }

    /// <summary>Resolves every tag that may be pinned, each once, and plans the digests. Writes nothing.</summary>
    /// <param name="registry">Who is asked; null to take digests from the lock alone.</param>
    /// <returns>The plan; its report names each place that cannot be pinned, and why.</returns>
    /// <exception cref="CleatException">The lock cannot be read.</exception>
    /// <exception cref="InvalidOperationException">The report is of a tree that was opened to be read only, or of what runs.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<PinPlan> PlanPinsAsync(RegistryClient? registry, PinOptions? options = null, CancellationToken cancellation = default) =>
        new Pinning(this, registry, options ?? new(), cancellation).PlanAsync();

    /// <summary>Plans digests that are known already: what runs, what another program resolved.</summary>
    /// <param name="digest">The digest of a reference; null to leave it as it is. Not asked for what may not be pinned.</param>
    /// <param name="style">How pins are written; null for what the config says, else name:tag@digest.</param>
    /// <inheritdoc cref="PlanPinsAsync"/>
    public PinPlan PlanPins(Func<Finding, Digest?> digest, PinStyle? style = null, CancellationToken cancellation = default) =>
        Pinning.Plan(this, digest, style, cancellation);

    /// <summary>Plans the digests of what a cluster runs, in the manifests of this report that made it.</summary>
    /// <returns>The plan; its report names each workload whose manifest cannot be pinned, and why.</returns>
    /// <exception cref="InvalidOperationException">The report is of a tree that was opened to be read only, or of what runs.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<PinPlan> PlanClusterPinsAsync(KubernetesCluster cluster, LookOptions look, CancellationToken cancellation = default) =>
        ManifestPlanning.Plan(this, await cluster.SeeAsync(look, cancellation), look.To, cancellation);

    /// <summary>Resolves the tags of pins again and plans the digests of those that moved. Writes nothing.</summary>
    /// <inheritdoc cref="PlanPinsAsync"/>
    public Task<PinPlan> PlanUpdatesAsync(RegistryClient registry, UpdateOptions? options = null, CancellationToken cancellation = default) =>
        new Updating(this, registry, options ?? new(), cancellation).PlanAsync();

    /// <summary>Plans to take the digests out again. Writes nothing.</summary>
    /// <inheritdoc cref="PlanPinsAsync"/>
    public PinPlan PlanUnpins(UnpinOptions? options = null, CancellationToken cancellation = default) => Unpinning.Plan(this, options ?? new(), cancellation);

    /// <summary>Asks the registries about every pin: does its digest still exist, does its tag still mean it, for which platforms.</summary>
    /// <returns>The report with what they say. Nothing is changed.</returns>
    /// <inheritdoc cref="PlanPinsAsync"/>
    public Task<Report> VerifyAsync(RegistryClient registry, VerifyOptions? options = null, CancellationToken cancellation = default) =>
        new Verifying(this, registry, options ?? new(), cancellation).RunAsync();
}
