using Cleat.Findings;
using Cleat.Running.Kubernetes;
using Cleat.Running.Plans;
using Cleat.Text;

namespace Cleat;

/// <summary>A Kubernetes cluster: what it runs, judged as references in files are, and what pins it.</summary>
public sealed class KubernetesCluster : IDisposable
{
    private readonly KubeApi api;
    private readonly ClusterScope scope;
    private readonly string kubectl;

    private KubernetesCluster(KubeApi api, ClusterScope scope, string kubectl)
    {
        this.api = api;
        this.scope = scope;
        this.kubectl = kubectl;
    }

    /// <summary>The kubeconfig's context, or <c>in-cluster</c>.</summary>
    public string Name => api.Access.Name;

    /// <summary>Finds the cluster as kubectl does: reads the kubeconfig and its certificates, and runs its credential plugin. The API server is not asked yet.</summary>
    /// <exception cref="CleatException">Something of it is not as it should be.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<KubernetesCluster> OpenAsync(ClusterSettings settings, CancellationToken cancellation = default)
    {
        var selector = settings.Selector is null ? null : LabelSelector.Read(settings.Selector)
            ?? throw new CleatException($"--selector '{settings.Selector}' is no label selector: app=web, app!=web, app, !app, 'app in (web,api)', with commas between");
        var access = Kubeconfig.Find(settings.Kubeconfig, settings.Context, settings.Environment);
        var kubectl = "kubectl" + (settings.Kubeconfig is { } file ? " --kubeconfig " + ShellWord.Of(file) : "") + (settings.Context is { } context ? " --context " + ShellWord.Of(context) : "");
        var api = await KubeApi.ConnectAsync(access, new() { RequestTime = settings.RequestTime, OnPluginMessage = settings.OnPluginMessage }, cancellation);
        return new(api, new(settings.Namespaces ?? [access.Namespace], selector), kubectl);
    }

    /// <summary>Looks at every workload and its pods and judges them. What could not be seen is among the errors.</summary>
    /// <exception cref="CleatException">The credentials cannot be had any more.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<Report> LookAsync(LookOptions options, CancellationToken cancellation = default) => (await SeeAsync(options, cancellation)).Report;

    /// <summary>Looks, and says what pins it.</summary>
    /// <param name="force">True to change also what Argo CD, Flux, Helm or an owner makes, which they may take back.</param>
    /// <exception cref="CleatException">The credentials cannot be had any more.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<RunningPlan> PlanAsync(LookOptions options, bool force = false, CancellationToken cancellation = default) =>
        new ClusterPlan(await SeeAsync(options, cancellation), kubectl, force, new ClusterUpdate(api)).Plan();

    /// <inheritdoc/>
    public void Dispose() => api.Dispose();

    /// <summary>Looks, and keeps what pins are made from.</summary>
    internal async Task<ClusterLook> SeeAsync(LookOptions options, CancellationToken cancellation)
    {
        var state = await new ClusterScan(api, scope).RunAsync(cancellation);
        var uses = new Workloads(state, scope).Find();
        List<JobError> errors =
        [
            .. state.Problems.Select(p => new JobError(null, null, "cluster", p)),
            .. uses.Select(u => u.Workload).Distinct().SelectMany(w => w.Problems.Select(p => new JobError(null, null, "cluster", $"{w}: {p}"))),
        ];
        var meanings = await TagMeanings.AskAsync(options, [.. uses.Where(u => u.Use.Reference is not null).Select(Asked)], null, cancellation);
        errors.AddRange(meanings.Errors);
        if (state.NodesProblem is { } problem && !state.Problems.Contains(problem) && uses.Any(u => DigestComparison.Of(u.Images, meanings.Of(u.Use.Reference)).Unknown is not null))
        {
            errors.Add(new(null, null, "cluster", $"{problem}; without the nodes' platforms it is unknown whether some workloads run one image"));
        }

        WorkloadReport report = new(Name, kubectl, options.To);
        List<ClusterUse> all = [.. uses.Select(u => report.Of(u, meanings.Of(u.Use.Reference)))];
        return new(RunningReport.Of([.. all.Select(u => u.Running)], errors, options.Config), all);
    }

    private static AskedTag Asked(WorkloadUse use) =>
        new(use.Use.Reference!, [.. use.Images.Where(i => i is { Platform: not null, Id.Digest: not null }).Select(i => (i.Id.Digest!.Value, i.Platform!))]);
}
