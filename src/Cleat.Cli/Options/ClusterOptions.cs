using System.CommandLine;
using Cleat.Cli.Verbs;
using Cleat.Configuration;
using Cleat.Findings;
using Cleat.References;
using Cleat.Registries;
using Cleat.Running.Kubernetes;
using Cleat.Text;

namespace Cleat.Cli.Options;

/// <summary>Which cluster is looked at, which part of it, and what is asked beside it.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string> kubeconfig = new("--kubeconfig") { Description = "The kubeconfig. Default: KUBECONFIG, then ~/.kube/config, then the service account of the pod this runs in.", HelpName = "FILE" };
    private readonly Option<string> context = new("--context") { Description = "The context in the kubeconfig. Default: the current one.", HelpName = "NAME" };
    private readonly Option<string[]> namespaces = new("--namespace", "-n") { Description = "The namespace; may be given several times. Default: the context's.", HelpName = "NAME" };
    private readonly Option<bool> all = new("--all-namespaces", "-A") { Description = "Every namespace." };
    private readonly Option<string> selector = new("--selector", "-l") { Description = "Only workloads with these labels: app=web,tier!=test", HelpName = "LABELS" };
    private readonly Option<int> wait = new("--request-timeout") { Description = "Wait this many seconds for each answer of the API server.", HelpName = "SECONDS", DefaultValueFactory = _ => 60 };
    private readonly Option<bool> registry = new("--registry") { Description = "Ask the registries too: does the tag still mean what runs?" };
    private readonly Option<string> to = CommonOptions.OneOf("--to", "Which digest to pin to: what runs, or what the tag means at the registry now.", "running", "registry");
    private readonly SourceOptions sources;

    public ClusterOptions(Command command)
    {
        foreach (Option option in (Option[])[kubeconfig, context, namespaces, all, selector, wait, registry, to])
        {
            command.Options.Add(option);
        }

        sources = new(command);
    }

    public PinTo To(ParseResult parsed) => parsed.GetValue(to) == "registry" ? PinTo.Registry : PinTo.Running;

    /// <summary><c>kubectl</c> with the options that choose the same cluster.</summary>
    public string Kubectl(ParseResult parsed) =>
        "kubectl" + (parsed.GetValue(kubeconfig) is { } file ? " --kubeconfig " + ShellWord.Of(file) : "") + (parsed.GetValue(context) is { } name ? " --context " + ShellWord.Of(name) : "");

    /// <summary>Connects to the cluster that is meant.</summary>
    public async Task<KubeApi> ConnectAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var seconds = parsed.GetValue(wait);
        if (seconds is < 1 or > 3600)
        {
            throw new UsageException($"--request-timeout {seconds} must be 1 to 3600");
        }

        try
        {
            var access = Kubeconfig.Find(parsed.GetValue(kubeconfig), parsed.GetValue(context), Environment.GetEnvironmentVariable);
            KubeApiOptions options = new() { RequestTime = TimeSpan.FromSeconds(seconds), OnPluginMessage = line => terminal.Error.WriteLine(PrintableText.Of(line)) };
            return await KubeApi.ConnectAsync(access, options, cancellation);
        }
        catch (ClusterAccessException e)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>Looks at the cluster, and at the registries where that is asked for.</summary>
    public async Task<SeenCluster> LookAsync(KubeApi api, ParseResult parsed, CleatConfig config, Terminal terminal, CancellationToken cancellation)
    {
        var question = Question(api, parsed);
        ClusterState state;
        try
        {
            state = await new ClusterScan(api, question).RunAsync(cancellation);
        }
        catch (ClusterAccessException e)
        {
            throw new UsageException(e.Message);
        }

        List<JobError> errors = [.. state.Problems.Select(p => new JobError(null, null, "cluster", p))];
        var uses = new Workloads(state, question).Find();
        errors.AddRange(uses.Select(u => u.Workload).Distinct().SelectMany(w => w.Problems.Select(p => new JobError(null, null, "cluster", $"{w.Shown}: {p}"))));
        var asked = parsed.GetValue(registry) || To(parsed) == PinTo.Registry;
        var meanings = asked ? await AskAsync(parsed, config, uses, errors, terminal, cancellation) : [];
        if (state.NodesProblem is { } problem && uses.Any(u => Race.Of(u.Seen, Meaning(meanings, u)).Unknown is not null) && !state.Problems.Contains(problem))
        {
            errors.Add(new(null, null, "cluster", $"{problem}; without the nodes' platforms it is unknown whether some workloads run one image"));
        }

        return new(uses, use => Meaning(meanings, use), errors);
    }

    private ClusterQuestion Question(KubeApi api, ParseResult parsed)
    {
        var labels = parsed.GetValue(selector);
        var read = labels is null ? null : LabelSelector.Read(labels) ?? throw new UsageException($"--selector '{labels}' is no label selector: app=web, app!=web, app, !app, 'app in (web,api)', with commas between");
        var given = parsed.GetValue(namespaces) ?? [];
        return parsed.GetValue(all) && given.Length > 0 ? throw new UsageException("--all-namespaces and --namespace exclude each other")
            : new(parsed.GetValue(all) ? [] : given.Length > 0 ? [.. given.Distinct()] : [api.Access.Namespace], read);
    }

    private static TagMeaning? Meaning(Dictionary<string, TagMeaning> meanings, WorkloadUse use) =>
        use.Use.Reference is { } reference ? meanings.GetValueOrDefault(ResolutionKey.Of(reference, null).Reference) : null;

    // the platforms' digests are asked for only where pods run another than the index's
    private async Task<Dictionary<string, TagMeaning>> AskAsync(ParseResult parsed, CleatConfig config, IReadOnlyList<WorkloadUse> uses, List<JobError> errors, Terminal terminal, CancellationToken cancellation)
    {
        var tagged = uses.Where(u => u.Use.Reference is { } r && (r.Digest is null || r.Tag is not null)).ToList();
        using var source = sources.Open(parsed, config);
        var now = await ResolveProgress.RunAsync(source, [.. tagged.Select(u => (u.Use.Reference!, (string?)null))], terminal, quiet: false, cancellation);
        errors.AddRange(now.Where(r => r.Value is not Resolution.Resolved).OrderBy(r => r.Key.Reference, StringComparer.Ordinal).Select(r => new JobError(null, null, "resolve", $"{r.Key.Reference}: {r.Value.Describe()}")));
        Dictionary<string, TagMeaning> meanings = new(StringComparer.Ordinal);
        List<(ImageReference, string?)> platforms = [];
        foreach (var use in tagged)
        {
            var key = ResolutionKey.Of(use.Use.Reference!, null);
            if (now.GetValueOrDefault(key) is Resolution.Resolved found)
            {
                meanings[key.Reference] = new(found.Digest, new Dictionary<string, Digest>());
                platforms.AddRange(use.Seen.Where(s => s.Platform is not null && s.Id.Digest is { } digest && digest != found.Digest).Select(s => (use.Use.Reference!, s.Platform)));
            }
        }

        var each = platforms.Count == 0 ? new Dictionary<ResolutionKey, Resolution>() : await ResolveProgress.RunAsync(source, platforms, terminal, quiet: true, cancellation);
        foreach (var group in each.Where(e => e.Value is Resolution.Resolved).GroupBy(e => e.Key.Reference))
        {
            meanings[group.Key] = meanings[group.Key] with { Platforms = group.ToDictionary(e => e.Key.Platform!, e => ((Resolution.Resolved)e.Value).Digest) };
        }

        return meanings;
    }
}

/// <summary>What a cluster runs, and what of it could not be seen.</summary>
/// <param name="Now">What a use's tag means now; null when that was not asked, or not answered.</param>
internal sealed record SeenCluster(IReadOnlyList<WorkloadUse> Uses, Func<WorkloadUse, TagMeaning?> Now, IReadOnlyList<JobError> Errors);
