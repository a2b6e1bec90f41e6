using System.CommandLine;

namespace Cleat.Cli.Options;

/// <summary>Which cluster is looked at, and which part of it.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string> kubeconfig = new("--kubeconfig") { Description = "The kubeconfig. Default: KUBECONFIG, then ~/.kube/config, then the service account of the pod this runs in.", HelpName = "FILE" };
    private readonly Option<string> context = new("--context") { Description = "The context in the kubeconfig. Default: the current one.", HelpName = "NAME" };
    private readonly Option<string[]> namespaces = new("--namespace", "-n") { Description = "The namespace; may be given several times. Default: the context's.", HelpName = "NAME" };
    private readonly Option<bool> all = new("--all-namespaces", "-A") { Description = "Every namespace." };
    private readonly Option<string> selector = new("--selector", "-l") { Description = "Only workloads with these labels: app=web,tier!=test", HelpName = "LABELS" };
    private readonly Option<int> wait = new("--request-timeout") { Description = "Wait this many seconds for each answer of the API server.", HelpName = "SECONDS", DefaultValueFactory = _ => 60 };

    public ClusterOptions(Command command)
    {
        foreach (Option option in (Option[])[kubeconfig, context, namespaces, all, selector, wait])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Opens the cluster that is meant, does something with it, and closes it.</summary>
    public async Task<T> WithAsync<T>(ParseResult parsed, Terminal terminal, Func<KubernetesCluster, Task<T>> use, CancellationToken cancellation)
    {
        var given = parsed.GetValue(namespaces) ?? [];
        if (parsed.GetValue(all) && given.Length > 0)
        {
            throw new UsageException("--all-namespaces and --namespace exclude each other");
        }

        ClusterSettings settings = new()
        {
            Kubeconfig = parsed.GetValue(kubeconfig),
            Context = parsed.GetValue(context),
            Namespaces = parsed.GetValue(all) ? [] : given.Length > 0 ? [.. given.Distinct()] : null,
            Selector = parsed.GetValue(selector),
            RequestTime = RunningOptions.Seconds(parsed, wait),
            OnPluginMessage = line => terminal.Say(line),
        };
        try
        {
            using var cluster = await KubernetesCluster.OpenAsync(settings, cancellation);
            return await use(cluster);
        }
        catch (CleatException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
