namespace Cleat;

/// <summary>Which Kubernetes cluster is looked at, and which part of it. Every default is visible here.</summary>
public sealed record ClusterSettings
{
    /// <summary>A kubeconfig file; null for <c>KUBECONFIG</c>, then <c>~/.kube/config</c>, then the service account of the pod this runs in.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>The context in the kubeconfig; null for the current one.</summary>
    public string? Context { get; init; }

    /// <summary>Null for the context's namespace alone, empty for all.</summary>
    public IReadOnlyList<string>? Namespaces { get; init; }

    /// <summary>Only workloads with these labels, as kubectl takes them: <c>app=web,tier!=test</c>; null for all.</summary>
    public string? Selector { get; init; }

    /// <summary>For one answer of the API server, its body included.</summary>
    public TimeSpan RequestTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Called with each line that a credential plugin writes to standard error, as it writes it: it may ask the user to sign in.</summary>
    public Action<string> OnPluginMessage { get; init; } = static _ => { };

    /// <summary>Environment variables by name: <c>KUBECONFIG</c>, <c>HOME</c>, <c>KUBERNETES_SERVICE_HOST</c>, …</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;
}
